// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.BitUtil;
import org.junit.jupiter.api.Test;

/** The records are what their drawings say, and none straddles a cache line that it could have to itself. */
class BookLayoutTest {
    @Test
    void shouldKeepTheFieldsOfAnOrderWhereTheDrawingHasThem() {
        assertEquals(0, Orders.ID_OFFSET);
        assertEquals(8, Orders.SIZE_OFFSET);
        assertEquals(12, Orders.LEVEL_OFFSET);
        assertEquals(16, Orders.AHEAD_OFFSET);
        assertEquals(20, Orders.BEHIND_OFFSET);
        assertEquals(24, Orders.INSTRUMENT_OFFSET);
        assertEquals(28, Orders.PARTICIPANT_OFFSET);
        assertEquals(32, Orders.RECORD_LENGTH);
    }

    @Test
    void shouldKeepTheFieldsOfALevelWhereTheDrawingHasThem() {
        assertEquals(0, Levels.KEY_OFFSET);
        assertEquals(8, Levels.TOTAL_OFFSET);
        assertEquals(16, Levels.ORDERS_OFFSET);
        assertEquals(20, Levels.FIRST_OFFSET);
        assertEquals(24, Levels.LAST_OFFSET);
        assertEquals(28, Levels.SIDE_OFFSET);
        assertEquals(32, Levels.RECORD_LENGTH);
    }

    @Test
    void shouldKeepTheFieldsOfABookWhereTheDrawingHasThem() {
        assertEquals(0, BookRecords.KEY_OFFSET);
        assertEquals(8, BookRecords.SIZE_OFFSET);
        assertEquals(16, BookRecords.ROOT_OFFSET);
        assertEquals(20, BookRecords.TOP_OFFSET);
        assertEquals(24, BookRecords.LEVELS_OFFSET);
        assertEquals(28, BookRecords.INSTRUMENT_OFFSET);
        assertEquals(BookRecords.RECORD_LENGTH, 2 * BookRecords.SIDE_LENGTH);
        assertEquals(BitUtil.CACHE_LINE_LENGTH, BookRecords.RECORD_LENGTH);
        assertEquals(BookRecords.SIDE_LENGTH, BookRecords.side(1));
    }

    @Test
    void shouldFillABlockExactly() {
        assertEquals(0, Ladders.COUNT_OFFSET);
        assertEquals(4, Ladders.HEIGHT_OFFSET);
        assertEquals(8, Ladders.WORSE_OFFSET);
        assertEquals(12, Ladders.BETTER_OFFSET);
        assertEquals(16, Ladders.ENTRIES_OFFSET);
        assertEquals(8, Ladders.SLOT_OFFSET);
        assertEquals(Ladders.BLOCK_LENGTH, Ladders.ENTRIES_OFFSET + Ladders.FANOUT * Ladders.ENTRY_LENGTH);
    }

    @Test
    void shouldBeginOnACacheLineBeforeAndAfterGrowth() {
        Records records = new Records(32, 2);
        for (int i = 0; i < 1000; i++) {
            assertEquals(0, records.buffer.addressOffset() % BitUtil.CACHE_LINE_LENGTH);
            assertEquals(i, records.allocate());
        }
        records.close();
    }

    @Test
    void shouldTakeAtMostSeventyFiveBytesAnOrderWhenAMillionLive() {
        Books books = new Books(8_000, 1_000_000, BookListener.NONE);

        double bytes = books.memoryBytes() / 1e6;

        System.out.println("book memory for 8,000 instruments and 1,000,000 orders: " + bytes + " bytes an order");
        assertTrue(bytes < 75, () -> bytes + " bytes an order");
        books.close();
    }
}
