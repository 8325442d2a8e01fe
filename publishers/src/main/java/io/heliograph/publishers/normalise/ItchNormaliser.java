// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.normalise;

import io.heliograph.engine.schema.sbe.VenueMessageEncoder;
import io.heliograph.publishers.itch50.Itch50Decoder;
import io.heliograph.publishers.itch50.ItchMessage;
import io.heliograph.publishers.itch50.ItchType;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Makes the body of a stream message out of one TotalView-ITCH 5.0 message.
 *
 * <p>One message in is one body out, whatever it holds: one that ITCH does not know, or of a wrong length, goes as a
 * venue message without a time, so that the stream numbers as the venue does. Prices become 10<sup>-9</sup> dollar,
 * times ns since the Unix epoch, the stock locate the instrument.
 *
 * <p><b>Thread:</b> one owner: the thread that publishes the feed, or one of its feed threads.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Failure:</b> counted by {@link #decoder}; nothing is thrown for any octets.
 */
public final class ItchNormaliser {
    /** The longest ITCH message that a stream carries: of a longer one (none is) the octets beyond are left out. */
    public static final int MAX_MESSAGE_LENGTH = 65_533 - SchemaHeaders.VENUE_LENGTH;

    /** The longest body that is ever made. */
    public static final int MAX_BODY_LENGTH = MAX_MESSAGE_LENGTH + SchemaHeaders.VENUE_LENGTH;

    private static final int STOCK_OFFSET = ItchMessage.HEADER_LENGTH;
    private static final int STOCK_LOCATE_OFFSET = 1;
    private static final int TRACKING_NUMBER_OFFSET = 3;
    private static final long TIMESTAMP_MASK = 0xFFFF_FFFF_FFFFL;

    private final long midnightEpochNs;
    private final Itch50Decoder decoder = new Itch50Decoder();
    private final OrderBodies orders;
    private final MarketBodies market;

    /**
     * Creates a normaliser for one trading day.
     *
     * @param midnightEpochNs the day's midnight in New York, in ns since the Unix epoch.
     */
    public ItchNormaliser(long midnightEpochNs) {
        this.midnightEpochNs = midnightEpochNs;
        this.orders = new OrderBodies(midnightEpochNs);
        this.market = new MarketBodies(midnightEpochNs);
    }

    /**
     * How long the body of a message is going to be: for a claim ahead of {@link #normalise}. Counts nothing.
     *
     * @param message holds the ITCH message.
     * @param offset of its type letter.
     * @param length in octets, as the framing gives it.
     * @return octets, 17 to {@link #MAX_BODY_LENGTH}.
     */
    public static int bodyLength(DirectBuffer message, int offset, int length) {
        if (length <= 0 || ItchType.length(message.getByte(offset)) != length) {
            return SchemaHeaders.VENUE_LENGTH + carried(length);
        }
        return switch (message.getByte(offset)) {
            case ItchType.ADD_ORDER -> OrderBodies.ADD_LENGTH;
            case ItchType.ORDER_DELETE -> OrderBodies.DELETE_LENGTH;
            case ItchType.ORDER_REPLACE -> OrderBodies.REPLACE_LENGTH;
            case ItchType.ORDER_EXECUTED, ItchType.ORDER_EXECUTED_WITH_PRICE -> OrderBodies.EXECUTE_LENGTH;
            case ItchType.ORDER_CANCEL -> OrderBodies.REDUCE_LENGTH;
            case ItchType.ADD_ORDER_ATTRIBUTED -> OrderBodies.ADD_ATTRIBUTED_LENGTH;
            case ItchType.TRADE, ItchType.CROSS_TRADE -> MarketBodies.TRADE_LENGTH;
            case ItchType.NET_ORDER_IMBALANCE -> MarketBodies.IMBALANCE_LENGTH;
            case ItchType.STOCK_DIRECTORY ->
                SchemaHeaders.DEFINITION_LENGTH
                        + MarketBodies.symbolLength(message.getLong(offset + STOCK_OFFSET, ByteOrder.BIG_ENDIAN));
            case ItchType.STOCK_TRADING_ACTION -> MarketBodies.STATUS_LENGTH;
            case ItchType.BROKEN_TRADE -> MarketBodies.BREAK_LENGTH;
            case ItchType.SYSTEM_EVENT -> MarketBodies.EVENT_LENGTH;
            default -> SchemaHeaders.VENUE_LENGTH + length;
        };
    }

    /**
     * Writes the body of a message.
     *
     * @param message holds the ITCH message; borrowed for the call.
     * @param offset of its type letter.
     * @param length in octets, as the framing gives it.
     * @param body takes the body; {@link #bodyLength} octets are written.
     * @param bodyOffset of the first octet.
     * @return octets written, 17 to {@link #MAX_BODY_LENGTH}.
     */
    public int normalise(DirectBuffer message, int offset, int length, MutableDirectBuffer body, int bodyOffset) {
        int type = decoder.wrap(message, offset, length);
        return switch (type) {
            case ItchType.ADD_ORDER -> orders.add(decoder.addOrder(), body, bodyOffset);
            case ItchType.ORDER_DELETE -> orders.deleted(decoder.orderDelete(), body, bodyOffset);
            case ItchType.ORDER_REPLACE -> orders.replaced(decoder.orderReplace(), body, bodyOffset);
            case ItchType.ORDER_EXECUTED -> orders.executed(decoder.orderExecuted(), body, bodyOffset);
            case ItchType.ORDER_CANCEL -> orders.cancelled(decoder.orderCancel(), body, bodyOffset);
            default -> rarer(type, message, offset, length, body, bodyOffset);
        };
    }

    /**
     * The decoder that looks at the messages: its counts are those of this feed.
     *
     * @return counts by type, of unknown types and of wrong lengths.
     */
    public Itch50Decoder decoder() {
        return decoder;
    }

    /** Apart from the five kinds that make up nine tenths of a feed, so that those stay small enough to be inlined. */
    private int rarer(
            int type, DirectBuffer message, int offset, int length, MutableDirectBuffer body, int bodyOffset) {
        return switch (type) {
            case ItchType.ADD_ORDER_ATTRIBUTED -> orders.addAttributed(decoder.addOrderAttributed(), body, bodyOffset);
            case ItchType.ORDER_EXECUTED_WITH_PRICE ->
                orders.executedWithPrice(decoder.orderExecutedWithPrice(), body, bodyOffset);
            case ItchType.TRADE -> market.trade(decoder.trade(), body, bodyOffset);
            case ItchType.CROSS_TRADE -> market.cross(decoder.crossTrade(), body, bodyOffset);
            case ItchType.NET_ORDER_IMBALANCE -> market.imbalance(decoder.netOrderImbalance(), body, bodyOffset);
            case ItchType.STOCK_DIRECTORY -> market.definition(decoder.stockDirectory(), body, bodyOffset);
            case ItchType.STOCK_TRADING_ACTION -> market.status(decoder.stockTradingAction(), body, bodyOffset);
            case ItchType.BROKEN_TRADE -> market.tradeBreak(decoder.brokenTrade(), body, bodyOffset);
            case ItchType.SYSTEM_EVENT -> market.event(decoder.systemEvent(), body, bodyOffset);
            case Itch50Decoder.UNKNOWN_TYPE, Itch50Decoder.WRONG_LENGTH ->
                market.venue(
                        0, VenueMessageEncoder.timeNullValue(), message, offset, carried(length), body, bodyOffset);
            default -> venueMessage(message, offset, length, body, bodyOffset);
        };
    }

    private int venueMessage(DirectBuffer message, int offset, int length, MutableDirectBuffer body, int bodyOffset) {
        int stockLocate = message.getShort(offset + STOCK_LOCATE_OFFSET, ByteOrder.BIG_ENDIAN) & 0xFFFF;
        long timestampNs = message.getLong(offset + TRACKING_NUMBER_OFFSET, ByteOrder.BIG_ENDIAN) & TIMESTAMP_MASK;
        return market.venue(stockLocate, midnightEpochNs + timestampNs, message, offset, length, body, bodyOffset);
    }

    private static int carried(int length) {
        return Math.min(Math.max(length, 0), MAX_MESSAGE_LENGTH);
    }
}
