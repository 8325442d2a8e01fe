// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.record;

import io.heliograph.subscribers.book.Book;
import io.heliograph.subscribers.book.Books;
import io.heliograph.subscribers.book.LevelCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The lines of the two CSV files that a subscriber writes of its books.
 *
 * <ul>
 *   <li>book: {@value #BOOK_HEADER}, one line a level, symbols ascending, {@code B} before {@code S}, best first;
 *   <li>best prices: {@value #BEST_HEADER}, one line a change, in order; an empty side has the price 0 and the size 0.
 * </ul>
 *
 * <p>Prices have as many digits behind the point as the instrument's definition says (four for ITCH), and more only where
 * the price has more.
 *
 * <p><b>Thread:</b> one owner: the one that feeds the books.
 *
 * <p><b>Allocation:</b> none for a line of best prices; free for the book.
 */
public final class BookFiles {
    /** First line of a file of levels. */
    public static final String BOOK_HEADER = "symbol,side,price,size,orders";

    /** First line of a file of best prices. */
    public static final String BEST_HEADER = "sequence,symbol,bidPrice,bidSize,askPrice,askSize";

    private BookFiles() {}

    /**
     * Writes the header of a file of best prices.
     *
     * @param file that begins.
     */
    public static void beginBest(LineFile file) {
        file.put(BEST_HEADER.getBytes(StandardCharsets.US_ASCII)).endLine();
    }

    /**
     * Writes one change.
     *
     * @param file to write to.
     * @param sequence of the stream's message that caused it; of a feed in partitions that of the instrument's partition.
     * @param instrument whose book it is.
     * @param book as it is now.
     */
    public static void best(LineFile file, long sequence, Instrument instrument, Book book) {
        int decimals = instrument.priceDecimals();
        file.put(sequence).put(',').put(instrument.csv()).put(',');
        file.putPrice(book.bestBidPrice(), decimals)
                .put(',')
                .put(book.bestBidSize())
                .put(',');
        file.putPrice(book.bestAskPrice(), decimals).put(',').put(book.bestAskSize());
        file.endLine();
    }

    /**
     * Books that were built of one stream.
     *
     * @param books to be written.
     * @param instruments what they are called there.
     */
    public record Part(Books books, Instruments instruments) {}

    /**
     * Writes a file of all levels of all books.
     *
     * @param file that is empty.
     * @param parts of a feed: one, or its partitions.
     */
    public static void book(LineFile file, List<Part> parts) {
        file.put(BOOK_HEADER.getBytes(StandardCharsets.US_ASCII)).endLine();
        List<Named> all = new ArrayList<>();
        for (Part part : parts) {
            for (int i = 0; i < part.books().size(); i++) {
                Book book = new Book();
                part.books().at(i, book);
                all.add(new Named(part.instruments().get(book.instrument()), book));
            }
        }
        all.sort(Comparator.comparing((Named named) -> named.instrument().symbol())
                .thenComparing(named -> named.book().instrument(), Integer::compareUnsigned));
        LevelCursor cursor = new LevelCursor();
        for (Named named : all) {
            levels(file, named.instrument(), 'B', named.book().bids(cursor));
            levels(file, named.instrument(), 'S', named.book().asks(cursor));
        }
    }

    private record Named(Instrument instrument, Book book) {}

    private static void levels(LineFile file, Instrument instrument, char side, LevelCursor levels) {
        while (levels.next()) {
            file.put(instrument.csv()).put(',').put(side).put(',');
            file.putPrice(levels.price(), instrument.priceDecimals());
            file.put(',').put(levels.size()).put(',').put((long) levels.orderCount());
            file.endLine();
        }
    }
}
