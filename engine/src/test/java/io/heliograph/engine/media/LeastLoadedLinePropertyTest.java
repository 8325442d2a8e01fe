// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishers of a host that know nothing of each other share its NICs by what is measured, and then stay where they are. */
final class LeastLoadedLinePropertyTest {
    private static final long TICK_NS = 50_000_000L;
    private static final int TICKS_PER_SECOND = 20;
    private static final int SECONDS = 300;

    private long nowNs = Long.MAX_VALUE - TICK_NS * 100;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void shouldComeToRestWithTheNicsSharedAsWellAsStreamsCanBe(long seed) {
        Random random = new Random(seed);
        int nics = 2 + random.nextInt(2);
        int count = 1 + random.nextInt(16);
        Host host = new Host(nics);
        for (int i = 0; i < count; i++) {
            host.add(
                    1_000 + random.nextInt(100_000),
                    1_000_000L + random.nextInt(random.nextBoolean() ? 1 : 50_000_000));
        }

        host.run(SECONDS - 60, LineChoice.all(nics));
        long before = host.moves;
        host.run(60, LineChoice.all(nics));

        assertEquals(before, host.moves, "moves in the last minute");
        assertTrue(host.moves <= 3L * count, count + " streams moved " + host.moves + " times");
        host.checkShared();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldLeaveANicThatFailsAtOnceAndShareAgainWhenItIsBack(long seed) {
        Random random = new Random(seed);
        Host host = new Host(2);
        for (int i = 0; i < 8; i++) {
            host.add(1_000 + random.nextInt(100_000), 10_000_000L);
        }
        host.run(120, 0b11);
        host.run(1, 0b10);
        assertTrue(host.streams.stream().allMatch(stream -> stream.line == 0b10));

        host.run(180, 0b11);
        host.checkShared();
    }

    private static final class Sending implements LineLoads {
        private final Host host;
        private final LeastLoadedLine choice;
        private final long rate;
        private long line;

        Sending(Host host, int id, long rate) {
            this.host = host;
            this.choice = new LeastLoadedLine(id, host.names);
            this.rate = rate;
            this.line = choice.sends(LineChoice.all(host.names.size()));
        }

        @Override
        public long of(int index) {
            return host.told[index];
        }

        @Override
        public long own() {
            return rate;
        }
    }

    private final class Host {
        private final List<String> names;
        private final List<Sending> streams = new ArrayList<>();
        private final long[] told;
        private final long[][] history;
        private long ticks;
        private long moves;

        Host(int nics) {
            names = List.of("a", "b", "c").subList(0, nics);
            told = new long[nics];
            history = new long[nics][TICKS_PER_SECOND];
            Arrays.fill(told, -1);
        }

        void add(int id, long rate) {
            streams.add(new Sending(this, id, rate));
        }

        /** What is told is the mean of the last second, and told five times in one. */
        void run(int seconds, long healthy) {
            for (int i = 0; i < seconds * TICKS_PER_SECOND; i++) {
                nowNs += TICK_NS;
                for (int nic = 0; nic < told.length; nic++) {
                    history[nic][(int) (ticks % TICKS_PER_SECOND)] = load(nic);
                    if (ticks > TICKS_PER_SECOND && ticks % 4 == 0) {
                        told[nic] = (long) Arrays.stream(history[nic]).average().orElseThrow();
                    }
                }
                ticks++;
                for (Sending stream : streams) {
                    long now = stream.choice.sends(healthy, stream.line, stream, nowNs);
                    assertTrue(Long.bitCount(now) == 1 && (now & healthy) != 0);
                    moves += now == stream.line ? 0 : 1;
                    stream.line = now;
                }
            }
        }

        long load(int nic) {
            return streams.stream()
                    .filter(stream -> LineChoice.has(stream.line, nic))
                    .mapToLong(stream -> stream.rate)
                    .sum();
        }

        /** No single move would gain a fifth of the busier NIC. */
        void checkShared() {
            for (Sending stream : streams) {
                long busy = load(Long.numberOfTrailingZeros(stream.line));
                for (int nic = 0; nic < told.length; nic++) {
                    assertTrue(
                            LineChoice.has(stream.line, nic) || busy - load(nic) <= stream.rate + busy / 5,
                            "a stream of " + stream.rate + " on a NIC of " + busy + " beside one of " + load(nic));
                }
            }
        }
    }
}
