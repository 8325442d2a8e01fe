// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeartbeatScheduleTest {
    private static final long MS = 1_000_000;
    private static final long START_NS = new ManualClock().nanoTime();

    private final HeartbeatSchedule schedule = new HeartbeatSchedule(START_NS);

    @Test
    void shouldBeDueAfter1And4And16And64MsAndThenEvery100() {
        assertEquals(List.of(1, 4, 16, 64, 164, 264, 364), sentFrom(0, 400));
    }

    @Test
    void shouldBeginAnewWithEachPacket() {
        sentFrom(0, 200);
        assertTrue(schedule.isSteady());

        schedule.onPacket(START_NS + 200 * MS);

        assertFalse(schedule.isSteady());
        assertEquals(List.of(201, 204, 216, 264, 364), sentFrom(200, 400));
    }

    @Test
    void shouldNotMakeUpForWhatADutyCycleMissed() {
        assertTrue(schedule.isDue(START_NS + 1_000 * MS));
        schedule.onSent(START_NS + 1_000 * MS);
        List<Integer> sent = sentFrom(1_000, 1_300);

        assertTrue(sent.size() <= 6, sent.toString());
    }

    private List<Integer> sentFrom(int fromMs, int toMs) {
        List<Integer> sent = new ArrayList<>();
        for (int ms = fromMs; ms < toMs; ms++) {
            long nowNs = START_NS + ms * MS;
            if (schedule.isDue(nowNs)) {
                schedule.onSent(nowNs);
                sent.add(ms);
            }
        }
        return sent;
    }
}
