// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.stream.ArbiterFixture.A;
import static io.heliograph.engine.stream.ArbiterFixture.B;
import static io.heliograph.engine.stream.ArbiterFixture.REORDER_NS;
import static io.heliograph.engine.stream.ArbiterFixture.STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliograph.engine.testkit.Packets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Order, duplicates and gaps within one epoch. */
final class ArbiterTest {
    private ArbiterFixture on = new ArbiterFixture();

    @AfterEach
    void everyBodyWasRight() {
        assertEquals(0, on.recorder.wrongBodies());
    }

    @Test
    void shouldDeliverTheFirstArrivalAndDropTheSecond() {
        assertEquals("epoch 7 from 1, 1-3", on.data(A, 1, 3));
        assertEquals("", on.data(B, 1, 3));
        assertEquals("4-6", on.data(B, 4, 6));
        assertEquals("", on.data(A, 4, 6));

        assertEquals(3, on.line(A).won());
        assertEquals(3, on.line(A).lost());
        assertEquals(3, on.line(B).won());
        assertEquals(3, on.line(B).lost());
        assertEquals(6, on.statistics().messages());
        assertEquals(2, on.statistics().packets());
    }

    @Test
    void shouldCountWhatOneLineBringsTwiceAsItsDuplicate() {
        on.data(A, 1, 3);

        assertEquals("", on.data(A, 1, 3));

        assertEquals(3, on.line(A).duplicates());
        assertEquals(0, on.line(A).lost());
    }

    @Test
    void shouldDeliverTheNewPartOfAPacketThatIsOldInPart() {
        on.data(A, 1, 3);

        assertEquals("4-5", on.data(B, 2, 5));

        assertEquals(2, on.line(B).won());
        assertEquals(2, on.line(B).lost());
    }

    @Test
    void shouldMergeLinesThatCutPacketsDifferently() {
        on.data(A, 1, 2);
        assertEquals("3", on.data(B, 1, 3));
        assertEquals("4-7", on.data(A, 3, 7));
        assertEquals("8-9", on.data(B, 4, 9));
        assertEquals("", on.data(A, 8, 9));
        assertEquals(0, on.statistics().gaps());
    }

    @Test
    void shouldFillAGapFromTheOtherLine() {
        on.data(A, 1, 3);
        assertEquals("", on.data(A, 7, 9));
        assertEquals("", on.after(REORDER_NS - 1));

        assertEquals("4-9", on.data(B, 4, 6));

        assertEquals(3, on.statistics().recovered());
        assertEquals(3, on.statistics().outOfOrder());
        assertEquals(3, on.line(A).missing());
        assertEquals(0, on.line(B).missing());
        assertEquals("", on.after(REORDER_NS));
        assertEquals(Quality.LIVE, on.arbiter.watch().quality());
    }

    @Test
    void shouldCountAsRecoveredOnlyWhatWasMissing() {
        on.data(A, 1, 3);
        on.data(A, 7, 9);

        assertEquals("4-10", on.data(B, 4, 10));

        assertEquals(3, on.statistics().recovered());
    }

    @Test
    void shouldCountWhatCameAheadAndWasOvertakenAsLostByItsLine() {
        on.data(A, 1, 3);
        on.data(A, 7, 9);

        on.data(B, 4, 10);

        assertEquals(3, on.line(A).won());
        assertEquals(3, on.line(A).lost());
        assertEquals(7, on.line(B).won());
    }

    @Test
    void shouldGiveUpAGapExactlyAfterTheReorderTimeWithANoticeInItsPlace() {
        on.data(A, 1, 3);
        on.data(A, 7, 9);

        assertEquals("", on.after(REORDER_NS - 1));
        assertEquals("gap 4-6, 7-9", on.after(1));

        assertEquals(1, on.statistics().gaps());
        assertEquals(3, on.statistics().lostMessages());
        assertEquals("", on.data(B, 4, 6));
        assertEquals("10", on.data(A, 10, 10));
    }

    @Test
    void shouldGiveUpEachOfTwoGapsInItsOwnTime() {
        on.data(A, 1, 3);
        on.data(A, 6, 6);
        on.after(1_000_000);
        on.data(A, 9, 9);

        assertEquals("gap 4-5, 6", on.after(REORDER_NS - 1_000_000));
        assertEquals("", on.after(999_999));
        assertEquals("gap 7-8, 9", on.after(1));
    }

    @Test
    void shouldFillTheSecondGapFirst() {
        on.data(A, 1, 3);
        on.data(A, 6, 6);
        on.data(A, 9, 9);

        assertEquals("", on.data(B, 7, 8));
        assertEquals("4-9", on.data(B, 4, 5));

        assertEquals(4, on.statistics().recovered());
    }

    @Test
    void shouldKeepTheAgeOfAGapOfWhichAPartIsFilled() {
        on.data(A, 1, 3);
        on.data(A, 9, 9);
        on.after(REORDER_NS - 1);

        assertEquals("4-5", on.data(B, 4, 5));

        assertEquals("gap 6-8, 9", on.after(1));
    }

    @Test
    void shouldGiveUpTheOldestGapLoudlyWhenTheWindowIsFull() {
        on = new ArbiterFixture(ArbiterContext.of(STREAM, 2).window(2, 4096));
        on.data(A, 1, 1);
        on.data(A, 3, 3);
        on.data(A, 5, 5);

        assertEquals("gap 2-2, 3", on.data(A, 7, 7));
        assertEquals("4-5", on.data(B, 4, 4));
        assertEquals("6-7", on.data(B, 6, 6));
    }

