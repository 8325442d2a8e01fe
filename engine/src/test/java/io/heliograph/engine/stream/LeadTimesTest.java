// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LeadTimesTest {
    private static final int A = 0;
    private static final int B = 1;

    private final LostRanges lost = new LostRanges();
    private final LineStatistics[] lines = {new LineStatistics("A", lost), new LineStatistics("B", lost)};
    private final LeadTimes leads = new LeadTimes(lines, new LineSkew(lines, StreamListener.NONE, 0), 0);

    LeadTimesTest() {
        lines[A].onEpoch(1);
        lines[B].onEpoch(1);
    }

    @Test
    void shouldMeasureUntilTheOtherLineHasComeAsFar() {
        lines[A].onAhead(1, 11);
        leads.onCycle(true, 11, A, 1_000);
        lines[B].onBehind(1, 6);
        leads.onCycle(false, 11, A, 2_000);
        assertEquals(0, lines[A].leadCount());

        lines[B].onBehind(6, 11);
        leads.onCycle(false, 11, A, 4_500);

        assertEquals(1, lines[A].leadCount());
        assertEquals(3_500, lines[A].leadMeanNs());
        assertEquals(3_500, lines[A].leadMaxNs());
        assertEquals(0, lines[B].leadCount());
    }

    @Test
    void shouldTellMeanAndGreatest() {
        for (int i = 0; i < 3; i++) {
            lines[B].onAhead(1 + i, 2 + i);
            leads.onCycle(true, 2 + i, B, 1_000);
            lines[A].onBehind(1 + i, 2 + i);
            leads.onCycle(false, 2 + i, B, 1_000 + 100 * i);
        }

        assertEquals(3, lines[B].leadCount());
        assertEquals(100, lines[B].leadMeanNs());
        assertEquals(200, lines[B].leadMaxNs());
    }

    @Test
    void shouldCountALeadOfNothingWhenBothLinesCameInOneCycle() {
        lines[A].onAhead(1, 11);
        lines[B].onBehind(1, 11);
        leads.onCycle(true, 11, A, 1_000);

        assertEquals(1, lines[A].leadCount());
        assertEquals(0, lines[A].leadMaxNs());
    }

    @Test
    void shouldForgetTheMarksOfTheEpochBefore() {
        lines[A].onAhead(1, 11);
        leads.onCycle(true, 11, A, 1_000);
        leads.onEpoch();
        lines[B].onBehind(1, 11);
        leads.onCycle(false, 1, A, 9_000);

        assertEquals(0, lines[A].leadCount());
    }

    @Test
    void shouldForgetTheOldestMarksWhenALineIsVeryFarBehind() {
        for (int i = 1; i <= 3_000; i++) {
            lines[A].onAhead(i, i + 1);
            leads.onCycle(true, i + 1, A, i);
        }

        lines[B].onBehind(1, 3_001);
        leads.onCycle(false, 3_001, A, 3_000);

        assertEquals(1_024, lines[A].leadCount());
        assertEquals(1_023, lines[A].leadMaxNs());
    }
}
