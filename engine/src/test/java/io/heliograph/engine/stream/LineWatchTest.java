// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.engine.testkit.ManualClock;
import org.junit.jupiter.api.Test;

final class LineWatchTest {
    private static final long MS = 1_000_000;
    private static final long START_NS = new ManualClock().nanoTime();

    private final LineWatch watch = new LineWatch(1_000 * MS, START_NS);

    @Test
    void shouldLeaveAfterHalfOfTheBudgetAndJoinAfterAPause() {
        assertEquals(LineWatch.STAY, at(499));
        assertEquals(LineWatch.LEAVE, at(500));
        assertEquals(LineWatch.STAY, at(549));
        assertEquals(LineWatch.JOIN, at(550));
        assertEquals(LineWatch.STAY, at(551));
    }

    @Test
    void shouldStayWhileTheLineBringsAnything() {
        watch.onHeard(START_NS + 400 * MS);

        assertEquals(LineWatch.STAY, at(899));
        assertEquals(LineWatch.LEAVE, at(900));
    }

    @Test
    void shouldWaitTwiceAsLongEachTimeUntilSomethingIsHeard() {
        assertEquals(LineWatch.LEAVE, at(500));
        assertEquals(LineWatch.JOIN, at(550));
        assertEquals(LineWatch.STAY, at(550 + 999));
        assertEquals(LineWatch.LEAVE, at(550 + 1_000));
        assertEquals(LineWatch.JOIN, at(1_600));

        watch.onHeard(START_NS + 1_700 * MS);
        assertEquals(LineWatch.STAY, at(2_199));
        assertEquals(LineWatch.LEAVE, at(2_200));
    }

    @Test
    void shouldStayWhereThereIsNoPublisher() {
        assertEquals(LineWatch.STAY, watch.onTick(START_NS + 60_000 * MS, false, true));
    }

    @Test
    void shouldGiveAPublisherThatAppearsItsTime() {
        watch.onTick(START_NS + 60_000 * MS, false, true);

        assertEquals(LineWatch.STAY, at(60_001));
        assertEquals(LineWatch.LEAVE, at(60_500));
    }

    @Test
    void shouldLeaveAtOnceAndJoinAfterAPauseWhenTheNicWasMended() {
        assertEquals(LineWatch.STAY, watch.onTick(START_NS + MS, false, true));
        watch.onMended();

        assertEquals(LineWatch.LEAVE, watch.onTick(START_NS + 5 * MS, false, true));
        assertEquals(LineWatch.STAY, watch.onTick(START_NS + 404 * MS, false, true));
        assertEquals(LineWatch.JOIN, watch.onTick(START_NS + 405 * MS, false, true));
        assertEquals(LineWatch.STAY, watch.onTick(START_NS + 406 * MS, false, true));
    }

    @Test
    void shouldJoinAgainWhenALineOnAMendedNicHasNoImage() {
        watch.onMended();
        for (int tries = 0; tries < 4; tries++) {
            long beganMs = tries * 1_900L;
            assertEquals(LineWatch.LEAVE, without(beganMs), "try " + tries);
            assertEquals(LineWatch.STAY, without(beganMs + 399), "try " + tries);
            assertEquals(LineWatch.JOIN, without(beganMs + 400), "try " + tries);
            assertEquals(LineWatch.STAY, without(beganMs + 1_899), "try " + tries);
        }
        assertEquals(LineWatch.STAY, without(4 * 1_900L), "nobody publishes on it");
        assertEquals(LineWatch.STAY, without(60_000));
    }

    @Test
    void shouldStayWhenALineOnAMendedNicHasItsImage() {
        watch.onMended();
        assertEquals(LineWatch.LEAVE, without(0));
        assertEquals(LineWatch.JOIN, without(400));
        assertEquals(LineWatch.STAY, watch.onTick(START_NS + 1_900 * MS, false, true));
        assertEquals(LineWatch.STAY, without(5_000), "gone since, as publishers go");
    }

    private int without(long ms) {
        return watch.onTick(START_NS + ms * MS, false, false);
    }

    private int at(long ms) {
        return watch.onTick(START_NS + ms * MS, true, true);
    }
}
