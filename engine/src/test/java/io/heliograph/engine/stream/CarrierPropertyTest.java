// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.LossyNetwork;
import io.heliograph.engine.testkit.LossyNetwork.Faults;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several streams on one carrier of 1 to 3 lossy lines, in virtual time, each against {@link ArbitrationModel}.
 *
 * <p>60 seeds, 250 with {@code -Dheliograph.full=true}; a failure names its seed, {@code -Dheliograph.seed=N} runs it alone.
 */
final class CarrierPropertyTest {
    private static final long MS = 1_000_000;

    static LongStream seeds() {
        Long one = Long.getLong("heliograph.seed");
        return one != null
                ? LongStream.of(one)
                : LongStream.rangeClosed(1, Boolean.getBoolean("heliograph.full") ? 250 : 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldDeliverEachStreamOnceInOrderOrNameItsGaps(long seed) {
        Random random = new Random(seed);
        Faults[] faults = new Faults[1 + random.nextInt(3)];
        for (int i = 0; i < faults.length; i++) {
            faults[i] = new Faults(
                    random.nextInt(3) * random.nextDouble() * 0.1,
                    random.nextInt(2) * random.nextDouble() * 0.02,
                    random.nextInt(400) * MS,
                    5 * MS * random.nextInt(4),
                    MS * random.nextInt(3) * random.nextInt(20),
                    random.nextInt(2) * 0.1);
        }
        try {
            new Run(random, faults).go();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldLoseNothingOfAnyStreamWhenOneLineIsWhole(long seed) {
        Random random = new Random(seed);
        Faults whole = new Faults(0, 0, 0, random.nextInt(100) * MS, random.nextInt(100) * MS, 0.1);
        try {
            Run run = new Run(random, whole, new Faults(0.2, 0.01, 400 * MS, 0, 0, 0.1));
            run.go();

            run.models.forEach(model -> assertEquals(0, model.notices(), "gap notices"));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    /** A carrier of 2 to 9 streams, of which the first and some others are subscribed to. */
    private static final class Run {
        private final ManualClock clock = new ManualClock();
        private final Random random;
        private final LossyNetwork network;
        private final int lines;
        private final List<StreamPublication> publications = new ArrayList<>();
        private final List<Integer> subscribed;
        private final List<ArbitrationModel> models = new ArrayList<>();
        private final Arbiter[] arbiters;
        private final CarriedStreams streams;
        private final long[] accepted;

        Run(Random random, Faults... faults) {
            this.random = random;
            this.lines = faults.length;
            this.network = new LossyNetwork(clock, random, faults);
            List<Integer> ids =
                    IntStream.rangeClosed(1, 2 + random.nextInt(8)).boxed().toList();
            PacketLine[] senders =
                    IntStream.range(0, lines).mapToObj(network::sender).toArray(PacketLine[]::new);
            PublicationLines shared =
                    new PublicationLines(null, senders, Thread::onSpinWait, LinesTick.NONE, clock.nanoTime());
            for (int id : ids) {
                publications.add(new StreamPublication(
                        new PublicationContext(
                                "s" + id, id, 7 + id, 0, random.nextInt(3) > 0, false, clock.wall(), clock),
                        shared,
                        PublicationTick.NONE));
            }
            this.subscribed =
                    ids.stream().filter(id -> id == 1 || random.nextInt(3) > 0).toList();
            this.arbiters = new Arbiter[subscribed.size()];
            this.accepted = new long[subscribed.size()];
            for (int i = 0; i < arbiters.length; i++) {
                models.add(new ArbitrationModel(lines, true));
                arbiters[i] = new Arbiter(
                        ArbiterContext.of(subscribed.get(i), lines)
                                .join(ArbiterContext.Join.START)
                                .times(ArbiterFixture.REORDER_NS, ArbiterFixture.BUDGET_NS)
                                .window(1 << 12, 1 << 19),
                        models.get(i));
            }
            this.streams = new CarriedStreams(ids, subscribed, 0, arbiters);
        }

        void go() {
            for (int round = 0; round < 150; round++) {
                for (StreamPublication publication : publications) {
                    // Some streams are busy, some nearly idle: heartbeats speak for those.
                    int most = Integer.parseInt(publication.stream().substring(1)) % 3 == 0 ? 1 : 30;
                    offer(publication, random.nextInt(most + 1));
                }
                cycle(random.nextInt(15) == 0 ? random.nextInt(300) : random.nextInt(3));
            }
            for (StreamPublication publication : publications) {
                publication.flush();
                cycle(random.nextInt(50));
                publication.endEpoch();
            }
            cycle(1_100);
            publications.forEach(StreamPublication::close);
            publications.clear();
            cycle(3_000);
            for (int i = 0; i < arbiters.length; i++) {
                judge(i);
            }
        }

        private void offer(StreamPublication publication, int messages) {
            int of = subscribed.indexOf(Integer.parseInt(publication.stream().substring(1)));
            for (int i = 0; i < messages; i++) {
                byte[] body = Packets.body(publication.epoch(), publication.nextSequence());
                assertTrue(publication.offer(new UnsafeBuffer(body), 0, body.length) > 0, "accepted");
                if (of >= 0) {
                    accepted[of]++;
                }
                if (random.nextInt(10) == 0) {
                    publication.flush();
                }
            }
        }

        private void cycle(int ms) {
            for (int i = 0; i <= ms; i++) {
                publications.forEach(StreamPublication::doWork);
                streams.beginCycle(clock.nanoTime(), this::deliver);
                if (random.nextBoolean()) {
                    streams.includeAll();
                }
                network.advance(MS, (line, packet) -> {
                    int of = subscribed.indexOf(new UnsafeBuffer(packet).getInt(16));
                    if (of >= 0) {
                        models.get(of).onArrival(line, packet);
                    }
                    streams.onPacket(line, new UnsafeBuffer(packet), 0, packet.length);
                });
                streams.endCycle();
            }
        }

        private void deliver(org.agrona.DirectBuffer buffer, int offset, int length, MessageHeader header) {
            models.get(subscribed.indexOf(header.streamId())).onMessage(buffer, offset, length, header);
        }

        private void judge(int index) {
            ArbitrationModel model = models.get(index);
            StreamStatistics statistics = arbiters[index].statistics();
            String stream = "stream " + subscribed.get(index) + ": ";
            assertTrue(model.isEnded() && arbiters[index].isEnded(), stream + "ended");
            assertEquals(model.delivered(), statistics.messages(), stream + "messages");
            assertEquals(model.lost(), statistics.lostMessages(), stream + "lost");
            assertEquals(model.notices(), statistics.gaps(), stream + "gaps");
            assertEquals(accepted[index], model.delivered() + model.lost(), stream + "all, or named");
            assertEquals(0, statistics.foreign() + statistics.malformed(), stream + "refused");
            assertEquals(0, statistics.sealMismatches() + statistics.implausible(), stream + "wrong");
        }
    }
}
