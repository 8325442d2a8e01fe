// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LineStatisticsTest {
    private final LineStatistics line = new LineStatistics("A");

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
}
