// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Line A brings a message every few milliseconds, line B the same some time later, or not. */
final class LineSkewTest {
    private static final int A = ArbiterFixture.A;
    private static final int B = ArbiterFixture.B;
    private static final long MS = 1_000_000;
    private static final int EVERY_MS = 5;
    private static final int NEVER = -1;

    private final ArbiterFixture fixture = new ArbiterFixture();
    private final Queue<Long> onTheWay = new ArrayDeque<>();
    private long next = 1;

    @Test
    void shouldTellOnceThatALineIsConstantlyLaterThanHalfOfTheReorderTime() {
        run(5_000, 130);

        assertEquals("line 1 late 130 ms", fixture.recorder.skews());
        assertEquals(130 * MS, fixture.line(B).lateNs());
        assertEquals(1, fixture.line(B).skewAlarms());
        assertEquals(0, fixture.line(A).skewAlarms());
    }

    @Test
    void shouldTellNothingOfALineThatIsLateWithinHalfOfTheReorderTime() {
        run(5_000, 120);

        assertEquals("", fixture.recorder.skews());
        assertEquals(0, fixture.line(B).lateNs());
        assertTrue(fixture.line(A).leads().atPercentileNs(50) >= 115 * MS, "it was late, though");
    }

    @Test
    void shouldEndByItselfWhenTheLineKeepsUpForASecond() {
        run(3_000, 200);
        assertEquals("line 1 late 200 ms", fixture.recorder.skews());

        run(2_100, 10);

        assertEquals("line 1 in time", fixture.recorder.skews());
        assertEquals(0, fixture.line(B).lateNs());
        assertEquals(1, fixture.line(B).skewAlarms());
    }

    @Test
    void shouldTellNothingWhenALineIsLateNowAndThen() {
        for (int i = 0; i < 8; i++) {
            run(400, 200);
            run(400, 10);
        }

        assertEquals("", fixture.recorder.skews());
    }

    @Test
    void shouldTellOfALineThatStandsStillAndOfItsReturn() {
        run(1_500, 1);
        assertEquals("", fixture.recorder.skews());

        run(4_000, NEVER);
        String told = fixture.recorder.skews();
        assertTrue(told.matches("line 1 silent 1\\d{3} ms"), told);

        onTheWay.clear();
        run(3_000, 1);
        assertEquals("line 1 in time", fixture.recorder.skews());
    }

    @Test
    void shouldTellOfALineThatHasNeverBroughtAnything() {
        run(4_000, NEVER);

        assertTrue(fixture.recorder.skews().startsWith("line 1 silent "), "told");
    }

    @Test
    void shouldNotBlameALineForSilenceWhenNobodySpeaks() {
        run(1_500, 20);
        onTheWay.clear();

        nothing(5_000);

        assertEquals("", fixture.recorder.skews());
    }

    @Test
    void shouldEndWhenTheLineHasComeAsFarAndNothingMovesForTenSeconds() {
        run(3_000, NEVER);
        assertTrue(fixture.recorder.skews().startsWith("line 1 silent "), "told");

        nothing(5_000);
        fixture.heartbeat(B, next);
        nothing(3_000);
        assertEquals("", fixture.recorder.skews());
        nothing(4_000);

        assertEquals("line 1 in time", fixture.recorder.skews());
    }

    @Test
    void shouldTellNobodyWithoutABound() {
        ArbiterFixture silent =
                new ArbiterFixture(ArbiterContext.of(ArbiterFixture.STREAM, 2).skew(0));
        for (int i = 0; i < 4_000; i++) {
            silent.data(A, i + 1, i + 1);
            silent.after(MS);
        }

        assertEquals("", silent.recorder.skews());
    }

    private void nothing(int ms) {
        for (int i = 0; i < ms; i++) {
            fixture.after(MS);
        }
    }

    /** Milliseconds pass; what A brings in them B brings so much later. */
    private void run(int ms, int laterMs) {
        for (int i = 0; i < ms; i++) {
            if (i % EVERY_MS == 0) {
                fixture.data(A, next, next);
                if (laterMs != NEVER) {
                    onTheWay.add(fixture.clock.nanoTime() + laterMs * MS);
                    onTheWay.add(next);
                }
                next++;
            }
            while (!onTheWay.isEmpty() && onTheWay.element() - fixture.clock.nanoTime() <= 0) {
                onTheWay.remove();
                long sequence = onTheWay.remove();
                fixture.data(B, sequence, sequence);
            }
            fixture.after(MS);
        }
    }
}
