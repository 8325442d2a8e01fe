// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.stream.ArbiterFixture.A;
import static io.heliograph.engine.stream.ArbiterFixture.B;
import static io.heliograph.engine.stream.ArbiterFixture.BUDGET_NS;
import static io.heliograph.engine.stream.ArbiterFixture.STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.ScriptedRepair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A subscription that begins behind, follows what is replayed, and changes over to its lines. */
final class CatchUpTest {
    private static final long SOON_NS = 1_000_000;
    private static final int WINDOW_PACKETS = 8;

    private final ScriptedRepair repair = new ScriptedRepair();
    private final ArbiterFixture on = new ArbiterFixture(
            ArbiterContext.of(STREAM, 2).join(ArbiterContext.Join.REPLAY).window(WINDOW_PACKETS, 1 << 14), repair);

    @AfterEach
    void everyBodyWasRight() {
        assertEquals(0, on.recorder.wrongBodies());
    }

    @Test
    void shouldWaitToBeToldWhereToBegin() {
        assertEquals("", on.data(A, 100, 101));
        on.after(SOON_NS);

        assertEquals("where (live 7: 100)", repair.told());
        assertEquals(Quality.JOINING, on.arbiter.watch().quality());
    }

    @Test
    void shouldBeginWhereItIsToldAndFollowTheReplay() {
        on.data(A, 100, 101);
        repair.begin(7, 5);
        repair.answer(Packets.data(STREAM, 7, 5, 9));

        assertEquals("epoch 7 from 5, 5-9", on.after(SOON_NS));
        on.after(SOON_NS);
        assertEquals("7: from 10 (live 7: 100)", repair.told());
        assertEquals(90, on.arbiter.catchUp().behind(7, 10));
        assertEquals("JOINING>CATCHING_UP", on.recorder.qualities());
    }

    @Test
    void shouldLetGoWhatIsFarAheadAndKeepItWhenTheRestFits() {
        repair.begin(7, 1);
        on.after(SOON_NS);
        on.data(A, 100, 101);
        assertEquals(0, on.statistics().outOfOrder(), "let go");
        on.data(A, 8, 9);
        on.data(A, 10, 11);
        assertEquals(4, on.statistics().outOfOrder(), "kept");

        repair.answer(Packets.data(STREAM, 7, 1, 7));

        assertEquals("1-11", on.after(SOON_NS));
        assertEquals("12-13", on.data(A, 12, 13));
        assertEquals("JOINING>CATCHING_UP, CATCHING_UP>LIVE", on.recorder.qualities());
        assertEquals(0, on.statistics().gaps());
    }

    @Test
    void shouldChangeOverWhereThePacketsOfReplayAndLineOverlap() {
        repair.begin(7, 1);
        on.after(SOON_NS);
        on.data(A, 6, 9);
        repair.answer(Packets.data(STREAM, 7, 1, 7));

        assertEquals("1-9", on.after(SOON_NS));
        assertEquals(7, on.statistics().replayed());
        assertEquals(2, on.line(A).won());
    }

    @Test
    void shouldBeWithTheLinesWhenTheyBringWhatIsNextOrOld() {
        repair.begin(7, 1);
        repair.answer(Packets.data(STREAM, 7, 1, 9));
        on.after(SOON_NS);

        assertEquals("10", on.data(A, 9, 10));
        on.after(SOON_NS);

        assertEquals(Quality.LIVE, on.arbiter.watch().quality());
    }

    @Test
    void shouldBeWithAnIdleLineWhenItsHeartbeatNamesWhatIsNext() {
        repair.begin(7, 1);
        repair.answer(Packets.data(STREAM, 7, 1, 9));
        on.after(SOON_NS);
        on.heartbeat(A, 12);
        assertEquals(Quality.CATCHING_UP, on.arbiter.watch().quality());
        repair.answer(Packets.data(STREAM, 7, 10, 11));
        on.after(SOON_NS);

        on.heartbeat(A, 12);
        on.after(SOON_NS);

        assertEquals(Quality.LIVE, on.arbiter.watch().quality());
    }

