// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import io.heliograph.engine.schema.SchemaWalker;
import io.heliograph.engine.schema.sbe.LevelAction;
import io.heliograph.engine.schema.sbe.OrderAddDecoder;
import io.heliograph.engine.schema.sbe.OrderAttributionDecoder;
import io.heliograph.engine.schema.sbe.OrderDeleteDecoder;
import io.heliograph.engine.schema.sbe.OrderExecuteDecoder;
import io.heliograph.engine.schema.sbe.OrderReduceDecoder;
import io.heliograph.engine.schema.sbe.OrderReplaceDecoder;
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
 * <p>Who gets many messages at once, a packet of them, gives them all before the first is applied, which takes two thirds
 * of the time when a million orders live:
 *
 * <pre>{@code
 * MessageHandler handler = (buffer, offset, length, header) -> {
 *     books.collect(buffer, offset, length, header.sequence());
 *     if (header.isEndOfPacket()) {
 *         books.apply();
 *     }
 * };
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
    private final Operations ops = new Operations();
    private final LookAhead lookAhead;
    private final long[] counts = new long[OUTCOMES.length];
    private long bestChanges;
    private long sequence;

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
        lookAhead = new LookAhead(ledger);
        this.listener = listener;
    }

    /**
     * Takes the body of a stream's message: one or several normalised messages.
     *
     * @param buffer holds the body; borrowed for the call.
     * @param offset where it begins.
     * @param length in bytes.
     * @return how many messages the body holds; {@link SchemaWalker#MALFORMED} and nothing of it was applied.
     */
    public int onMessage(DirectBuffer buffer, int offset, int length) {
        int count = collect(buffer, offset, length, sequence);
        apply();
        return count;
    }

    /**
     * Takes the body of a stream's message, to be applied together with those behind it: at the latest by {@link
     * #apply()}, sooner when many wait. Books with a million orders take many messages in two thirds of the time that they take
     * one after the other, because the memory of all of them is asked for at once.
     *
     * @param buffer holds the body; borrowed for the call.
     * @param offset where it begins.
     * @param length in bytes.
     * @param number what {@link #sequence()} says while the body is applied: the message's in its stream.
     * @return how many messages the body holds; {@link SchemaWalker#MALFORMED} and nothing of it will be applied.
     */
    public int collect(DirectBuffer buffer, int offset, int length, long number) {
        int count = walker.wrap(buffer, offset, length);
        if (count < 0) {
            apply();
            sequence = number;
            trouble(BookOutcome.MALFORMED, 0, 0);
        }
        while (walker.next()) {
            if (ops.isFull()) {
                apply();
            }
            if (!ops.read(walker, number)) {
                counts[BookOutcome.NOT_FOR_BOOKS.place]++;
            }
        }
        return count;
    }

    /** Applies what was collected, in its order; best when a packet ends, and before anybody looks into the books. */
    public void apply() {
        int count = ops.count;
        if (count > 1) {
            lookAhead.look(ops);
        }
        ops.clear();
        for (int op = 0; op < count; op++) {
            sequence = ops.sequence[op];
            apply(op);
        }
    }

    /**
     * Which message is being applied: for the listener.
     *
     * @return the number that it was collected with.
     */
    public long sequence() {
        return sequence;
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

    /**
     * Empties and forgets all books, as at the start of an epoch; counters go on. No change is told. What was collected
     * is applied before.
     */
    public void clear() {
        apply();
        ledger.clear();
    }

    /** Frees the memory; the books and all views of them must not be used any more. */
    @Override
    public void close() {
        ledger.close();
    }

    private void apply(int op) {
        switch (ops.kind[op]) {
            case OrderAddDecoder.TEMPLATE_ID -> done(ledger.add(ops, op), op);
            case OrderDeleteDecoder.TEMPLATE_ID -> done(ledger.delete(ops, op), op);
            case OrderReplaceDecoder.TEMPLATE_ID -> done(ledger.replace(ops, op), op);
            case OrderExecuteDecoder.TEMPLATE_ID, OrderReduceDecoder.TEMPLATE_ID -> done(ledger.take(ops, op), op);
            case OrderAttributionDecoder.TEMPLATE_ID -> done(ledger.attribute(ops, op), op);
            default -> level(op);
        }
    }

    private void level(int op) {
        int instrument = ops.instrument[op];
        int side = ops.side[op];
        if (ops.action[op] == LevelAction.CLEAR.value()) {
            clear(instrument, side);
        } else if (side == Operations.NO_SIDE) {
            done(BookOutcome.EMPTY_ORDER, op);
        } else if (ops.action[op] == LevelAction.DELETE.value() || ops.size[op] <= 0) {
            done(ledger.deleteLevel(instrument, side, ops.price[op]), op);
        } else {
            done(ledger.setLevel(instrument, side, ops.price[op], ops.size[op], ops.detail[op]), op);
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

    private void done(BookOutcome outcome, int op) {
        if (outcome.isTrouble()) {
            trouble(outcome, ops.instrument[op], ops.orderId[op]);
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
}
