// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.stream.ArbiterFixture.A;
import static io.heliograph.engine.stream.ArbiterFixture.B;
import static io.heliograph.engine.stream.ArbiterFixture.BUDGET_NS;
import static io.heliograph.engine.stream.ArbiterFixture.REORDER_NS;
import static io.heliograph.engine.stream.ArbiterFixture.STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.ScriptedRepair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gaps of a subscription that has somebody who fetches what no line brings. */
final class RepairLineTest {
    private static final long SOON_NS = 1_000_000;
    private static final int MANY = 200;

    private final ScriptedRepair repair = new ScriptedRepair();
    private final ArbiterFixture on = new ArbiterFixture(ArbiterContext.of(STREAM, 2), repair);

    @AfterEach
    void everyBodyWasRight() {
        assertEquals(0, on.recorder.wrongBodies());
    }

    @Test
    void shouldTellAllThatIsMissingInOrder() {
        on.data(A, 1, 3);
        on.data(A, 7, 9);
        on.data(A, 12, 12);
        on.heartbeat(B, 15);

        on.after(SOON_NS);

        assertEquals("7: 4-6 10-11 13-14", repair.told());
    }

    @Test
    void shouldTellNothingWhileNothingIsMissing() {
        on.data(A, 1, 3);
        int before = repair.statements();

        on.data(A, 4, 6);
        on.after(SOON_NS);
        on.after(SOON_NS);

        assertEquals(before, repair.statements());
    }

    @Test
    void shouldTellOnceThatNothingIsMissingAnyLonger() {
        on.data(A, 1, 3);
        on.data(A, 7, 9);
        on.after(SOON_NS);
        on.data(B, 4, 6);
        on.after(SOON_NS);
        int before = repair.statements();

        on.after(SOON_NS);

        assertEquals("nothing", repair.told());
        assertEquals(before, repair.statements());
    }

    /** Who still thinks that something is missing would fetch it for ever. */
    @Test
    void shouldTellAgainThatNothingIsMissingWhenThereWasNoRoomToSayIt() {
        on.data(A, 1, 3);
        on.data(A, 7, 9);
        on.after(SOON_NS);
        repair.full(true);
        on.data(B, 4, 6);
        on.after(SOON_NS);
        on.after(SOON_NS);
        assertEquals("7: 4-6", repair.told());

        repair.full(false);
        on.after(SOON_NS);

        assertEquals("nothing", repair.told());
    }

    @Test
    void shouldDeliverWhatWasFetchedInItsPlaceAndCountItRecovered() {
        on.data(A, 1, 3);
        on.data(A, 7, 9);
        repair.answer(Packets.data(STREAM, 7, 3, 5));
        repair.answer(Packets.data(STREAM, 7, 6, 7));

        assertEquals("4-9", on.after(SOON_NS));

        assertEquals(3, on.statistics().recovered());
        assertEquals(4, on.statistics().replayed());
        assertEquals(9, on.statistics().messages());
        assertEquals(0, on.statistics().gaps());
        assertEquals(3, on.line(A).missing());
        assertEquals(3, on.line(A).lostOnlyHere());
    }

    @Test
    void shouldCountPiecesFromHereAndThereWithoutAHoleBetweenThem() {
        on.data(A, 1, 3);
        on.data(A, 7, 9);
        on.data(A, 12, 12);
        repair.answer(Packets.data(STREAM, 7, 10, 11));
        repair.answer(Packets.data(STREAM, 7, 4, 6));

        assertEquals("4-12", on.after(SOON_NS));

        assertEquals(0, on.line(2).missing());
        assertEquals(5, on.statistics().recovered());
    }

    @Test
    void shouldKeepAGapOpenForTheBudgetAndNoLonger() {
        on.data(A, 1, 3);
        on.data(A, 7, 9);

        assertEquals("", on.after(REORDER_NS));
        assertEquals("", on.after(BUDGET_NS - REORDER_NS - 1));
        assertEquals("gap 4-6, 7-9", on.after(1));
    }

    @Test
    void shouldGiveUpAtOnceWhatNobodyHas() {
        on.data(A, 1, 3);
        on.data(A, 7, 9);
        repair.nobodyHas(7, 4, 7);

        assertEquals("gap 4-6, 7-9", on.after(SOON_NS));
    }

