// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import io.heliograph.engine.schema.SchemaWalker;
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
 * Updates of books that were read and wait to be applied, in order; and what {@link LookAhead} has found out about each.
 *
 * <p>An update is a place in all arrays. Its kind is the template id of the message that it came as; a field that the
 * kind does not have holds whatever it held.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class Operations {
    /** Some packets of ordinary messages: more would not make memory answer faster, and would leave the L1 cache. */
    static final int CAPACITY = 128;

    /** Neither {@link Ledger#BUY} nor {@link Ledger#SELL}. */
    static final int NO_SIDE = -1;

    final int[] kind = new int[CAPACITY];
    final long[] sequence = new long[CAPACITY];
    final int[] instrument = new int[CAPACITY];
    final long[] orderId = new long[CAPACITY];
    final long[] newOrderId = new long[CAPACITY];
    final long[] price = new long[CAPACITY];
    final long[] size = new long[CAPACITY];
    final int[] side = new int[CAPACITY];

    /** The participant of an attribution, the number of orders of a level. */
    final int[] detail = new int[CAPACITY];

    /** What to do to a level. */
    final short[] action = new short[CAPACITY];

    /** Of {@link #orderId} and {@link #newOrderId}: reckoned here, while nothing waits for memory. */
    final int[] hash = new int[CAPACITY];

    final int[] newHash = new int[CAPACITY];

    /** Of the updates that need a live order, their places here. */
    final int[] naming = new int[CAPACITY];

    /** Of the updates that put an order into a book, their places here. */
    final int[] placing = new int[CAPACITY];

    /** Hints, or {@link Records#NONE}: the book, the place of the order in {@link Orders}, the level of the new order. */
    final int[] book = new int[CAPACITY];

    final int[] found = new int[CAPACITY];
    final int[] level = new int[CAPACITY];

    int count;
    int namingCount;
    int placingCount;

    private final OrderAddDecoder add = new OrderAddDecoder();
    private final OrderAttributionDecoder attribution = new OrderAttributionDecoder();
    private final OrderExecuteDecoder execute = new OrderExecuteDecoder();
    private final OrderReduceDecoder reduce = new OrderReduceDecoder();
    private final OrderDeleteDecoder delete = new OrderDeleteDecoder();
    private final OrderReplaceDecoder replace = new OrderReplaceDecoder();
    private final LevelUpdateDecoder levelUpdate = new LevelUpdateDecoder();

    boolean isFull() {
        return count == CAPACITY;
    }

    void clear() {
        count = 0;
        namingCount = 0;
        placingCount = 0;
    }

    /**
     * Reads a message behind those that wait; there is room for it.
     *
     * @param walker stands at the message.
     * @param number that the message is known by.
     * @return false for one that is no update of a book: nothing was added.
     */
    boolean read(SchemaWalker walker, long number) {
        DirectBuffer buffer = walker.buffer();
        int offset = walker.blockOffset();
        int length = walker.blockLength();
        int version = walker.version();
        int at = count;
        int template = walker.templateId();
        switch (template) {
            case OrderAddDecoder.TEMPLATE_ID -> {
                add.wrap(buffer, offset, length, version);
                instrument[at] = (int) add.instrument();
                orderId[at] = add.orderId();
                price[at] = add.price();
                size[at] = add.size();
                side[at] = side(add.sideRaw());
                placing[placingCount++] = at;
            }
            case OrderDeleteDecoder.TEMPLATE_ID -> {
                delete.wrap(buffer, offset, length, version);
                instrument[at] = (int) delete.instrument();
                orderId[at] = delete.orderId();
                naming[namingCount++] = at;
            }
            case OrderReplaceDecoder.TEMPLATE_ID -> {
                replace.wrap(buffer, offset, length, version);
                instrument[at] = (int) replace.instrument();
                orderId[at] = replace.orderId();
                newOrderId[at] = replace.newOrderId();
                newHash[at] = Orders.hash(newOrderId[at]);
                price[at] = replace.price();
                size[at] = replace.size();
                side[at] = NO_SIDE;
                naming[namingCount++] = at;
                placing[placingCount++] = at;
            }
            case OrderExecuteDecoder.TEMPLATE_ID -> {
                execute.wrap(buffer, offset, length, version);
                instrument[at] = (int) execute.instrument();
                orderId[at] = execute.orderId();
                size[at] = execute.size();
                naming[namingCount++] = at;
            }
            case OrderReduceDecoder.TEMPLATE_ID -> {
                reduce.wrap(buffer, offset, length, version);
                instrument[at] = (int) reduce.instrument();
                orderId[at] = reduce.orderId();
                size[at] = reduce.size();
                naming[namingCount++] = at;
            }
            case OrderAttributionDecoder.TEMPLATE_ID -> {
                attribution.wrap(buffer, offset, length, version);
                instrument[at] = (int) attribution.instrument();
                orderId[at] = attribution.orderId();
                int participant = offset + OrderAttributionDecoder.participantEncodingOffset();
                detail[at] = buffer.getInt(participant, ByteOrder.LITTLE_ENDIAN);
            }
            case LevelUpdateDecoder.TEMPLATE_ID -> {
                levelUpdate.wrap(buffer, offset, length, version);
                instrument[at] = (int) levelUpdate.instrument();
                orderId[at] = 0;
                price[at] = levelUpdate.price();
                size[at] = levelUpdate.size();
                side[at] = side(levelUpdate.sideRaw());
                detail[at] = (int) Math.min(levelUpdate.orders(), Integer.MAX_VALUE);
                action[at] = levelUpdate.actionRaw();
            }
            default -> {
                return false;
            }
        }
        kind[at] = template;
        hash[at] = Orders.hash(orderId[at]);
        sequence[at] = number;
        book[at] = Records.NONE;
        found[at] = Records.NONE;
        level[at] = Records.NONE;
        count = at + 1;
        return true;
    }

    private static int side(byte raw) {
        if (raw == Side.BUY.value()) {
            return Ledger.BUY;
        }
        return raw == Side.SELL.value() ? Ledger.SELL : NO_SIDE;
    }
}
