// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LineStatisticsTest {
    private final LostRanges lost = new LostRanges();
    private final LineStatistics line = new LineStatistics("A", lost);

    @Test
    void shouldMissNothingBeforeItsFirstPacket() {
        line.onAhead(100, 103);

        assertEquals(0, line.missing());
        assertEquals(103, line.next());
    }

    @Test
    void shouldMissWhatItSkipped() {
        line.onEpoch(1);
        line.onAhead(3, 5);
        line.onBehind(7, 9);
        line.onNext(12);
        line.onNext(12);

        assertEquals(2 + 2 + 3, line.missing());
        assertEquals(2, line.lost());
    }

    @Test
    void shouldTellALostRaceFromADuplicateOfItsOwn() {
        line.onEpoch(1);
        line.onBehind(1, 5);
        line.onBehind(1, 5);

        assertEquals(4, line.lost());
        assertEquals(4, line.duplicates());
        assertEquals(0, line.won());
    }

    @Test
    void shouldCountWhatWasDeliveredAndWhatWasOldOfTheSamePacket() {
        line.onDelivered(3, 2);

        assertEquals(3, line.won());
        assertEquals(2, line.lost());
    }

    @Test
    void shouldGoOnInTheNextEpochWhereItWasWhenThatBegan() {
        line.onEpoch(1);
        line.onAhead(1, 100);
        line.onLaterEpoch();
        line.onLater(1, 4, true);
        line.onLater(1, 4, false);
        line.onLater(6, 8, false);
        line.onAhead(100, 105);

        line.onEpoch(1);
        line.onLaterBegun();

        assertEquals(8, line.next());
        assertEquals(2, line.missing());
        assertEquals(3, line.duplicates());
        assertEquals(2, line.lost());
    }

    @Test
    void shouldTellWhatNoLineBroughtFromWhatAnotherOneDid() {
        line.onEpoch(1);
        line.onAhead(1, 11);
        line.onAhead(21, 31);
        giveUp(16, 21);

        assertEquals(10, line.missing());
        assertEquals(5, line.lostOnAll());
        assertEquals(5, line.lostOnlyHere());
    }

    @Test
    void shouldKnowWhatWasGivenUpWhenTheLineSkipsItMuchLater() {
        line.onEpoch(1);
        line.onAhead(1, 11);
        giveUp(16, 21);
        giveUp(21, 23);
        giveUp(40, 41);
        assertEquals(0, line.lostOnAll());

        line.onBehind(18, 20);
        line.onNext(50);

        assertEquals(2 + 3 + 1, line.lostOnAll());
        assertEquals(7 + 30, line.missing());
        assertEquals(37 - 6, line.lostOnlyHere());
    }

    @Test
    void shouldNotLackWhatWasGivenUpBeforeItJoined() {
        line.onEpoch(0);
        giveUp(1, 5);
        line.onAhead(8, 9);
        giveUp(5, 8);

        assertEquals(0, line.missing());
        assertEquals(0, line.lostOnAll());
    }

    @Test
    void shouldForgetWhatWasGivenUpWhenNumbersBeginAnew() {
        line.onEpoch(1);
        line.onAhead(1, 4);
        giveUp(6, 9);
        lost.clear();
        line.onEpoch(1);
        line.onAhead(20, 21);

        assertEquals(19, line.missing());
        assertEquals(0, line.lostOnAll());
    }

    @Test
    void shouldCountAsLostOnlyHereWhatIsFurtherBackThanItRemembers() {
        line.onEpoch(1);
        line.onAhead(1, 2);
        for (int i = 0; i <= LostRanges.RANGES; i++) {
            giveUp(10 + 2 * i, 11 + 2 * i);
        }
        line.onNext(2_000);

        assertEquals(LostRanges.RANGES, line.lostOnAll());
    }

    @Test
    void shouldCountPacketsThatWon() {
        line.onOne(1);
        line.onDelivered(3, 2);
        line.onPacketWon();

        assertEquals(2, line.packetsWon());
        assertEquals(4, line.won());
    }

    @Test
    void shouldEstimateWhatNakRepairedByTheOctetsOfAMessage() {
        line.onEpoch(1);
        line.onDelivered(900, 80);
        line.onAhead(1, 981);
        line.onNext(1_001);
        assertEquals(0, line.repaired());
        assertEquals(0.02, line.lossShare(), 1e-9);

        line.onDriverLosses(7, 1_000, 98_000);

        assertEquals(7, line.driverLosses());
        assertEquals(1_000, line.driverLostOctets());
        assertEquals(10, line.repaired());
        assertEquals(0.03, line.lossShare(), 1e-9);
    }

    @Test
    void shouldCountAnAlarmOnceUntilItEnds() {
        line.onLate(5);
        line.onLate(7);
        assertEquals(7, line.lateNs());
        line.onLate(0);
        line.onLate(6);

        assertEquals(2, line.skewAlarms());
    }

    private void giveUp(long first, long end) {
        lost.add(first, end);
        line.onGivenUp(first, end);
    }
}
