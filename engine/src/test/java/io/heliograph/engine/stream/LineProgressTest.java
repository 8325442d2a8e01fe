// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.ManualClock;
import org.junit.jupiter.api.Test;

final class LineProgressTest {
    private static final long START_NS = new ManualClock().nanoTime();
    private static final long MS = 1_000_000;

    private final LineProgress progress = new LineProgress(START_NS);

    @Test
    void shouldCountALineAsWithTheStreamWhenItIsLateByLessThanATenthOfASecond() {
        at(0, 1_000);
        at(100, 1_100);
        at(199, 1_199);
        assertTrue(progress.isWithStream(1_100));
    }

    @Test
    void shouldNotCountALineThatRepeatsWhatWasMissedLongAgo() {
        at(0, 1_000);
        at(100, 1_100);
        at(200, 1_200);
        at(300, 1_300);
        assertFalse(progress.isWithStream(1_099));
        assertTrue(progress.isWithStream(1_200));
    }

    @Test
    void shouldCountALineThatOnlyAnnouncesWhatIsNextInAnIdleStream() {
        for (int ms = 0; ms < 2_000; ms += 5) {
            at(ms, 77);
        }
        assertTrue(progress.isWithStream(77));
        assertFalse(progress.isWithStream(76));
    }

    @Test
    void shouldBeginAnewWithAnEpoch() {
        at(0, 1_000);
        at(100, 1_100);
        at(200, 1_200);
        at(205, 1);
        assertTrue(progress.isWithStream(1));
    }

    private void at(long ms, long streamNext) {
        progress.onTick(START_NS + ms * MS, streamNext);
    }
}
