// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.EpochFile.Kept;
import io.heliograph.engine.NumberingStart.JournalPlace;
import org.junit.jupiter.api.Test;

/** Where a publisher begins to number, by what was left behind. */
final class NumberingStartTest {
    private static final long NOW_S = 2_000_000;
    private static final Numbering AGAIN = Numbering.again(42);
    private static final Kept NOTHING = new Kept(0, 0, 0, 0, false);
    private static final Kept LEFT = new Kept(1_000, 50_001, 49_971, 42, false);

    @Test
    void shouldBeginAnEpochWhenNothingIsKept() {
        NumberingStart start = decide(NOTHING, JournalPlace.NONE, Numbering.DEFAULT);

        assertStart(true, NOW_S, 1, start);
        assertTrue(start.isFirst());
        assertEquals(
                "begins epoch 2000000 at message 1: no place of an earlier publisher is kept on this host",
                start.words());
    }

    @Test
    void shouldSayWhatIsLeftBehindWhenTheFileIsGone() {
        NumberingStart start = decide(NOTHING, new JournalPlace(1_000, 40_000, false, true), AGAIN);

        assertStart(true, NOW_S, 1, start);
        assertFalse(start.isFirst());
        assertTrue(
                start.words()
                        .endsWith(
                                "no place of an earlier publisher is kept on this host; epoch 1000 is left behind, the"
                                        + " journal has it up to message 40,000"),
                start.words());
    }

    @Test
    void shouldGoOnBehindTheLastNumberWhenContentCannotBeHadAgain() {
        assertStart(false, 1_000, 50_001, decide(LEFT, JournalPlace.NONE, Numbering.DEFAULT));
        assertStart(false, 1_000, 50_001, decide(LEFT, journal(40_000), Numbering.DEFAULT));
        assertStart(false, 1_000, 50_001, decide(LEFT, new JournalPlace(900, 60_000, true, true), Numbering.DEFAULT));
    }

    @Test
    void shouldNotUseANumberThatTheJournalHasWhateverTheFileSays() {
        assertStart(false, 1_000, 60_001, decide(LEFT, journal(60_000), Numbering.DEFAULT));
    }

    @Test
    void shouldGoOnFromTheJournalsEndWhenTheSameContentComesAgain() {
        // From the first message of the range of seals that the journal's end is in.
        assertStart(false, 1_000, 36_865, decide(LEFT, journal(40_000), AGAIN));
        assertStart(false, 1_000, 40_961, decide(LEFT, journal(40_960), AGAIN));
        assertStart(false, 1_000, 36_865, decide(LEFT, journal(40_959), AGAIN));
        assertStart(false, 1_000, 1, decide(LEFT, journal(0), AGAIN));
        assertStart(false, 1_000, 1, decide(LEFT, new JournalPlace(900, 60_000, true, true), AGAIN));
    }

    @Test
    void shouldGoOnFromWhatWasSentWhenTheSameContentComesAgainAndThereIsNoJournal() {
        assertStart(false, 1_000, 49_153, decide(LEFT, JournalPlace.NONE, AGAIN));
    }

    @Test
    void shouldBeginAnEpochWhenAnotherSourceComes() {
        NumberingStart start = decide(LEFT, journal(40_000), Numbering.again(43));

        assertStart(true, NOW_S, 1, start);
        assertTrue(start.words().contains("another source than before; epoch 1000 was left"), start.words());
    }

    @Test
    void shouldBeginAnEpochWhenTheOneBeforeHasEnded() {
        assertStart(true, NOW_S, 1, decide(new Kept(1_000, 51, 1, 42, true), JournalPlace.NONE, AGAIN));
        assertStart(true, NOW_S, 1, decide(LEFT, new JournalPlace(1_000, 50_000, true, true), AGAIN));
        assertStart(true, NOW_S, 1, decide(LEFT, JournalPlace.NONE, Numbering.newEpoch()));
    }

    @Test
    void shouldBeginALaterEpochWhenAnotherHostHasBegunOne() {
        assertStart(true, NOW_S, 1, decide(LEFT, new JournalPlace(1_001, 5, false, true), Numbering.DEFAULT));
        assertStart(true, NOW_S + 6, 1, decide(LEFT, new JournalPlace(NOW_S + 5, 5, false, true), Numbering.DEFAULT));
    }

    @Test
    void shouldBeginAnEpochWhenAnotherHostMayHavePublishedSince() {
        assertStart(true, NOW_S, 1, NumberingStart.of(LEFT, JournalPlace.NONE, AGAIN, false, NOW_S));
        assertStart(false, 1_000, 50_001, NumberingStart.of(LEFT, journal(40_000), Numbering.DEFAULT, false, NOW_S));
    }

    private static JournalPlace journal(long last) {
        return new JournalPlace(1_000, last, false, true);
    }

    private static NumberingStart decide(Kept kept, JournalPlace journal, Numbering asked) {
        return NumberingStart.of(kept, journal, asked, true, NOW_S);
    }

    private static void assertStart(boolean isNew, long epoch, long first, NumberingStart start) {
        assertEquals(isNew, start.isNew(), start.words());
        assertEquals(epoch, start.epoch(), start.words());
        assertEquals(first, start.first(), start.words());
    }
}
