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
     * @param sequence of the stream's message that caused it.
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
     * Writes a file of all levels of all books.
     *
     * @param file that is empty.
     * @param books to be written.
     * @param instruments what they are called.
     */
    public static void book(LineFile file, Books books, Instruments instruments) {
        file.put(BOOK_HEADER.getBytes(StandardCharsets.US_ASCII)).endLine();
        List<Book> all = new ArrayList<>(books.size());
        for (int i = 0; i < books.size(); i++) {
            Book book = new Book();
            books.at(i, book);
            all.add(book);
        }
        all.sort(Comparator.comparing(
                        (Book book) -> instruments.get(book.instrument()).symbol())
                .thenComparing(Book::instrument, Integer::compareUnsigned));
        LevelCursor cursor = new LevelCursor();
        for (Book book : all) {
            Instrument instrument = instruments.get(book.instrument());
            levels(file, instrument, 'B', book.bids(cursor));
            levels(file, instrument, 'S', book.asks(cursor));
        }
    }

    private static void levels(LineFile file, Instrument instrument, char side, LevelCursor levels) {
        while (levels.next()) {
            file.put(instrument.csv()).put(',').put(side).put(',');
            file.putPrice(levels.price(), instrument.priceDecimals());
            file.put(',').put(levels.size()).put(',').put((long) levels.orderCount());
            file.endLine();
        }
    }
}
