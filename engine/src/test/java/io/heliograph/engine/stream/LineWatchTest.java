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
        assertEquals(LineWatch.STAY, watch.onTick(START_NS + 60_000 * MS, false));
    }

    @Test
    void shouldGiveAPublisherThatAppearsItsTime() {
        watch.onTick(START_NS + 60_000 * MS, false);

        assertEquals(LineWatch.STAY, at(60_001));
        assertEquals(LineWatch.LEAVE, at(60_500));
    }

    @Test
    void shouldLeaveAtOnceAndJoinAfterAPauseWhenTheNicWasMended() {
        assertEquals(LineWatch.STAY, watch.onTick(START_NS + MS, false));
        watch.onMended();

        assertEquals(LineWatch.LEAVE, watch.onTick(START_NS + 5 * MS, false));
        assertEquals(LineWatch.STAY, watch.onTick(START_NS + 404 * MS, false));
        assertEquals(LineWatch.JOIN, watch.onTick(START_NS + 405 * MS, false));
        assertEquals(LineWatch.STAY, watch.onTick(START_NS + 406 * MS, false));
    }

    private int at(long ms) {
        return watch.onTick(START_NS + ms * MS, true);
    }
}