    @Test
    void shouldGiveUpTheOldestGapLoudlyWhenTheWindowHasNoRoomForTheOctets() {
        on = new ArbiterFixture(ArbiterContext.of(STREAM, 2).window(100, 256));
        on.data(A, 1, 1);

        StringBuilder heard = new StringBuilder();
        for (long sequence = 3; sequence <= 21; sequence += 2) {
            String told = on.data(A, sequence, sequence);
            heard.append(told.isEmpty() ? "" : told + ", ");
        }

        assertEquals("gap 2-2, 3, ", heard.substring(0, 12));
        assertEquals(on.statistics().gaps(), on.statistics().lostMessages());
    }

    @Test
    void shouldDeliverAPacketThatNoWindowCouldHold() {
        on = new ArbiterFixture(ArbiterContext.of(STREAM, 2).window(100, 128));
        on.data(A, 1, 1);

        assertEquals("gap 2-2, 3-40", on.data(A, 3, 40));
    }

    @Test
    void shouldSeeALossAtTheTailByAHeartbeat() {
        on.data(A, 1, 3);

        assertEquals("", on.heartbeat(A, 6));
        assertEquals("", on.after(REORDER_NS - 1));
        assertEquals("gap 4-5", on.after(1));
        assertEquals(2, on.line(A).missing());
        assertEquals(Quality.GAP, on.arbiter.watch().quality());
    }

    @Test
    void shouldFillALossAtTheTailFromTheOtherLine() {
        on.data(A, 1, 3);
        on.heartbeat(A, 6);

        assertEquals("4-8", on.data(B, 4, 8));

        assertEquals(2, on.statistics().recovered());
        assertEquals("", on.after(REORDER_NS));
    }

    @Test
    void shouldGiveWhatWasAnnouncedLaterItsOwnTime() {
        on.data(A, 1, 3);
        on.heartbeat(A, 6);
        on.after(REORDER_NS - 1);
        on.heartbeat(A, 10);

        assertEquals("gap 4-5", on.after(1));
        assertEquals("6-9", on.data(B, 6, 9));
    }

    @Test
    void shouldSeeALossAtTheTailByASealAndByAGapPacketAndByAnEnd() {
        on.data(A, 1, 3);
        on.on(A, Packets.seal(STREAM, 7, 1, 5));
        assertEquals("gap 4-5", on.after(REORDER_NS));

        on.on(A, Packets.gap(STREAM, 7, 6, 8));
        assertEquals("gap 6-8", on.after(REORDER_NS));

        on.on(A, Packets.end(STREAM, 7, 9));
        assertEquals("gap 9-9, end 7 at 9", on.after(REORDER_NS));
    }

    @Test
    void shouldPreferDataOfAnyLineToAGapPacket() {
        on.data(A, 1, 3);
        on.on(A, Packets.gap(STREAM, 7, 4, 8));

        assertEquals("4-8", on.data(B, 4, 8));

        assertEquals("", on.after(REORDER_NS));
    }

    @Test
    void shouldGoOnBehindTheMessageAtWhichTheHandlerThrew() {
        on.data(A, 1, 2);
        on.recorder.throwAt(3);

        assertThrows(IllegalStateException.class, () -> on.data(B, 2, 5));
        assertEquals("3", on.recorder.heard());
        assertEquals("4-5", on.after(1));
        assertEquals("", on.data(A, 3, 5));
        assertEquals("6", on.data(A, 6, 6));

        assertEquals(6, on.statistics().messages());
        assertEquals(3, on.line(B).won());
        assertEquals(1, on.line(B).lost());
        assertEquals(0, on.statistics().recovered());
    }

    @Test
    void shouldGoOnWithAnotherPacketBehindTheMessageAtWhichTheHandlerThrew() {
        on.recorder.throwAt(3);
        assertThrows(IllegalStateException.class, () -> on.data(A, 1, 5));
        on.recorder.heard();

        assertEquals("4-6", on.data(A, 6, 6));
        assertEquals(Quality.LIVE, on.arbiter.watch().quality());
    }

    @Test
    void shouldCountNothingAsRecoveredTwiceWhenTheHandlerThrewBehindAGap() {
        on.data(A, 1, 3);
        on.data(A, 6, 8);
        on.recorder.throwAt(7);
        assertThrows(IllegalStateException.class, () -> on.data(B, 4, 5));

        assertEquals("4-7", on.recorder.heard());
        assertEquals("8-9", on.data(B, 8, 9));
        assertEquals(2, on.statistics().recovered());
        assertEquals(5, on.line(A).won());
        assertEquals(1, on.line(A).lost());
    }

    @Test
    void shouldLoseAndRepeatNothingWhenTheHandlerThrowsBehindAGap() {
        on.data(A, 1, 3);
        on.data(A, 6, 8);
        on.recorder.throwAt(7);

        assertThrows(IllegalStateException.class, () -> on.after(REORDER_NS));
        assertEquals("gap 4-5, 6-7", on.recorder.heard());

        assertEquals("8", on.after(1));
        assertEquals(6, on.line(A).won());
        assertEquals(0, on.line(A).lost());
        assertEquals("9", on.data(A, 9, 9));
        assertEquals(2, on.statistics().lostMessages());
        assertEquals(1, on.statistics().gaps());
    }
}