    @Test
    void shouldNotTakeALineThatIsLateForTheStream() {
        repair.begin(7, 1);
        repair.answer(Packets.data(STREAM, 7, 1, 9));
        on.after(SOON_NS);

        on.data(A, 200, 201);
        on.data(B, 5, 6);
        on.after(SOON_NS);

        assertEquals(Quality.CATCHING_UP, on.arbiter.watch().quality());
    }

    @Test
    void shouldSayByHowMuchItIsBehindForAsLongAsItIsSlowerThanWhatIsLive() {
        repair.begin(7, 1);
        on.after(SOON_NS);
        long live = 100;
        long next = 1;
        for (int step = 1; step <= 200; step++) {
            on.data(step % 2 == 0 ? A : B, live, live + 9);
            live += 10;
            repair.answer(Packets.data(STREAM, 7, next, next + 4));
            next += 5;
            assertEquals(next - 5 + "-" + (next - 1), on.after(SOON_NS));
            assertEquals(Quality.CATCHING_UP, on.arbiter.watch().quality());
            assertEquals(99 + 5L * step, on.arbiter.catchUp().behind(7, on.arbiter.nextSequence()), "behind");
        }
        while (next < live) {
            repair.answer(Packets.data(STREAM, 7, next, Math.min(live - 1, next + 199)));
            next = Math.min(live, next + 200);
            on.after(SOON_NS);
            assertEquals(live - next, on.arbiter.catchUp().behind(7, on.arbiter.nextSequence()));
        }
        on.data(A, live, live + 1);
        on.after(SOON_NS);

        assertEquals("JOINING>CATCHING_UP, CATCHING_UP>LIVE", on.recorder.qualities());
        assertEquals(0, on.arbiter.catchUp().behind(7, on.arbiter.nextSequence()));
        assertEquals(0, on.statistics().gaps());
    }

    @Test
    void shouldNeverGiveUpForAFullWindowWhatIsReplayed() {
        repair.begin(7, 1);
        on.after(SOON_NS);
        for (int i = 0; i < 100; i++) {
            assertEquals("", on.data(A, 8 + 2 * i, 9 + 2 * i));
        }
        assertEquals("", on.after(2 * BUDGET_NS));
        for (int i = 1; i <= 207; i += 9) {
            repair.answer(Packets.data(STREAM, 7, i, Math.min(207, i + 8)));
        }

        assertEquals("1-207", on.after(SOON_NS));
        assertEquals("208-209", on.data(A, 208, 209));
        assertEquals(0, on.statistics().gaps());
    }

    @Test
    void shouldGiveTheGapsBehindTheReplayTheirWholeBudget() {
        repair.begin(7, 1);
        on.after(SOON_NS);
        on.data(A, 8, 9);
        on.data(A, 12, 13);
        on.after(BUDGET_NS - 2 * SOON_NS);
        repair.answer(Packets.data(STREAM, 7, 1, 8));

        assertEquals("1-9", on.after(SOON_NS));
        assertEquals("", on.after(SOON_NS));
        assertEquals("7: 10-11", repair.told());
        assertEquals("", on.after(BUDGET_NS - 2 * SOON_NS));
        assertEquals("gap 10-11, 12-13", on.after(SOON_NS));
    }

    @Test
    void shouldWaitForTheReplayHoweverLongAndTurnToTheLinesWhenItHasNothing() {
        repair.begin(7, 1);
        on.after(SOON_NS);
        on.data(A, 8, 9);

        assertEquals("", on.after(BUDGET_NS));
        assertEquals("", on.after(10 * BUDGET_NS));
        repair.nobodyHas(7, 1, 8);
        assertEquals("gap 1-7, 8-9", on.after(SOON_NS));
    }

    @Test
    void shouldNameWhatNobodyHasAtTheBeginning() {
        repair.begin(7, 1);
        repair.nobodyHas(7, 1, 50);
        repair.answer(Packets.data(STREAM, 7, 50, 52));

        assertEquals("epoch 7 from 1, gap 1-49, 50-52", on.after(SOON_NS));
    }

