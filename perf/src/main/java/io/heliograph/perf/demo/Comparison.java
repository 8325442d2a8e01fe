// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.cli.CommandException;
import io.heliograph.perf.naive.NaiveBook;
import io.heliograph.perf.naive.NaiveFile;
import io.heliograph.perf.naive.NaiveLevel;
import io.heliograph.subscribers.book.Book;
import io.heliograph.subscribers.book.Books;
import io.heliograph.subscribers.book.LevelCursor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.agrona.ExpandableArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Books straight from the source, by the naive implementation, and where a subscriber's books differ from them.
 *
 * <p><b>Thread:</b> one owner, once the subscribers have ended.
 */
final class Comparison {
    private static final long LOOK = 4096;

    private final ChangeLog changes = new ChangeLog();
    private final NaiveBook naive = new NaiveBook(best -> changes.add(
            best.message(), best.locate(), best.bidPrice(), best.bidShares(), best.askPrice(), best.askShares()));
    private final List<NaiveLevel> levels;

    /** Reads what was sent of the plan's source: a file with the naive reader, a generated day by generating it once more. */
    Comparison(DemoPlan plan, long sent, LongConsumer onProgress) {
        Consumer<byte[]> handler = message -> {
            naive.onMessage(message);
            if (naive.messages() % LOOK == 0) {
                onProgress.accept(naive.messages());
            }
        };
        Path file = plan.source();
        if (file == null) {
            generate(plan, sent, handler);
        } else {
            read(file, sent, handler);
        }
        levels = naive.levels();
    }

    private static void generate(DemoPlan plan, long sent, Consumer<byte[]> handler) {
        ItchSource source = ItchSource.of(plan);
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        for (long i = 0; i < sent; i++) {
            int length = source.next(buffer, 0);
            byte[] message = new byte[length];
            buffer.getBytes(0, message);
            handler.accept(message);
        }
    }

    private static void read(Path file, long limit, Consumer<byte[]> handler) {
        try {
            NaiveFile.read(file, limit, handler);
        } catch (IOException unreadable) {
            throw CommandException.failed("--source: " + NaiveFile.describe(file, unreadable));
        }
    }

    int levelCount() {
        return levels.size();
    }

    long changeCount() {
        return changes.count();
    }

    /** The first thing that differs, in words; null when all levels and all changes of best prices are the same. */
    @Nullable
    String firstDifference(SubscriberEnd subscriber) {
        List<NaiveLevel> theirs = levels(subscriber.books());
        for (int i = 0; i < Math.min(levels.size(), theirs.size()); i++) {
            if (!levels.get(i).equals(theirs.get(i))) {
                return subscriber.name() + ": the source has " + words(levels.get(i)) + " where its books have "
                        + words(theirs.get(i));
            }
        }
        if (levels.size() != theirs.size()) {
            boolean isMissing = levels.size() > theirs.size();
            NaiveLevel first = (isMissing ? levels : theirs).get(Math.min(levels.size(), theirs.size()));
            return subscriber.name() + ": its books " + (isMissing ? "lack " : "also have ") + words(first);
        }
        String change = changes.differenceTo(subscriber.changes());
        return change == null ? null : subscriber.name() + ": " + change;
    }

    private static List<NaiveLevel> levels(Books books) {
        List<NaiveLevel> all = new ArrayList<>();
        Book book = new Book();
        LevelCursor cursor = new LevelCursor();
        for (int locate = 0; locate <= 0xFFFF; locate++) {
            if (books.find(locate, book)) {
                add(all, locate, 'B', book.bids(cursor));
                add(all, locate, 'S', book.asks(cursor));
            }
        }
        return all;
    }

    private static void add(List<NaiveLevel> all, int locate, char side, LevelCursor cursor) {
        while (cursor.next()) {
            long price = cursor.price() / DemoSubscriber.PRICE_UNIT;
            all.add(new NaiveLevel(locate, side, price, cursor.size(), cursor.orderCount()));
        }
    }

    private String words(NaiveLevel level) {
        return String.format(
                Locale.ROOT,
                "%s %s %.4f x %,d (%d orders)",
                naive.symbol(level.locate()),
                level.side() == 'B' ? "bid" : "offer",
                level.price() / 1e4,
                level.shares(),
                level.orders());
    }
}
