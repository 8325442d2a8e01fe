// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class CreditBookTest {
    private static final int KI = 1 << 10;
    private static final int SHARE = 192 * KI;
    private static final int WHOLE = 16 << 20;
    private static final long MS = 1_000_000;

    private final CreditBook book = new CreditBook(1, 1_000, SHARE, WHOLE, 0);

    /** What the other end of each of two pulls may send. */
    private final long[] credit = {SHARE, SHARE};

    @Test
    void shouldGiveBackByTheQuarter() {
        assertFalse(book.onTaken(0, 0, 1, 47 * KI, 0));
        assertTrue(book.onTaken(0, 0, 1, KI, 100 * MS));
        assertEquals(48 * KI, book.give(0, 0, 100 * MS));
        assertFalse(book.onTaken(0, 0, 1, 47 * KI, 100 * MS));
    }

    @Test
    void shouldLetTheOneThatIsBusyHaveTheWholeOverALongWay() {
        for (long trip = 0; trip < 10; trip++) {
            use(0, trip * 80 * MS);
        }
        assertEquals(WHOLE, credit[0], "which is on its way in each round trip, and not a thousandth of it");
        assertEquals(WHOLE - SHARE, book.extra());
    }

    @Test
    void shouldGiveNoMoreToOneThatIsSlow() {
        for (long i = 0; i < 1_000; i++) {
            boolean isDue = book.onTaken(0, 0, 1, 48 * KI, i * 100 * MS);
            assertTrue(isDue);
            assertEquals(48 * KI, book.give(0, 0, i * 100 * MS), "round " + i);
        }
        assertEquals(0, book.extra());
    }

    @Test
    void shouldTakeBackWhatOneNoLongerUsesForAnother() {
        for (long trip = 0; trip < 10; trip++) {
            use(0, trip * 80 * MS);
        }
        for (long trip = 10; trip < 20; trip++) {
            use(0, trip * 80 * MS);
            use(1, trip * 80 * MS);
            assertTrue(book.extra() <= WHOLE, "of all together");
        }
        long before = credit[1];
        for (long trip = 40; trip < 60; trip++) {
            use(1, trip * 80 * MS);
        }
        assertTrue(before < WHOLE / 2);
        assertEquals(WHOLE, credit[1]);

        use(0, 5_000 * MS);
        assertTrue(credit[0] <= 2 * SHARE, "it has sent what it had, and begins with its share again: " + credit[0]);
        assertTrue(book.extra() <= WHOLE);
    }

    @Test
    void shouldBeginAnewWithAnotherPull() {
        for (long trip = 0; trip < 10; trip++) {
            use(0, trip * 80 * MS);
        }
        assertFalse(book.onTaken(0, 0, 2, 47 * KI, 1_000 * MS));
        assertTrue(book.onTaken(0, 0, 2, KI, 1_000 * MS));
        assertEquals(0, book.extra());
    }

    /** All that may be sent is sent, and taken at once. */
    private void use(int stream, long nowNs) {
        long sending = credit[stream];
        while (sending > 0) {
            int frame = (int) Math.min(sending, 16 * KI);
            sending -= frame;
            credit[stream] -= frame;
            if (book.onTaken(0, stream, 1, frame, nowNs)) {
                credit[stream] += book.give(0, stream, nowNs);
            }
        }
    }
}
