// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lines that lose and delay independently of each other, each in order as an image is, against {@link ForensicsModel}.
 *
 * <p>200 seeds, 600 with {@code -Dheliograph.full=true}; a failure names its seed, {@code -Dheliograph.seed=N} runs it alone.
 */
final class ForensicsPropertyTest {
    private static final int STREAM = 1001;
    private static final long EPOCH = 7;
    private static final long MS = 1_000_000;
    private static final long REORDER_MS = 50;
    private static final long MARK_EVERY_NS = 2_000 * MS / 1024;

    static LongStream seeds() {
        Long one = Long.getLong("heliograph.seed");
        return one != null
                ? LongStream.of(one)
                : LongStream.rangeClosed(1, Boolean.getBoolean("heliograph.full") ? 600 : 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldTellOfEachLineWhatItWonLostAndLed(long seed) {
        Random random = new Random(seed);
        Run run = new Run(random, 2 + random.nextInt(2));
        try {
            run.all(500 + random.nextInt(3_000));
            run.check();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    /** A packet on its way, or with {@code last} below {@code first} an announcement of what comes next. */
    private record Flight(long first, long last, long arrivesMs) {}

    private static final class Wire {
        final Queue<Flight> flights = new ArrayDeque<>();
        final double loss;
        final double darkness;
        final int delayMs;
        final int jitterMs;
        long darkUntilMs;
        long lastArrivalMs;

        Wire(Random random) {
            loss = random.nextInt(3) * random.nextDouble() * 0.1;
            darkness = random.nextInt(2) * 0.003;
            delayMs = random.nextInt(3) * random.nextInt(30);
            jitterMs = random.nextInt(2) * random.nextInt(80);
        }
    }

    private static final class Run {
        final Random random;
        final ManualClock clock = new ManualClock();
        final List<Wire> wires = new ArrayList<>();
        final ForensicsModel model;
        final Arbiter arbiter;
        long nowMs;

        Run(Random random, int lines) {
            this.random = random;
            for (int line = 0; line < lines; line++) {
                wires.add(new Wire(random));
            }
            model = new ForensicsModel(lines, MARK_EVERY_NS);
            ArbiterContext.Join join = random.nextBoolean() ? ArbiterContext.Join.LIVE : ArbiterContext.Join.START;
            arbiter = new Arbiter(
                    ArbiterContext.of(STREAM, lines)
                            .join(join)
                            .times(REORDER_MS * MS, 1_000 * MS)
                            .window(1 << 12, 1 << 19),
                    model);
        }

        void all(int messages) {
            long next = 1;
            while (next <= messages) {
                int packets = random.nextInt(4);
                for (int i = 0; i < packets; i++) {
                    long last = next + random.nextInt(5);
                    send(next, last, false);
                    next = last + 1;
                }
                cycle();
            }
            send(next, next - 1, true);
            for (int i = 0; i < 2_000; i++) {
                cycle();
            }
        }

        private void send(long first, long last, boolean isSafe) {
            for (Wire wire : wires) {
                if (random.nextDouble() < wire.darkness) {
                    wire.darkUntilMs = nowMs + random.nextInt(200);
                }
                boolean isLost = nowMs < wire.darkUntilMs || random.nextDouble() < wire.loss;
                if (isSafe || !isLost) {
                    long arrivesMs = nowMs + wire.delayMs + (wire.jitterMs == 0 ? 0 : random.nextInt(wire.jitterMs));
                    wire.lastArrivalMs = Math.max(wire.lastArrivalMs, arrivesMs);
                    wire.flights.add(new Flight(first, last, wire.lastArrivalMs));
                }
            }
        }

        private void cycle() {
            arbiter.beginCycle(clock.nanoTime(), model);
            int first = random.nextInt(wires.size());
            for (int i = 0; i < wires.size(); i++) {
                int line = (first + i) % wires.size();
                Queue<Flight> flights = wires.get(line).flights;
                while (!flights.isEmpty() && flights.element().arrivesMs <= nowMs) {
                    arrive(line, flights.remove());
                }
            }
            arbiter.endCycle();
            model.onCycle(nowMs * MS);
            clock.advanceMs(1);
            nowMs++;
        }

        private void arrive(int line, Flight flight) {
            boolean isData = flight.last >= flight.first;
            byte[] packet = isData
                    ? Packets.data(STREAM, EPOCH, flight.first, flight.last)
                    : Packets.heartbeat(STREAM, EPOCH, flight.first);
            model.onArrival(line, flight.first, flight.last + 1);
            arbiter.onPacket(line, new UnsafeBuffer(packet), 0, packet.length);
        }

        void check() {
            assertEquals(model.givenUp(), arbiter.statistics().lostMessages(), "lost for good");
            assertEquals(model.delivered(), arbiter.statistics().messages(), "delivered");
            long packets = 0;
            for (int line = 0; line < wires.size(); line++) {
                check(line, model.line(line), arbiter.line(line));
                packets += arbiter.line(line).packetsWon();
            }
            assertEquals(packets, arbiter.statistics().packets(), "packets");
        }

        private void check(int index, ForensicsModel.Line naive, LineStatistics line) {
            String of = "of line " + index;
            assertEquals(naive.won, line.won(), "won, " + of);
            assertEquals(naive.packets.size(), line.packetsWon(), "packets won, " + of);
            assertEquals(naive.arrived.size() - naive.won, line.lost(), "races lost, " + of);
            assertEquals(0, line.duplicates(), "duplicates, " + of);
            assertEquals(naive.missing().size(), line.missing(), "missing, " + of);
            assertEquals(model.missingAndGivenUp(index), line.lostOnAll(), "lost on all, " + of);
            assertEquals(model.missingAndDelivered(index), line.lostOnlyHere(), "lost only here, " + of);
            checkLeads(naive.leadsNs, line.leads(), of);
        }

        private static void checkLeads(List<Long> naive, LeadHistogram leads, String of) {
            assertEquals(naive.size(), leads.count(), "leads, " + of);
            if (naive.isEmpty()) {
                return;
            }
            Collections.sort(naive);
            assertEquals(Collections.max(naive), leads.maxNs(), "longest lead, " + of);
            long sum = naive.stream().mapToLong(Long::longValue).sum();
            assertEquals(sum / naive.size(), leads.meanNs(), "mean lead, " + of);
            for (int percentile : new int[] {10, 50, 99}) {
                long exact = naive.get((int) Math.ceil(percentile / 100.0 * naive.size()) - 1);
                long told = leads.atPercentileNs(percentile);
                assertTrue(told >= exact && told - exact <= exact / 8, "p" + percentile + " of leads, " + of);
            }
        }
    }
}
