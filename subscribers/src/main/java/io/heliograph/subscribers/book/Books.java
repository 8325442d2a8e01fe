// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import io.heliograph.engine.schema.SchemaWalker;
import io.heliograph.engine.schema.sbe.LevelAction;
import io.heliograph.engine.schema.sbe.LevelUpdateDecoder;
import io.heliograph.engine.schema.sbe.OrderAddDecoder;
import io.heliograph.engine.schema.sbe.OrderAttributionDecoder;
import io.heliograph.engine.schema.sbe.OrderDeleteDecoder;
import io.heliograph.engine.schema.sbe.OrderExecuteDecoder;
import io.heliograph.engine.schema.sbe.OrderReduceDecoder;
import io.heliograph.engine.schema.sbe.OrderReplaceDecoder;
import io.heliograph.engine.schema.sbe.Side;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The order books of all instruments of a stream, built from its messages.
 *
 * <pre>{@code
 * Books books = new Books(8_000, 1_000_000, listener);
 * MessageHandler handler = (buffer, offset, length, header) -> books.onMessage(buffer, offset, length);
 * ...
 * Book book = new Book();
 * if (books.find(13, book) && book.hasBid()) {
 *     long price = book.bestBidPrice();
 * }
 * }</pre>
 *
 * <p>Order ids are unique over all instruments of the stream, as the venues have it. Prices are in 10<sup>-9</sup> of
 * the currency, of either sign.
 *
 * <p><b>Thread:</b> one owner: the one that polls the stream.
 *
 * <p><b>Allocation:</b> none after construction while there are no more orders and instruments than expected; memory is
 * off the heap and freed by {@link #close()}.
 *
 * <p><b>Failure:</b> no message makes it throw; what is wrong with one is counted ({@link BookOutcome}) and told once.
 */
public final class Books implements AutoCloseable {
    private static final BookOutcome[] OUTCOMES = BookOutcome.values();

    private final Ledger ledger;
    private final BookListener listener;
    private final Book changed = new Book();
    private final SchemaWalker walker = new SchemaWalker();
    private final OrderAddDecoder add = new OrderAddDecoder();
    private final OrderAttributionDecoder attribution = new OrderAttributionDecoder();
    private final OrderExecuteDecoder execute = new OrderExecuteDecoder();
    private final OrderReduceDecoder reduce = new OrderReduceDecoder();
    private final OrderDeleteDecoder delete = new OrderDeleteDecoder();
    private final OrderReplaceDecoder replace = new OrderReplaceDecoder();
    private final LevelUpdateDecoder level = new LevelUpdateDecoder();
    private final long[] counts = new long[OUTCOMES.length];
    private long bestChanges;

    /**
     * Empty books.
     *
     * @param expectedInstruments how many instruments have a place before memory doubles, from 1.
     * @param expectedOrders how many orders may live at once before memory doubles, from 1; some 65 bytes each.
     * @param listener told of changes of the best prices and of trouble.
     * @throws IllegalArgumentException when a number is below 1.
     */
    public Books(int expectedInstruments, int expectedOrders, BookListener listener) {
        if (expectedInstruments < 1 || expectedOrders < 1) {
            throw new IllegalArgumentException(
                    "expected instruments and orders must be 1 and up: " + expectedInstruments + ", " + expectedOrders);
        }
        ledger = new Ledger(expectedInstruments, expectedOrders);
        this.listener = listener;
    }

    /**
     * Takes the body of a stream's message: one or several normalised messages.
     *
     * @param buffer holds the body; borrowed for the call.
     * @param offset where it begins.
     * @param length in bytes.
     * @return how many messages the body holds; {@link SchemaWalker#MALFORMED} and nothing was applied.
     */
    public int onMessage(DirectBuffer buffer, int offset, int length) {
        int count = walker.wrap(buffer, offset, length);
        if (count < 0) {
            trouble(BookOutcome.MALFORMED, 0, 0);
        }
        while (walker.next()) {
            switch (walker.templateId()) {
                case OrderAddDecoder.TEMPLATE_ID -> onAdd(buffer);
                case OrderExecuteDecoder.TEMPLATE_ID -> onExecute(buffer);
                case OrderReduceDecoder.TEMPLATE_ID -> onReduce(buffer);
                case OrderDeleteDecoder.TEMPLATE_ID -> onDelete(buffer);
                case OrderReplaceDecoder.TEMPLATE_ID -> onReplace(buffer);
                case LevelUpdateDecoder.TEMPLATE_ID -> onLevel(buffer);
                case OrderAttributionDecoder.TEMPLATE_ID -> onAttribution(buffer);
                default -> counts[BookOutcome.NOT_FOR_BOOKS.place]++;
            }
        }
        return count;
    }

    /**
     * Points a view at an instrument's book.
     *
     * @param instrument of the book, an unsigned 32-bit number.
     * @param view that is pointed there; stays valid, and shows the book as it is when asked, until {@link #clear()}.
     * @return false when no order or level of this instrument has been seen; the view stays as it was.
     */
    public boolean find(int instrument, Book view) {
        int book = ledger.books.find(instrument);
        if (book == Records.NONE) {
            return false;
        }
        view.wrap(ledger, book);
        return true;
    }

    /**
     * Points a view at one book after the other.
     *
     * @param index 0 to {@link #size()} - 1, in the order in which the instruments appeared.
     * @param view that is pointed there.
     * @throws IndexOutOfBoundsException for any other index.
     */
    public void at(int index, Book view) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(index);
        }
        view.wrap(ledger, index);
    }

    /**
     * How many instruments have a book, empty ones included.
     *
     * @return 0 and up.
     */
    public int size() {
        return ledger.books.records.live();
    }

    /**
     * Orders that live now, in all books.
     *
     * @return 0 and up.
     */
    public int orderCount() {
        return ledger.orders.records.live();
    }

    /**
     * Levels with orders now, in all books.
     *
     * @return 0 and up.
     */
    public int levelCount() {
        return ledger.levels.records.live();
    }

    /**
     * How often {@link BookListener#onBestChange} was called.
     *
     * @return calls so far.
     */
    public long bestChanges() {
        return bestChanges;
    }

    /**
     * How many messages had this outcome.
     *
     * @param outcome in question.
     * @return normalised messages so far; bodies for {@link BookOutcome#MALFORMED}.
     */
    public long count(BookOutcome outcome) {
        return counts[outcome.place];
    }

    /**
     * How many messages could not be applied as they were meant.
     *
     * @return the sum of the counts of all outcomes that are trouble.
     */
    public long troubleCount() {
        long sum = 0;
        for (int i = 0; i < OUTCOMES.length; i++) {
            sum += OUTCOMES[i].isTrouble() ? counts[i] : 0;
        }
        return sum;
    }

    /**
     * Memory taken off the heap, room for growth included.
     *
     * @return bytes.
     */
    public long memoryBytes() {
        return ledger.bytes();
    }

    /** Empties and forgets all books, as at the start of an epoch; counters go on. No change is told. */
    public void clear() {
        ledger.clear();
    }

    /** Frees the memory; the books and all views of them must not be used any more. */
    @Override
    public void close() {
        ledger.close();
    }

    private void onAdd(DirectBuffer buffer) {
        add.wrap(buffer, walker.blockOffset(), walker.blockLength(), walker.version());
        int instrument = (int) add.instrument();
        int side = side(add.sideRaw());
        done(
                side < 0
                        ? BookOutcome.EMPTY_ORDER
                        : ledger.add(instrument, add.orderId(), side, add.price(), add.size()),
                instrument,
                add.orderId());
    }

    private void onExecute(DirectBuffer buffer) {
        execute.wrap(buffer, walker.blockOffset(), walker.blockLength(), walker.version());
        int instrument = (int) execute.instrument();
        done(ledger.take(instrument, execute.orderId(), execute.size()), instrument, execute.orderId());
    }

    private void onReduce(DirectBuffer buffer) {
        reduce.wrap(buffer, walker.blockOffset(), walker.blockLength(), walker.version());
        int instrument = (int) reduce.instrument();
        done(ledger.take(instrument, reduce.orderId(), reduce.size()), instrument, reduce.orderId());
    }

    private void onDelete(DirectBuffer buffer) {
        delete.wrap(buffer, walker.blockOffset(), walker.blockLength(), walker.version());
        int instrument = (int) delete.instrument();
        done(ledger.delete(instrument, delete.orderId()), instrument, delete.orderId());
    }

    private void onReplace(DirectBuffer buffer) {
        replace.wrap(buffer, walker.blockOffset(), walker.blockLength(), walker.version());
        int instrument = (int) replace.instrument();
        BookOutcome outcome =
                ledger.replace(instrument, replace.orderId(), replace.newOrderId(), replace.price(), replace.size());
        done(outcome, instrument, replace.orderId());
    }

    private void onAttribution(DirectBuffer buffer) {
        attribution.wrap(buffer, walker.blockOffset(), walker.blockLength(), walker.version());
        int instrument = (int) attribution.instrument();
        int participant = buffer.getInt(
                walker.blockOffset() + OrderAttributionDecoder.participantEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        done(ledger.attribute(instrument, attribution.orderId(), participant), instrument, attribution.orderId());
    }

    private void onLevel(DirectBuffer buffer) {
        level.wrap(buffer, walker.blockOffset(), walker.blockLength(), walker.version());
        int instrument = (int) level.instrument();
        int side = side(level.sideRaw());
        if (level.actionRaw() == LevelAction.CLEAR.value()) {
            clear(instrument, side);
        } else if (side < 0) {
            done(BookOutcome.EMPTY_ORDER, instrument, 0);
        } else if (level.actionRaw() == LevelAction.DELETE.value() || level.size() <= 0) {
            done(ledger.deleteLevel(instrument, side, level.price()), instrument, 0);
        } else {
            int orders = (int) Math.min(level.orders(), Integer.MAX_VALUE);
            done(ledger.setLevel(instrument, side, level.price(), level.size(), orders), instrument, 0);
        }
    }

    /** One side, or both where the message names none: one change is told, when the message is done. */
    private void clear(int instrument, int side) {
        int before = Records.NONE;
        if (side != Ledger.SELL) {
            ledger.clearSide(instrument, Ledger.BUY);
            before = ledger.changed();
        }
        if (side != Ledger.BUY) {
            ledger.clearSide(instrument, Ledger.SELL);
        }
        counts[BookOutcome.APPLIED.place]++;
        tell(before == Records.NONE ? ledger.changed() : before);
    }

    private void done(BookOutcome outcome, int instrument, long orderId) {
        if (outcome.isTrouble()) {
            trouble(outcome, instrument, orderId);
        } else {
            counts[outcome.place]++;
        }
        tell(ledger.changed());
    }

    private void tell(int book) {
        if (book != Records.NONE) {
            bestChanges++;
            changed.wrap(ledger, book);
            listener.onBestChange(changed);
        }
    }

    private void trouble(BookOutcome outcome, int instrument, long orderId) {
        if (counts[outcome.place]++ == 0) {
            listener.onTrouble(outcome, instrument, orderId);
        }
    }

    private static int side(byte raw) {
        if (raw == Side.BUY.value()) {
            return Ledger.BUY;
        }
        return raw == Side.SELL.value() ? Ledger.SELL : -1;
    }
}
