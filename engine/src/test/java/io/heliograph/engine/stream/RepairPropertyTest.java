// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.LossyNetwork;
import io.heliograph.engine.testkit.LossyNetwork.Faults;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.PacketFlyweight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Publications over 1 to 3 lossy lines into an arbiter with a repair that answers late, in part, twice, or that it has nothing,
 * in virtual time, against {@link ArbitrationModel}.
 *
 * <p>40 seeds, 400 with {@code -Dheliograph.full=true}; a failure names its seed, {@code -Dheliograph.seed=N} runs it alone.
 */
final class RepairPropertyTest {
    private static final int STREAM = 1001;
    private static final long MS = 1_000_000;
    private static final long BUDGET_NS = 1000 * MS;

    static LongStream seeds() {
        Long one = Long.getLong("heliograph.seed");
        return one != null
                ? LongStream.of(one)
                : LongStream.rangeClosed(1, Boolean.getBoolean("heliograph.full") ? 400 : 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldLoseNothingWhenTheRepairHasAllAndAnswersInTime(long seed) {
        run(seed, 0, true);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldKeepItsPromisesWhateverTheRepairAnswers(long seed) {
        run(seed, 0.3, false);
    }

    private static void run(long seed, double untrue, boolean isWhole) {
        Random random = new Random(seed);
        Run run = new Run(random, untrue, random.nextInt(3) == 0);
        try {
            int epochs = 1 + random.nextInt(3);
            for (int i = 0; i < epochs; i++) {
                run.epoch(7 + 2 * i, 200 + random.nextInt(2_000), i + 1 == epochs || random.nextBoolean());
            }
            run.settle();

            assertTrue(run.model.isEnded() && run.arbiter.isEnded(), "ended");
            assertEquals(7 + 2 * (epochs - 1), run.model.epoch());
            assertEquals(run.model.delivered(), run.arbiter.statistics().messages(), "messages");
            assertEquals(run.model.lost(), run.arbiter.statistics().lostMessages(), "lost");
            assertEquals(run.model.notices(), run.arbiter.statistics().gaps(), "notices");
            assertEquals(0, run.arbiter.statistics().sealMismatches(), "seals that differ");
            if (isWhole) {
                assertEquals(0, run.model.lost(), "lost");
                assertEquals(run.acceptedAndHeardOf(), run.model.delivered(), "delivered");
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    /** A network, a journal that has all that was published, an arbiter and its model. */
    private static final class Run {
        final ManualClock clock = new ManualClock();
        final Random random;
        final LossyNetwork network;
        final Journal journal;
        final ArbitrationModel model;
        final Arbiter arbiter;
        final int lines;
        final Map<Long, Integer> accepted = new HashMap<>();
        /** Epochs that were begun, or of which a line brought something in time: one may come and go while every line is dark. */
        final Set<Long> heardOf = new HashSet<>();

        Run(Random random, double untrue, boolean isJoiningLate) {
            this.random = random;
            this.lines = 1 + random.nextInt(3);
            Faults[] faults = new Faults[lines];
            for (int i = 0; i < lines; i++) {
                faults[i] = new Faults(
                        random.nextDouble() * 0.2,
                        random.nextDouble() * 0.01,
                        random.nextInt(300) * MS,
                        random.nextInt(10) * MS,
                        random.nextInt(10) * MS,
                        random.nextInt(2) * 0.1);
            }
            this.network = new LossyNetwork(clock, random, faults);
            // What lines bring far ahead of a joiner is let go: when nobody else has it, it is lost though it had
            // arrived.
            this.model = new ArbitrationModel(lines + 1, !isJoiningLate);
            this.journal = new Journal(random, untrue, model, lines);
            ArbiterContext context = ArbiterContext.of(STREAM, lines)
                    .join(isJoiningLate ? ArbiterContext.Join.REPLAY : ArbiterContext.Join.START)
                    .times(250 * MS, BUDGET_NS)
                    .window(1 << 12, 1 << 20);
            this.arbiter = new Arbiter(context, model, journal);
            if (isJoiningLate) {
                journal.beginAtNs = clock.nanoTime() + random.nextInt(400) * MS;
            }
        }

        void epoch(long epoch, int messages, boolean isEnded) {
            PacketLine[] senders = new PacketLine[lines];
            for (int i = 0; i < lines; i++) {
                senders[i] = network.sender(i);
            }
            StreamPublication publication = new StreamPublication(
                    new PublicationContext("itch", STREAM, epoch, 0, true, false, clock.wall(), clock),
                    senders,
                    Thread::onSpinWait,
                    PublicationTick.NONE);
            while (publication.nextSequence() <= messages) {
                for (int i = random.nextInt(40); i >= 0; i--) {
                    byte[] body = Packets.body(epoch, publication.nextSequence());
                    assertTrue(publication.offer(new UnsafeBuffer(body), 0, body.length) > 0, "accepted");
                    accepted.merge(epoch, 1, Integer::sum);
                }
                publication.flush();
                journal.lasts.put(epoch, publication.nextSequence() - 1);
                cycle(publication, random.nextInt(20) == 0 ? random.nextInt(200) : random.nextInt(3));
            }
            if (isEnded) {
                publication.endEpoch();
                journal.ended.put(epoch, true);
            }
            for (int i = 0; i < (isEnded ? 1_100 : 0); i += 5) {
                cycle(publication, 5);
            }
        }

        long acceptedAndHeardOf() {
            return accepted.entrySet().stream()
                    .filter(entry -> heardOf.contains(entry.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        void settle() {
            for (int i = 0; i < 3_000; i += 5) {
                cycle(null, 5);
            }
        }

        private void cycle(StreamPublication publication, int ms) {
            for (int i = 0; i <= ms; i++) {
                if (publication != null) {
                    publication.doWork();
                }
                arbiter.beginCycle(clock.nanoTime(), model);
                network.advance(MS, (line, packet) -> {
                    model.onArrival(line, packet);
                    long of = PacketFlyweight.epoch(new UnsafeBuffer(packet), 0);
                    if (of > model.epoch() && model.epoch() >= 0) {
                        heardOf.add(of);
                    }
                    arbiter.onPacket(line, new UnsafeBuffer(packet), 0, packet.length);
                });
                arbiter.endCycle();
                heardOf.add(model.epoch());
            }
        }
    }

    /** Has all that was published; what it says of it may be late, in part, or not true. */
    private static final class Journal implements GapRepair {
        final Map<Long, Long> lasts = new HashMap<>();
        final Map<Long, Boolean> ended = new HashMap<>();
        private final Map<String, Long> asked = new HashMap<>();
        private final List<Runnable> due = new ArrayList<>();
        private final List<Long> dueNs = new ArrayList<>();
        private final Random random;
        private final double untrue;
        private final ArbitrationModel model;
        private final int line;
        private long nowNs;
        long beginAtNs = Long.MIN_VALUE;
        private long followed = -1;
        private long from;
        private Answers to = new Answers() {
            @Override
            public void onPacket(org.agrona.DirectBuffer buffer, int offset, int length) {}

            @Override
            public void onNobodyHas(long epoch, long first, long end) {}

            @Override
            public void onBegin(long epoch, long sequence) {}

            @Override
            public void onEpoch(long epoch) {}
        };

        Journal(Random random, double untrue, ArbitrationModel model, int line) {
            this.random = random;
            this.untrue = untrue;
            this.model = model;
            this.line = line;
        }

        @Override
        public boolean onMissing(MissingRanges missing, long now) {
            nowNs = now;
            if (missing.epoch() < 0) {
                if (!lasts.isEmpty() && now - beginAtNs >= 0 && beginAtNs != Long.MIN_VALUE) {
                    beginAtNs = Long.MIN_VALUE;
                    followed = lasts.keySet().stream()
                            .mapToLong(Long::longValue)
                            .min()
                            .orElseThrow();
                    from = 1;
                    due.add(() -> to.onBegin(followed, 1));
                    dueNs.add(now);
                }
            } else if (missing.isCatchingUp()) {
                follow();
            } else {
                for (int i = 0; i < missing.count(); i++) {
                    ask(missing.epoch(), missing.first(i), missing.end(i));
                }
            }
            return true;
        }

        /** A few packets of what comes next, as a reader of a journal has them. */
        private void follow() {
            for (int i = random.nextInt(4); i > 0 && lasts.containsKey(followed); i--) {
                long last = Math.min(lasts.get(followed), from + random.nextInt(30));
                if (last >= from) {
                    packet(Packets.data(STREAM, followed, from, last), nowNs);
                    from = last + 1;
                } else if (ended.containsKey(followed) || lasts.containsKey(followed + 2)) {
                    if (ended.containsKey(followed)) {
                        packet(Packets.end(STREAM, followed, last), nowNs);
                    }
                    followed += 2;
                    from = 1;
                }
            }
        }

        private void ask(long epoch, long first, long end) {
            String key = epoch + ":" + first + "-" + end;
            Long before = asked.get(key);
            if (before != null && nowNs - before < 100 * MS) {
                return;
            }
            asked.put(key, nowNs);
            long last = Math.min(end - 1, lasts.getOrDefault(epoch, 0L));
            if (random.nextDouble() < untrue / 3) {
                long lie = first + random.nextInt((int) Math.max(1, Math.min(end - first, 1000)));
                nobodyHas(epoch, first, lie);
            }
            for (long at = first; at <= last; ) {
                long to = Math.min(last, at + random.nextInt(20));
                if (random.nextDouble() >= untrue) {
                    packet(Packets.data(STREAM, epoch, Math.max(1, at - random.nextInt(5)), to), late());
                }
                at = to + 1;
            }
            if (end == MissingRanges.UNKNOWN_END) {
                if (ended.containsKey(epoch)) {
                    packet(Packets.end(STREAM, epoch, last), late());
                } else {
                    nobodyHas(epoch, lasts.getOrDefault(epoch, 0L) + 1, MissingRanges.UNKNOWN_END);
                }
            }
        }

        private long late() {
            return nowNs + random.nextInt(50) * MS;
        }

        private void nobodyHas(long epoch, long first, long end) {
            due.add(() -> to.onNobodyHas(epoch, first, end));
            dueNs.add(late());
        }

        private void packet(byte[] packet, long atNs) {
            due.add(() -> {
                model.onArrival(line, packet);
                to.onPacket(new UnsafeBuffer(packet), 0, packet.length);
            });
            dueNs.add(atNs);
        }

        @Override
        public int poll(Answers answers, int limit) {
            to = answers;
            int count = 0;
            for (int i = 0; i < due.size() && count < limit; ) {
                if (dueNs.get(i) - nowNs <= 0) {
                    dueNs.remove(i);
                    due.remove(i).run();
                    count++;
                } else {
                    i++;
                }
            }
            return count;
        }
    }
}
