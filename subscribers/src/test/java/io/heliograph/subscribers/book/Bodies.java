// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import io.heliograph.engine.schema.sbe.Flag;
import io.heliograph.engine.schema.sbe.LevelAction;
import io.heliograph.engine.schema.sbe.LevelUpdateEncoder;
import io.heliograph.engine.schema.sbe.MessageHeaderEncoder;
import io.heliograph.engine.schema.sbe.OrderAddEncoder;
import io.heliograph.engine.schema.sbe.OrderAttributionEncoder;
import io.heliograph.engine.schema.sbe.OrderDeleteEncoder;
import io.heliograph.engine.schema.sbe.OrderExecuteEncoder;
import io.heliograph.engine.schema.sbe.OrderReduceEncoder;
import io.heliograph.engine.schema.sbe.OrderReplaceEncoder;
import io.heliograph.engine.schema.sbe.Side;
import io.heliograph.engine.schema.sbe.TradeBreakEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes bodies of normalised messages and hands them to books; allocates nothing after construction. */
final class Bodies {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderAddEncoder add = new OrderAddEncoder();
    private final OrderAttributionEncoder attribution = new OrderAttributionEncoder();
    private final OrderExecuteEncoder execute = new OrderExecuteEncoder();
    private final OrderReduceEncoder reduce = new OrderReduceEncoder();
    private final OrderDeleteEncoder delete = new OrderDeleteEncoder();
    private final OrderReplaceEncoder replace = new OrderReplaceEncoder();
    private final LevelUpdateEncoder level = new LevelUpdateEncoder();
    private final TradeBreakEncoder tradeBreak = new TradeBreakEncoder();
    private final Books books;
    int length;

    /** Bodies are to wait in the books. */
    boolean isCollecting;

    /** Of the last body. */
    long sequence;

    Bodies(Books books) {
        this.books = books;
    }

    Bodies add(int instrument, long id, Side side, long price, long size) {
        add.wrapAndApplyHeader(buffer, length, header)
                .instrument(instrument)
                .time(1)
                .orderId(id)
                .price(price)
                .size(size)
                .side(side);
        return advance(add.encodedLength());
    }

    Bodies attribute(int instrument, long id, int participant) {
        attribution
                .wrapAndApplyHeader(buffer, length, header)
                .instrument(instrument)
                .orderId(id);
        for (int i = 0; i < 4; i++) {
            attribution.participant(i, (byte) (participant >>> (8 * i)));
        }
        return advance(attribution.encodedLength());
    }

    Bodies execute(int instrument, long id, long size) {
        execute.wrapAndApplyHeader(buffer, length, header)
                .instrument(instrument)
                .time(2)
                .orderId(id)
                .size(size)
                .tradeId(7)
                .price(OrderExecuteEncoder.priceNullValue())
                .isPrintable(Flag.YES);
        return advance(execute.encodedLength());
    }

    Bodies reduce(int instrument, long id, long size) {
        reduce.wrapAndApplyHeader(buffer, length, header)
                .instrument(instrument)
                .time(3)
                .orderId(id)
                .size(size);
        return advance(reduce.encodedLength());
    }

    Bodies delete(int instrument, long id) {
        delete.wrapAndApplyHeader(buffer, length, header)
                .instrument(instrument)
                .time(4)
                .orderId(id);
        return advance(delete.encodedLength());
    }

    Bodies replace(int instrument, long id, long newId, long price, long size) {
        replace.wrapAndApplyHeader(buffer, length, header)
                .instrument(instrument)
                .time(5)
                .orderId(id)
                .newOrderId(newId)
                .price(price)
                .size(size);
        return advance(replace.encodedLength());
    }

    Bodies level(int instrument, Side side, long price, long size, long orders, LevelAction action) {
        level.wrapAndApplyHeader(buffer, length, header)
                .instrument(instrument)
                .time(6)
                .price(price)
                .size(size)
                .orders(orders)
                .side(side)
                .action(action)
                .isLast(Flag.YES);
        return advance(level.encodedLength());
    }

    Bodies tradeBreak(int instrument) {
        tradeBreak
                .wrapAndApplyHeader(buffer, length, header)
                .instrument(instrument)
                .time(7)
                .tradeId(7);
        return advance(tradeBreak.encodedLength());
    }

    /** Hands the body over and begins the next. */
    int send() {
        int sent = length;
        length = 0;
        sequence++;
        return isCollecting ? books.collect(buffer, 0, sent, sequence) : books.onMessage(buffer, 0, sent);
    }

    private Bodies advance(int bodyLength) {
        length += MessageHeaderEncoder.ENCODED_LENGTH + bodyLength;
        return this;
    }
}