    @Test
    void shouldFollowTheReplayFromEpochToEpochWhateverTheLinesAreAt() {
        repair.begin(5, 3);
        on.after(SOON_NS);
        on.data(A, 9, 100, 101);
        repair.answer(Packets.data(STREAM, 5, 3, 4));
        repair.answer(Packets.end(STREAM, 5, 4));
        repair.answer(Packets.data(STREAM, 7, 1, 2));
        repair.answer(Packets.data(STREAM, 9, 1, 2));

        assertEquals("3-4, end 5 at 4, epoch 7 from 1, 1-2, gap 3-?, epoch 9 from 1, 1-2", on.after(SOON_NS));
        on.data(A, 9, 4, 5);
        repair.answer(Packets.data(STREAM, 9, 3, 3));
        assertEquals("3-5", on.after(SOON_NS));
        assertEquals(0, on.statistics().oldEpoch());
    }

    @Test
    void shouldWaitForTheReplayHoweverLongTheLinesAreInALaterEpoch() {
        repair.begin(5, 3);
        on.after(SOON_NS);
        on.data(A, 9, 100, 101);

        assertEquals("", on.after(3 * BUDGET_NS));
        repair.answer(Packets.data(STREAM, 5, 3, 4));
        assertEquals("3-4", on.after(SOON_NS));
        repair.nobodyHas(5, 5, MissingRanges.UNKNOWN_END);
        assertEquals("gap 5-?, epoch 9 from 1", on.after(SOON_NS));
    }

    @Test
    void shouldCheckTheSealsOfTheReplayThoughTheLinesSealFarAhead() {
        repair.begin(7, 1);
        on.after(SOON_NS);
        on.on(A, Packets.seal(STREAM, 7, 4097, 4100));
        repair.answer(Packets.data(STREAM, 7, 1, 30));
        repair.answer(Packets.seal(STREAM, 7, 1, 30));
        on.after(SOON_NS);

        assertEquals(1, on.statistics().sealsChecked());
        assertEquals(0, on.statistics().sealsUnchecked());
    }

    /** Each hole that is forgotten would be waited for until the whole replay is given up. */
    @Test
    void shouldGiveUpEachOfTheManyHolesThatAReplayBringsAtOnce() {
        int holes = 200;
        repair.begin(7, 1);
        for (int i = 0; i < holes; i++) {
            repair.nobodyHas(7, 2 * i + 2, 2 * i + 3);
        }
        on.after(SOON_NS);
        for (int i = 0; i <= holes; i++) {
            repair.answer(Packets.data(STREAM, 7, 2 * i + 1, 2 * i + 1));
        }
        for (int i = 0; i < holes; i++) {
            on.after(SOON_NS);
        }

        assertEquals(holes + 1, on.statistics().messages());
        assertEquals(holes, on.statistics().gaps());
        assertEquals(holes, on.statistics().lostMessages());
    }

    /** It will not bring that once more. */
    @Test
    void shouldKeepWhatTheReplayHasBroughtAheadWhenTheLinesBringTooMuch() {
        repair.begin(7, 1);
        repair.answer(Packets.data(STREAM, 7, 1, 1));
        repair.answer(Packets.data(STREAM, 7, 3, 4));
        on.after(SOON_NS);
        for (int next = 5; next <= 5 + WINDOW_PACKETS; next++) {
            on.data(A, next, next);
        }
        repair.answer(Packets.data(STREAM, 7, 2, 2));

        assertEquals("2-4", on.after(SOON_NS));
    }

    @Test
    void shouldEndWithTheReplayOfAnEpochThatIsOver() {
        repair.begin(7, 1);
        repair.answer(Packets.data(STREAM, 7, 1, 3));
        repair.answer(Packets.end(STREAM, 7, 3));

        assertEquals("epoch 7 from 1, 1-3, end 7 at 3", on.after(SOON_NS));
        assertTrue(on.arbiter.isEnded());
    }

    @Test
    void shouldBelieveNoSingleWrongNumberOfALineForHowFarTheStreamIs() {
        repair.begin(7, 1);
        repair.answer(Packets.data(STREAM, 7, 1, 9));
        on.after(SOON_NS);
        on.data(A, 1_000_000_000_000L, 1_000_000_000_000L);
        on.after(SOON_NS);

        on.data(A, 10, 10);
        on.after(10 * SOON_NS);
        on.data(A, 11, 11);
        on.after(SOON_NS);

        assertEquals(Quality.LIVE, on.arbiter.watch().quality());
    }
}
