// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.normalise;

import io.heliograph.engine.schema.Prices;
import io.heliograph.engine.schema.sbe.Flag;
import io.heliograph.engine.schema.sbe.OrderAddEncoder;
import io.heliograph.engine.schema.sbe.OrderAttributionEncoder;
import io.heliograph.engine.schema.sbe.OrderDeleteEncoder;
import io.heliograph.engine.schema.sbe.OrderExecuteEncoder;
import io.heliograph.engine.schema.sbe.OrderReduceEncoder;
import io.heliograph.engine.schema.sbe.OrderReplaceEncoder;
import io.heliograph.engine.schema.sbe.Side;
import io.heliograph.publishers.itch50.AddOrderAttributedFlyweight;
import io.heliograph.publishers.itch50.AddOrderFlyweight;
import io.heliograph.publishers.itch50.OrderCancelFlyweight;
import io.heliograph.publishers.itch50.OrderDeleteFlyweight;
import io.heliograph.publishers.itch50.OrderExecutedFlyweight;
import io.heliograph.publishers.itch50.OrderExecutedWithPriceFlyweight;
import io.heliograph.publishers.itch50.OrderReplaceFlyweight;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the bodies of what happens to orders: nearly all of a feed.
 *
 * <p><b>Thread:</b> one owner: the normaliser's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class OrderBodies {
    static final int ADD_LENGTH = SchemaHeaders.LENGTH + OrderAddEncoder.BLOCK_LENGTH;
    static final int ADD_ATTRIBUTED_LENGTH = ADD_LENGTH + SchemaHeaders.LENGTH + OrderAttributionEncoder.BLOCK_LENGTH;
    static final int EXECUTE_LENGTH = SchemaHeaders.LENGTH + OrderExecuteEncoder.BLOCK_LENGTH;
    static final int REDUCE_LENGTH = SchemaHeaders.LENGTH + OrderReduceEncoder.BLOCK_LENGTH;
    static final int DELETE_LENGTH = SchemaHeaders.LENGTH + OrderDeleteEncoder.BLOCK_LENGTH;
    static final int REPLACE_LENGTH = SchemaHeaders.LENGTH + OrderReplaceEncoder.BLOCK_LENGTH;

    private final long midnightEpochNs;
    private final OrderAddEncoder add = new OrderAddEncoder();
    private final OrderAttributionEncoder attribution = new OrderAttributionEncoder();
    private final OrderExecuteEncoder execute = new OrderExecuteEncoder();
    private final OrderReduceEncoder reduce = new OrderReduceEncoder();
    private final OrderDeleteEncoder delete = new OrderDeleteEncoder();
    private final OrderReplaceEncoder replace = new OrderReplaceEncoder();

    OrderBodies(long midnightEpochNs) {
        this.midnightEpochNs = midnightEpochNs;
    }

    int add(AddOrderFlyweight message, MutableDirectBuffer buffer, int offset) {
        SchemaHeaders.put(buffer, offset, SchemaHeaders.ADD);
        add.wrap(buffer, offset + SchemaHeaders.LENGTH)
                .instrument(message.stockLocate())
                .time(midnightEpochNs + message.timestampNs())
                .orderId(message.orderReference())
                .price(message.price() * Prices.TEN_THOUSANDTH)
                .size(message.shares())
                .side(side(message.side()));
        return ADD_LENGTH;
    }

    int addAttributed(AddOrderAttributedFlyweight message, MutableDirectBuffer buffer, int offset) {
        SchemaHeaders.put(buffer, offset, SchemaHeaders.ADD);
        add.wrap(buffer, offset + SchemaHeaders.LENGTH)
                .instrument(message.stockLocate())
                .time(midnightEpochNs + message.timestampNs())
                .orderId(message.orderReference())
                .price(message.price() * Prices.TEN_THOUSANDTH)
                .size(message.shares())
                .side(side(message.side()));
        int participant = message.attribution();
        SchemaHeaders.put(buffer, offset + ADD_LENGTH, SchemaHeaders.ATTRIBUTION);
        attribution
                .wrap(buffer, offset + ADD_LENGTH + SchemaHeaders.LENGTH)
                .instrument(message.stockLocate())
                .orderId(message.orderReference())
                .putParticipant(
                        (byte) (participant >>> 24), (byte) (participant >>> 16), (byte) (participant >>> 8), (byte)
                                participant);
        return ADD_ATTRIBUTED_LENGTH;
    }

    int executed(OrderExecutedFlyweight message, MutableDirectBuffer buffer, int offset) {
        SchemaHeaders.put(buffer, offset, SchemaHeaders.EXECUTE);
        execute.wrap(buffer, offset + SchemaHeaders.LENGTH)
                .instrument(message.stockLocate())
                .time(midnightEpochNs + message.timestampNs())
                .orderId(message.orderReference())
                .size(message.executedShares())
                .tradeId(message.matchNumber())
                .price(Prices.NULL)
                .isPrintable(Flag.YES);
        return EXECUTE_LENGTH;
    }

    int executedWithPrice(OrderExecutedWithPriceFlyweight message, MutableDirectBuffer buffer, int offset) {
        SchemaHeaders.put(buffer, offset, SchemaHeaders.EXECUTE);
        execute.wrap(buffer, offset + SchemaHeaders.LENGTH)
                .instrument(message.stockLocate())
                .time(midnightEpochNs + message.timestampNs())
                .orderId(message.orderReference())
                .size(message.executedShares())
                .tradeId(message.matchNumber())
                .price(message.executionPrice() * Prices.TEN_THOUSANDTH)
                .isPrintable(message.printable() == 'N' ? Flag.NO : Flag.YES);
        return EXECUTE_LENGTH;
    }

    int cancelled(OrderCancelFlyweight message, MutableDirectBuffer buffer, int offset) {
        SchemaHeaders.put(buffer, offset, SchemaHeaders.REDUCE);
        reduce.wrap(buffer, offset + SchemaHeaders.LENGTH)
                .instrument(message.stockLocate())
                .time(midnightEpochNs + message.timestampNs())
                .orderId(message.orderReference())
                .size(message.cancelledShares());
        return REDUCE_LENGTH;
    }

    int deleted(OrderDeleteFlyweight message, MutableDirectBuffer buffer, int offset) {
        SchemaHeaders.put(buffer, offset, SchemaHeaders.DELETE);
        delete.wrap(buffer, offset + SchemaHeaders.LENGTH)
                .instrument(message.stockLocate())
                .time(midnightEpochNs + message.timestampNs())
                .orderId(message.orderReference());
        return DELETE_LENGTH;
    }

    int replaced(OrderReplaceFlyweight message, MutableDirectBuffer buffer, int offset) {
        SchemaHeaders.put(buffer, offset, SchemaHeaders.REPLACE);
        replace.wrap(buffer, offset + SchemaHeaders.LENGTH)
                .instrument(message.stockLocate())
                .time(midnightEpochNs + message.timestampNs())
                .orderId(message.originalReference())
                .newOrderId(message.newReference())
                .price(message.price() * Prices.TEN_THOUSANDTH)
                .size(message.shares());
        return REPLACE_LENGTH;
    }

    /** B and S are what ITCH knows; another letter is no side, and the book says so rather than guess. */
    static Side side(byte code) {
        if (code == 'B') {
            return Side.BUY;
        }
        return code == 'S' ? Side.SELL : Side.NONE;
    }
}
