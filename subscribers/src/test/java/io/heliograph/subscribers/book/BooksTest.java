// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.schema.SchemaWalker;
import io.heliograph.engine.schema.sbe.LevelAction;
import io.heliograph.engine.schema.sbe.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BooksTest {
    private static final int AAPL = 13;
    private static final int MSFT = 0xFFFF_FFFE;
    private static final int PARTICIPANT = 0x4C524856;

    private final Told told = new Told();
    private final Books books = new Books(2, 2, told);
    private final Bodies bodies = new Bodies(books);
    private final Book book = new Book();

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void shouldTellBestPricesWhenOrdersAreAdded() {
        bodies.add(AAPL, 1, Side.BUY, 100, 10).send();
        bodies.add(AAPL, 2, Side.SELL, 105, 20).send();
        bodies.add(AAPL, 3, Side.BUY, 99, 5).send();
        bodies.add(AAPL, 4, Side.BUY, 100, 7).send();

        assertEquals(
                List.of(
                        new Told.Best(AAPL, 100, 10, 0, 0),
                        new Told.Best(AAPL, 100, 10, 105, 20),
                        new Told.Best(AAPL, 100, 17, 105, 20)),
                told.changes);
    }

    @Test
    void shouldTellNothingWhenAReplaceLeavesTheTopAsItWas() {
        bodies.add(AAPL, 1, Side.BUY, 100, 10).send();
        bodies.add(AAPL, 2, Side.BUY, 100, 10).send();
        told.changes.clear();

        bodies.replace(AAPL, 1, 3, 100, 10).send();

        assertEquals(List.of(), told.changes);
        assertEquals(List.of(2L, 3L), ordersAtBestBid());
    }

    @Test
    void shouldLosePriorityAndKeepSideAndParticipantWhenReplaced() {
        bodies.add(AAPL, 1, Side.BUY, 100, 10).attribute(AAPL, 1, PARTICIPANT).send();
        bodies.add(AAPL, 2, Side.BUY, 100, 10).send();

        bodies.replace(AAPL, 1, 1, 100, 10).send();

        assertEquals(List.of(2L, 1L), ordersAtBestBid());
        LevelCursor levels = bestBid();
        OrderCursor orders = levels.orders(new OrderCursor());
        assertTrue(orders.next() && orders.participant() == 0);
        assertTrue(orders.next() && orders.participant() == PARTICIPANT);
    }

    @Test
    void shouldShowTheNextLevelWhenTheBestIsExecutedWhole() {
        bodies.add(AAPL, 1, Side.SELL, 105, 10).send();
        bodies.add(AAPL, 2, Side.SELL, 106, 20).send();
        told.changes.clear();

        bodies.execute(AAPL, 1, 4).send();
        bodies.execute(AAPL, 1, 6).send();
        bodies.delete(AAPL, 2).send();

        assertEquals(
                List.of(
                        new Told.Best(AAPL, 0, 0, 105, 6),
                        new Told.Best(AAPL, 0, 0, 106, 20),
                        new Told.Best(AAPL, 0, 0, 0, 0)),
                told.changes);
    }

    @Test
    void shouldCountEachTroubleAndTellItOnce() {
        bodies.add(AAPL, 1, Side.BUY, 100, 10).send();
        for (int i = 0; i < 3; i++) {
            bodies.execute(AAPL, 77, 1).send();
            bodies.add(AAPL, 1, Side.BUY, 100, 10).send();
            bodies.delete(MSFT, 1).send();
            bodies.add(AAPL, 5, Side.NONE, 100, 10).send();
            bodies.level(AAPL, Side.BUY, 3, 0, 0, LevelAction.DELETE).send();
            bodies.level(AAPL, Side.BUY, 100, 5, 1, LevelAction.SET).send();
        }
        bodies.reduce(AAPL, 1, 11).send();

        assertEquals(
                List.of(
                        new Told.Trouble(BookOutcome.UNKNOWN_ORDER, AAPL, 77),
                        new Told.Trouble(BookOutcome.DUPLICATE_ORDER, AAPL, 1),
                        new Told.Trouble(BookOutcome.WRONG_INSTRUMENT, MSFT, 1),
                        new Told.Trouble(BookOutcome.EMPTY_ORDER, AAPL, 5),
                        new Told.Trouble(BookOutcome.UNKNOWN_LEVEL, AAPL, 0),
                        new Told.Trouble(BookOutcome.MIXED_LEVEL, AAPL, 0),
                        new Told.Trouble(BookOutcome.OVERFILL, AAPL, 1)),
                told.troubles);
        assertEquals(3, books.count(BookOutcome.DUPLICATE_ORDER));
        assertEquals(19, books.troubleCount());
        assertEquals(0, books.orderCount());
        assertEquals(0, books.levelCount());
    }

    @Test
    void shouldApplyNothingOfABodyThatIsCutShort() {
        bodies.add(AAPL, 1, Side.BUY, 100, 10).add(AAPL, 2, Side.BUY, 101, 10);

        int result = books.onMessage(bodies.buffer, 0, bodies.length - 1);

        assertTrue(result < 0);
        assertEquals(0, books.orderCount());
        assertEquals(List.of(new Told.Trouble(BookOutcome.MALFORMED, 0, 0)), told.troubles);
    }

    @Test
    void shouldLeaveBooksAloneWhenATradeIsBroken() {
        bodies.add(AAPL, 1, Side.BUY, 100, 10).send();

        assertEquals(1, bodies.tradeBreak(AAPL).send());

        assertEquals(1, books.count(BookOutcome.NOT_FOR_BOOKS));
        assertEquals(1, told.changes.size());
        assertEquals(0, books.troubleCount());
    }

    @Test
    void shouldKeepLevelsThatTheVenueSends() {
        bodies.level(AAPL, Side.SELL, 105, 50_000_000_000L, 3, LevelAction.SET)
                .level(AAPL, Side.SELL, 106, 70, 0, LevelAction.SET)
                .level(AAPL, Side.SELL, 105, 40, 2, LevelAction.SET)
                .send();
        bodies.level(AAPL, Side.SELL, 105, 0, 0, LevelAction.SET).send();
        bodies.level(AAPL, Side.SELL, 106, 0, 0, LevelAction.DELETE).send();

        assertEquals(
                List.of(
                        new Told.Best(AAPL, 0, 0, 105, 50_000_000_000L),
                        new Told.Best(AAPL, 0, 0, 105, 40),
                        new Told.Best(AAPL, 0, 0, 106, 70),
                        new Told.Best(AAPL, 0, 0, 0, 0)),
                told.changes);
        assertEquals(0, books.levelCount());
    }

    @Test
    void shouldRefuseAnOrderWhenItsPriceIsALevelThatTheVenueSends() {
        bodies.level(AAPL, Side.BUY, 100, 50, 3, LevelAction.SET).send();

        bodies.add(AAPL, 1, Side.BUY, 100, 10).send();

        assertEquals(1, books.count(BookOutcome.MIXED_LEVEL));
        assertEquals(0, books.orderCount());
        assertEquals(List.of(new Told.Best(AAPL, 100, 50, 0, 0)), told.changes);
    }

    @Test
    void shouldEmptySidesWithTheirOrdersWhenCleared() {
        bodies.add(AAPL, 1, Side.BUY, 100, 10).send();
        bodies.add(AAPL, 2, Side.BUY, 99, 10).send();
        bodies.add(AAPL, 3, Side.SELL, 101, 10).send();
        bodies.add(MSFT, 4, Side.SELL, 7, 10).send();
        told.changes.clear();

        bodies.level(AAPL, Side.NONE, 0, 0, 0, LevelAction.CLEAR).send();

        assertEquals(List.of(new Told.Best(AAPL, 0, 0, 0, 0)), told.changes);
        assertEquals(1, books.orderCount());
        assertEquals(1, books.levelCount());
        bodies.add(AAPL, 1, Side.BUY, 100, 10).send();
        assertEquals(0, books.troubleCount());
    }

    @Test
    void shouldOrderPricesOfEitherSign() {
        bodies.add(AAPL, 1, Side.BUY, -5, 10).send();
        bodies.add(AAPL, 2, Side.BUY, 3, 10).send();
        bodies.add(AAPL, 3, Side.SELL, Long.MAX_VALUE, 10).send();
        bodies.add(AAPL, 4, Side.SELL, -4, 10).send();

        assertEquals(new Told.Best(AAPL, 3, 10, -4, 10), told.changes.get(3));
    }

    @Test
    void shouldForgetAllWhenCleared() {
        bodies.add(AAPL, 1, Side.BUY, 100, 10).send();

        books.clear();

        assertEquals(0, books.size());
        assertFalse(books.find(AAPL, book));
        bodies.add(AAPL, 1, Side.BUY, 90, 10).send();
        assertEquals(new Told.Best(AAPL, 90, 10, 0, 0), told.changes.get(1));
    }

    @Test
    void shouldApplyWhatWaitsInItsOrderWhenTold() {
        bodies.isCollecting = true;
        bodies.add(AAPL, 1, Side.BUY, 100, 10).send();
        bodies.delete(AAPL, 1).send();
        bodies.add(AAPL, 1, Side.SELL, 110, 20).send();
        assertEquals(0, books.orderCount());

        books.apply();

        assertEquals(1, books.orderCount());
        assertEquals(3, books.sequence());
        assertEquals(
                List.of(
                        new Told.Best(AAPL, 100, 10, 0, 0),
                        new Told.Best(AAPL, 0, 0, 0, 0),
                        new Told.Best(AAPL, 0, 0, 110, 20)),
                told.changes);
    }

    @Test
    void shouldApplyWhatWaitsBeforeItTellsOfAMalformedBodyOrClears() {
        bodies.isCollecting = true;
        bodies.add(AAPL, 1, Side.BUY, 100, 10).send();

        assertEquals(SchemaWalker.MALFORMED, books.collect(bodies.buffer, 0, 3, 77));

        assertEquals(1, books.orderCount());
        assertEquals(77, books.sequence());
        bodies.add(AAPL, 2, Side.BUY, 120, 10).send();
        books.clear();
        assertEquals(2, told.changes.size());
        assertEquals(0, books.orderCount());
    }

    @Test
    void shouldLookAheadOverASideThatWasEmptied() {
        bodies.add(AAPL, 1, Side.BUY, 100, 10).send();
        bodies.delete(AAPL, 1).send();

        bodies.add(AAPL, 2, Side.BUY, 90, 10).add(AAPL, 3, Side.BUY, 90, 5).send();

        assertEquals(List.of(2L, 3L), ordersAtBestBid());
        assertEquals(0, books.troubleCount());
    }

    @Test
    void shouldKeepEveryOrderWhenMemoryDoublesManyTimes() {
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            bodies.add(i % 3000, i, Side.BUY, i % 101, 1).send();
        }

        assertEquals(count, books.orderCount());
        assertEquals(3000, books.size());
        for (int i = 0; i < count; i++) {
            bodies.delete(i % 3000, i).send();
        }
        assertEquals(0, books.troubleCount());
        assertEquals(0, books.orderCount());
    }

    @Test
    void shouldSayWhatIsWrongWhenAskedOfNothing() {
        assertThrows(IllegalStateException.class, book::bestBidPrice);
        assertThrows(IllegalStateException.class, new LevelCursor()::price);
        assertThrows(IllegalStateException.class, new OrderCursor()::orderId);
        assertThrows(IndexOutOfBoundsException.class, () -> books.at(0, book));
        assertThrows(IllegalArgumentException.class, () -> new Books(0, 1, told));
    }

    private LevelCursor bestBid() {
        assertTrue(books.find(AAPL, book));
        LevelCursor levels = book.bids(new LevelCursor());
        assertTrue(levels.next());
        return levels;
    }

    private List<Long> ordersAtBestBid() {
        OrderCursor orders = bestBid().orders(new OrderCursor());
        List<Long> ids = new ArrayList<>();
        while (orders.next()) {
            ids.add(orders.orderId());
        }
        return ids;
    }
}
