// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.publishers.normalise.ItchNormaliser;
import io.heliograph.subscribers.book.Book;
import io.heliograph.subscribers.book.BookListener;
import io.heliograph.subscribers.book.BookOutcome;
import io.heliograph.subscribers.book.Books;
import io.heliograph.subscribers.book.LevelCursor;
import io.heliograph.subscribers.book.OrderCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Decoder, normaliser and books against the captures' truth: no network between them. */
class RealPathTruthTest {
    private static final long TEN_THOUSANDTH = 100_000L;

    private final List<String> changes = new ArrayList<>();
    private final Map<Long, String> orders = new TreeMap<>();
    private final List<String> levels = new ArrayList<>();
    private final ItchNormaliser normaliser = new ItchNormaliser(1_580_360_400_000_000_000L);
    private final ExpandableArrayBuffer body = new ExpandableArrayBuffer();
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private long number;
    private final Books books = new Books(1, 1, new BookListener() {
        @Override
        public void onBestChange(Book book) {
            changes.add(number + "," + book.instrument() + "," + cents(book.bestBidPrice()) + "," + book.bestBidSize()
                    + "," + cents(book.bestAskPrice()) + "," + book.bestAskSize());
        }
    });

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void shouldEqualTheTruthWhenItReadsApple() throws IOException {
        NaiveFile.read(Truth.capture(Truth.AAPL), this::onMessage);

        look();
        assertEquals(6000, number);
        assertEquals(Truth.AAPL_LIVE_ORDERS, books.orderCount());
        assertEquals(Truth.AAPL_LIVE_LEVELS, books.levelCount());
        assertEquals(Truth.AAPL_ORDERS, Truth.sha256(orders.values()));
        assertEquals(Truth.AAPL_LEVELS, Truth.sha256(levels));
        assertEquals(Truth.AAPL_BEST_CHANGES, books.bestChanges());
        assertEquals(Truth.AAPL_BEST, Truth.sha256(changes));
        assertEquals(0, books.troubleCount());
        assertEquals(2894 + 2507 + 419 + 2, books.count(BookOutcome.APPLIED));
    }

    @Test
    void shouldEqualTheTruthWhenItReadsTheDirectory() throws IOException {
        NaiveFile.read(Truth.capture(Truth.DIRECTORY), this::onMessage);

        assertEquals(1000, number);
        assertEquals(0, books.size());
        assertEquals(1000, books.count(BookOutcome.NOT_FOR_BOOKS));
    }

    private void onMessage(byte[] itch) {
        number++;
        message.wrap(itch);
        books.onMessage(body, 0, normaliser.normalise(message, 0, itch.length, body, 0));
    }

    private void look() {
        Book book = new Book();
        LevelCursor cursor = new LevelCursor();
        for (int i = 0; i < books.size(); i++) {
            books.at(i, book);
            side(book, 'B', book.bids(cursor));
            side(book, 'S', book.asks(cursor));
        }
    }

    private void side(Book book, char side, LevelCursor cursor) {
        OrderCursor queue = new OrderCursor();
        while (cursor.next()) {
            String price = book.instrument() + "," + side + "," + cents(cursor.price()) + ",";
            levels.add(price + cursor.size() + "," + cursor.orderCount());
            cursor.orders(queue);
            while (queue.next()) {
                orders.put(queue.orderId(), queue.orderId() + "," + price + queue.size());
            }
        }
    }

    private static long cents(long price) {
        return price / TEN_THOUSANDTH;
    }
}