    @Test
    void shouldGiveUpWhatNobodyHasInItsTurnAndNotBefore() {
        on.data(A, 1, 3);
        on.data(A, 9, 9);
        repair.nobodyHas(7, 6, 8);
        assertEquals("", on.after(SOON_NS));
        assertEquals("", on.after(SOON_NS));

        assertEquals("4-5, gap 6-7", on.data(B, 4, 5));
        assertEquals("8-9", on.data(B, 8, 8));

        assertEquals(1, on.statistics().gaps());
        assertEquals(2, on.statistics().lostMessages());
    }

    @Test
    void shouldDeliverWhatNobodyHadWhenALineBringsItInTime() {
        on.data(A, 1, 3);
        on.data(A, 9, 9);
        repair.nobodyHas(7, 6, 8);
        on.after(SOON_NS);

        assertEquals("", on.data(B, 6, 8));
        assertEquals("4-9", on.data(B, 4, 5));
    }

    @Test
    void shouldNotTellAgainWhatNobodyHas() {
        on.data(A, 1, 3);
        on.data(A, 7, 9);
        on.data(A, 12, 12);
        repair.nobodyHas(7, 10, 12);
        on.after(SOON_NS);

        on.after(SOON_NS);

        assertEquals("7: 4-6", repair.told());
    }

    @Test
    void shouldTakeNothingOfAnotherEpochForHopeless() {
        on.data(A, 1, 3);
        on.data(A, 7, 9);
        repair.nobodyHas(6, 4, 7);

        assertEquals("", on.after(SOON_NS));
    }

    @Test
    void shouldAskForTheRestOfAnEpochThatWasFollowedWithoutItsEnd() {
        on.data(A, 1, 3);
        on.data(A, 8, 1, 2);
        on.after(SOON_NS);
        assertEquals("7: 4-?", repair.told());

        repair.answer(Packets.data(STREAM, 7, 4, 5));
        repair.answer(Packets.end(STREAM, 7, 5));

        assertEquals("4-5, end 7 at 5, epoch 8 from 1, 1-2", on.after(SOON_NS));
    }

    @Test
    void shouldLeaveAnEpochAtOnceWhenNobodyHasMoreOfIt() {
        on.data(A, 1, 3);
        on.data(A, 8, 1, 2);
        repair.nobodyHas(7, 4, MissingRanges.UNKNOWN_END);

        assertEquals("gap 4-?, epoch 8 from 1, 1-2", on.after(SOON_NS));
    }

    @Test
    void shouldFillTheHolesOfAnEpochThatNobodyHasMoreOfBeforeLeavingIt() {
        on.data(A, 1, 3);
        on.data(A, 6, 6);
        on.data(A, 8, 1, 2);
        repair.nobodyHas(7, 7, MissingRanges.UNKNOWN_END);
        assertEquals("", on.after(SOON_NS));

        repair.answer(Packets.data(STREAM, 7, 4, 5));

        assertEquals("4-6, gap 7-?, epoch 8 from 1, 1-2", on.after(SOON_NS) + on.after(SOON_NS));
    }

    @Test
    void shouldTellNoMoreRangesThanThereIsRoomFor() {
        on.data(A, 1, 1);
        for (int i = 1; i <= MANY; i++) {
            on.data(A, 2L * i + 1, 2L * i + 1);
        }
        on.after(SOON_NS);

        assertEquals(MissingRanges.MAX_RANGES, repair.told().split(" ").length - 1);
        assertTrue(repair.told().startsWith("7: 2-2 4-4 "), repair.told());
    }

    @Test
    void shouldBeRecoveringWhenAGapStaysOpenForAWhile() {
        on.data(A, 1, 3);
        on.data(A, 7, 9);
        on.data(B, 4, 6);
        assertEquals("JOINING>LIVE", on.recorder.qualities());
        on.data(A, 13, 13);

        on.after(SOON_NS);
        assertEquals("", on.recorder.qualities());
        on.after(10 * SOON_NS);
        assertEquals("LIVE>RECOVERING", on.recorder.qualities());
        repair.answer(Packets.data(STREAM, 7, 10, 12));
        on.after(SOON_NS);
        on.after(SOON_NS);

        assertEquals("RECOVERING>LIVE", on.recorder.qualities());
    }

    @Test
    void shouldBelieveAnAnswerNoMoreThanALine() {
        on.data(A, 1, 3);
        repair.answer(new byte[40]);
        repair.answer(Packets.data(STREAM + 1, 7, 4, 5));
        repair.answer(Packets.data(STREAM, 6, 4, 5));

        assertEquals(
                "dropped line 2 UNKNOWN_VERSION, dropped line 2 FOREIGN_STREAM, dropped line 2 OLD_EPOCH",
                on.after(SOON_NS));
    }
}
