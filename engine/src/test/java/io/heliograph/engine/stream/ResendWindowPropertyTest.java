// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The window against a list that keeps everything: what it holds is the end of that list, and times lead to the right places. */
final class ResendWindowPropertyTest {
    private static final long TICK_NS = 5_000_000L;
    private static final long WINDOW_NS = 100_000_000L;
    private static final int CAPACITY = ResendWindow.MIN_CAPACITY;

    private static final class Kept {
        private final long place;
        private final byte[] packet;
        private final long leftNs;

        Kept(long place, byte[] packet, long leftNs) {
            this.place = place;
            this.packet = packet;
            this.leftNs = leftNs;
        }
    }

    private final List<Kept> model = new ArrayList<>();
    private long nowNs = Long.MAX_VALUE - 50 * TICK_NS;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldHoldTheLastPacketsWhateverTheirLengths(long seed) {
        Random random = new Random(seed);
        try (ResendWindow window = new ResendWindow(CAPACITY, WINDOW_NS, TICK_NS)) {
            for (int step = 0; step < 600; step++) {
                int burst = random.nextInt(12);
                int longest = random.nextInt(8) == 0 ? 65_567 : 1_376;
                for (int i = 0; i < burst; i++) {
                    append(window, random, 32 + random.nextInt(longest - 31));
                }
                nowNs += TICK_NS;
                window.onTick(nowNs);
                if (step % 20 == 0) {
                    checkHeld(window);
                    checkTimes(window, random);
                }
            }
        }
    }

    private void append(ResendWindow window, Random random, int length) {
        byte[] packet = new byte[length];
        random.nextBytes(packet);
        long place = window.end();
        long oldest = window.held(0);
        long some = oldest + random.nextInt(4) * 1_000L;
        boolean couldKeep = some <= place && isPlace(some) && window.canKeep(length, some);
        boolean isAsked = some <= place && isPlace(some);
        window.append(new UnsafeBuffer(packet), 0, length);
        model.add(new Kept(place, packet, nowNs));
        if (isAsked) {
            assertEquals(couldKeep, window.held(some) == some, "canKeep says what append does");
        }
    }

    private boolean isPlace(long place) {
        for (int i = model.size() - 1; i >= 0 && model.get(i).place >= place; i--) {
            if (model.get(i).place == place) {
                return true;
            }
        }
        return false;
    }

    private void checkHeld(ResendWindow window) {
        int from = 0;
        while (from < model.size() && model.get(from).place < window.held(0)) {
            from++;
        }
        long place = window.held(0);
        long held = 0;
        for (Kept kept : model.subList(from, model.size())) {
            assertEquals(kept.place, place);
            assertEquals(kept.packet.length, window.length(place));
            byte[] packet = new byte[kept.packet.length];
            window.memory().getBytes(window.offset(place), packet);
            assertArrayEquals(kept.packet, packet);
            held += packet.length;
            place = window.next(place);
        }
        assertEquals(window.end(), place);
        boolean isAll = from == 0;
        assertTrue(isAll || held > CAPACITY - 3 * 65_600, "half empty: " + held);
    }

    private void checkTimes(ResendWindow window, Random random) {
        long ageNs = random.nextInt(30) * TICK_NS + random.nextInt((int) TICK_NS);
        long place = window.placeAgo(ageNs, nowNs);
        long fromNs = nowNs - Math.min(ageNs, WINDOW_NS);
        for (Kept kept : model) {
            if (kept.place >= window.held(0) && kept.leftNs - fromNs >= 0) {
                assertTrue(kept.place >= place, "what left since then is behind the place");
            }
            if (kept.leftNs - (fromNs - 2 * TICK_NS) < 0) {
                assertTrue(kept.place < place, "not two ticks too much");
            }
        }
    }
}
