// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.LossyNetwork;
import io.heliograph.engine.testkit.LossyNetwork.Faults;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Publications over 1 to 4 lossy lines into an arbiter, in virtual time, against {@link ArbitrationModel}.
 *
 * <p>200 seeds, 1,000 with {@code -Dheliograph.full=true}; a failure names its seed, {@code -Dheliograph.seed=N} runs it alone.
 */
final class ArbitrationPropertyTest {
    private static final int STREAM = 1001;
    private static final long MS = 1_000_000;
    private static final long REORDER_NS = 250 * MS;
    private static final long BUDGET_NS = 1000 * MS;

    static LongStream seeds() {
        Long one = Long.getLong("heliograph.seed");
        return one != null
                ? LongStream.of(one)
                : LongStream.rangeClosed(1, Boolean.getBoolean("heliograph.full") ? 1_000 : 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldDeliverEachMessageOnceInOrderOrNameItLost(long seed) {
        Random random = new Random(seed);
        boolean isWindowAmple = random.nextInt(4) != 0;
        Run run = new Run(random, faults(random), isWindowAmple, random.nextBoolean());
        try {
            int epochs = 1 + random.nextInt(3);
            for (int i = 0; i < epochs; i++) {
                run.epoch(7 + 2 * i, 200 + random.nextInt(3_000), i + 1 == epochs || random.nextBoolean(), 0);
            }
            run.settle();

            assertTrue(run.model.isEnded() && run.arbiter.isEnded(), "ended");
            assertEquals(7 + 2 * (epochs - 1), run.model.epoch());
            run.figuresAddUp();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldLoseNothingWhenEachPacketSurvivesOnALineInTime(long seed) {
        Random random = new Random(seed);
        Faults[] faults = faults(random);
        faults[random.nextInt(faults.length)] =
                new Faults(0, 0, 0, random.nextInt(100) * MS, random.nextInt(100) * MS, 0.1);
        Run run = new Run(random, faults, true, random.nextBoolean());
        try {
            run.epoch(7, 1 + random.nextInt(3_000), true, 0);
            run.settle();

            assertEquals(0, run.model.notices(), "gap notices");
            assertTrue(run.model.isEnded(), "ended");
            run.figuresAddUp();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldKeepItsPromisesWhenNoiseIsAmongThePackets(long seed) {
        Random random = new Random(seed);
        Run run = new Run(random, faults(random), true, false);
        try {
            run.epoch(7, 200 + random.nextInt(2_000), true, 0.2);
            run.settle();

            assertTrue(run.model.isEnded(), "ended");
            assertTrue(run.arbiter.statistics().malformed() > 0, "noise");
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static Faults[] faults(Random random) {
        Faults[] faults = new Faults[1 + random.nextInt(4)];
        for (int i = 0; i < faults.length; i++) {
            double loss = random.nextInt(3) * random.nextDouble() * 0.1;
            double burst = random.nextInt(2) * random.nextDouble() * 0.02;
            faults[i] = new Faults(
                    loss,
                    burst,
                    random.nextInt(400) * MS,
                    5 * MS * random.nextInt(4),
                    MS * random.nextInt(3) * random.nextInt(20),
                    random.nextInt(2) * 0.1);
        }
        return faults;
    }

    /** A network, an arbiter and its model. */
    private static final class Run {
        final ManualClock clock = new ManualClock();
        final Random random;
        final LossyNetwork network;
        final Arbiter arbiter;
        final ArbitrationModel model;
        final int lines;
        final boolean isCutTwice;
        long accepted;

        /** @param isCutTwice two publishers number alike and cut packets differently, each on half of the lines. */
        Run(Random random, Faults[] faults, boolean isWindowAmple, boolean isCutTwice) {
            this.random = random;
            this.lines = faults.length;
            this.isCutTwice = isCutTwice && lines > 1;
            this.network = new LossyNetwork(clock, random, faults);
            this.model = new ArbitrationModel(lines, isWindowAmple);
            ArbiterContext context = ArbiterContext.of(STREAM, lines)
                    .join(ArbiterContext.Join.START)
                    .times(REORDER_NS, BUDGET_NS);
            this.arbiter = new Arbiter(
                    isWindowAmple ? context.window(1 << 14, 1 << 20) : context.window(1 + random.nextInt(20), 1 << 14),
                    model);
        }

        void epoch(long epoch, int messages, boolean isEnded, double noise) {
            StreamPublication[] publications = publications(epoch);
            while (publications[0].nextSequence() <= messages) {
                int batch = 1 + random.nextInt(40);
                for (int i = 0; i < batch; i++) {
                    byte[] body = Packets.body(epoch, publications[0].nextSequence());
                    for (StreamPublication publication : publications) {
                        long sequence = publication.offer(new UnsafeBuffer(body), 0, body.length);
                        assertTrue(sequence > 0, "accepted");
                        if (random.nextInt(10) == 0) {
                            publication.flush();
                        }
                    }
                    accepted++;
                }
                cycle(publications, random.nextInt(20) == 0 ? random.nextInt(300) : random.nextInt(3), noise);
            }
            for (StreamPublication publication : publications) {
                publication.flush();
                if (isEnded) {
                    publication.endEpoch();
                }
            }
            // A publisher that ends stays for a second; one that is killed is silent until the next begins.
            for (int i = 0; i < (isEnded ? 1_100 : 0); i += 5) {
                cycle(publications, 5, noise);
            }
        }

        void settle() {
            for (int i = 0; i < 3_000 / 5; i++) {
                cycle(new StreamPublication[0], 5, 0);
            }
        }

        /** Time passes by a ms or so, in steps of what a duty cycle takes. */
        private void cycle(StreamPublication[] publications, int ms, double noise) {
            for (int i = 0; i <= ms; i++) {
                for (StreamPublication publication : publications) {
                    publication.doWork();
                }
                arbiter.beginCycle(clock.nanoTime(), model);
                network.advance(MS, (line, packet) -> {
                    while (random.nextDouble() < noise) {
                        byte[] octets = noise(packet);
                        arbiter.onPacket(random.nextInt(lines), new UnsafeBuffer(octets), 0, octets.length);
                    }
                    model.onArrival(line, packet);
                    arbiter.onPacket(line, new UnsafeBuffer(packet), 0, packet.length);
                });
                arbiter.endCycle();
            }
        }

        /** Octets at random, or a packet that is cut, padded, of another version or of another stream. */
        private byte[] noise(byte[] packet) {
            byte[] octets = new byte[random.nextInt(200)];
            random.nextBytes(octets);
            if (random.nextInt(3) == 0) {
                return octets;
            }
            int length = Math.max(0, packet.length + random.nextInt(40) - 20);
            octets = java.util.Arrays.copyOf(packet, length == packet.length ? length - 1 : length);
            if (random.nextInt(3) == 0 && octets.length > 31) {
                octets[random.nextBoolean() ? 16 : 30] ^= 0x40;
            }
            return octets;
        }

        private StreamPublication[] publications(long epoch) {
            int count = isCutTwice ? 2 : 1;
            StreamPublication[] publications = new StreamPublication[count];
            for (int i = 0; i < count; i++) {
                PacketLine[] senders = new PacketLine[(lines + count - 1 - i) / count];
                for (int j = 0; j < senders.length; j++) {
                    senders[j] = network.sender(i + j * count);
                }
                publications[i] = new StreamPublication(
                        new PublicationContext("itch", STREAM, epoch, i, true, false, clock.wall(), clock),
                        senders,
                        Thread::onSpinWait,
                        PublicationTick.NONE);
            }
            return publications;
        }

        void figuresAddUp() {
            StreamStatistics statistics = arbiter.statistics();
            long won = 0;
            for (int line = 0; line < lines; line++) {
                LineStatistics figures = arbiter.line(line);
                won += figures.won();
                assertTrue(
                        figures.won() + figures.lost() + figures.duplicates() <= model.arrivedOnLine(line),
                        "line " + line + " has " + model.arrivedOnLine(line) + " and counts more");
            }
            assertEquals(model.delivered(), statistics.messages(), "messages");
            assertEquals(model.delivered(), won, "won");
            assertEquals(model.lost(), statistics.lostMessages(), "lost");
            assertEquals(model.notices(), statistics.gaps(), "gaps");
            assertEquals(0, statistics.malformed(), "malformed");
            assertEquals(0, statistics.foreign(), "foreign");
            assertEquals(0, statistics.sealMismatches(), "seals that differ");
            assertEquals(0, statistics.implausible(), "implausible");
            assertTrue(model.delivered() + model.lost() <= accepted, "no more than were accepted");
            if (model.notices() == 0) {
                assertEquals(accepted, model.delivered(), "all");
            }
        }
    }
}
