// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.recovery.JoinPlace;
import io.heliograph.publishers.generate.ItchDay;
import io.heliograph.publishers.generate.ItchGenerator;
import io.heliograph.publishers.normalise.ItchNormaliser;
import io.heliograph.subscribers.book.Book;
import io.heliograph.subscribers.book.BookListener;
import io.heliograph.subscribers.book.BookOutcome;
import io.heliograph.subscribers.book.Books;
import io.heliograph.subscribers.book.LevelCursor;
import io.heliograph.subscribers.book.OrderCursor;
import java.nio.file.Path;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Books that were kept and read again are the same, and go on in the same way. */
final class CheckpointTest {
    private static final int MESSAGES = 20_000;

    @TempDir
    private Path folder;

    private final ItchGenerator generator = new ItchGenerator(ItchDay.of(3, MESSAGES, 50));
    private final ItchNormaliser normaliser = new ItchNormaliser(0);
    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
    private final ExpandableArrayBuffer body = new ExpandableArrayBuffer();
    private final Silent silent = new Silent();

    @Test
    void shouldGoOnWithTheSameBooksBehindTheMessageTheyAreOf() {
        Checkpoint checkpoint = new Checkpoint(folder.resolve("checkpoint"));
        assertFalse(checkpoint.isThere());
        try (Books whole = new Books(64, 4096, silent);
                Books resumed = new Books(64, 4096, silent)) {
            ChangeLog changes = new ChangeLog();
            changes.add(7, 1, 2, 3, 4, 5);
            for (int i = 0; i < MESSAGES / 2; i++) {
                whole.onMessage(body, 0, next());
            }
            checkpoint.write(7, MESSAGES / 2 + 1, changes, whole);
            assertTrue(checkpoint.isThere());

            ChangeLog kept = new ChangeLog();
            assertEquals(JoinPlace.at(7, MESSAGES / 2 + 1), checkpoint.read(kept, resumed));
            assertNull(changes.differenceTo(kept));
            assertTrue(whole.orderCount() > 1_000, "orders " + whole.orderCount());
            assertEquals(words(whole), words(resumed));

            for (int i = MESSAGES / 2; i < MESSAGES; i++) {
                int length = next();
                whole.onMessage(body, 0, length);
                resumed.onMessage(body, 0, length);
            }
            assertEquals(0, resumed.troubleCount());
            assertEquals(words(whole), words(resumed));
        }
    }

    private int next() {
        int length = generator.next(message, 0);
        return normaliser.normalise(message, 0, length, body, 0);
    }

    /** All orders of all instruments, in time priority. */
    private static String words(Books books) {
        StringBuilder words = new StringBuilder();
        Book book = new Book();
        for (int instrument = 0; instrument < 64; instrument++) {
            if (books.find(instrument, book)) {
                words.append(instrument).append(':');
                add(words, book.bids(new LevelCursor()));
                add(words, book.asks(new LevelCursor()));
            }
        }
        return words.toString();
    }

    private static void add(StringBuilder words, LevelCursor levels) {
        OrderCursor orders = new OrderCursor();
        while (levels.next()) {
            words.append(levels.price()).append('[');
            levels.orders(orders);
            while (orders.next()) {
                words.append(orders.orderId()).append('x').append(orders.size()).append(' ');
            }
            words.append(']');
        }
    }

    /** Nobody listens. */
    private static final class Silent implements BookListener {
        @Override
        public void onBestChange(Book book) {}

        @Override
        public void onTrouble(BookOutcome outcome, int instrument, long orderId) {}
    }
}
