// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.normalise;

import io.heliograph.engine.schema.Prices;
import io.heliograph.engine.schema.sbe.Flag;
import io.heliograph.engine.schema.sbe.ImbalanceEncoder;
import io.heliograph.engine.schema.sbe.InstrumentDefinitionEncoder;
import io.heliograph.engine.schema.sbe.MessageHeaderEncoder;
import io.heliograph.engine.schema.sbe.Side;
import io.heliograph.engine.schema.sbe.SystemEventEncoder;
import io.heliograph.engine.schema.sbe.TradeBreakEncoder;
import io.heliograph.engine.schema.sbe.TradeEncoder;
import io.heliograph.engine.schema.sbe.TradingState;
import io.heliograph.engine.schema.sbe.TradingStatusEncoder;
import io.heliograph.engine.schema.sbe.VenueMessageEncoder;
import io.heliograph.publishers.itch50.BrokenTradeFlyweight;
import io.heliograph.publishers.itch50.CrossTradeFlyweight;
import io.heliograph.publishers.itch50.NetOrderImbalanceFlyweight;
import io.heliograph.publishers.itch50.StockDirectoryFlyweight;
import io.heliograph.publishers.itch50.StockTradingActionFlyweight;
import io.heliograph.publishers.itch50.SystemEventFlyweight;
import io.heliograph.publishers.itch50.TradeFlyweight;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the bodies of what concerns instruments, trades and the venue, and of what has no form of its own.
 *
 * <p><b>Thread:</b> one owner: the normaliser's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class MarketBodies {
    static final int STATUS_LENGTH = SchemaHeaders.LENGTH + TradingStatusEncoder.BLOCK_LENGTH;
    static final int TRADE_LENGTH = SchemaHeaders.LENGTH + TradeEncoder.BLOCK_LENGTH;
    static final int BREAK_LENGTH = SchemaHeaders.LENGTH + TradeBreakEncoder.BLOCK_LENGTH;
    static final int IMBALANCE_LENGTH = SchemaHeaders.LENGTH + ImbalanceEncoder.BLOCK_LENGTH;
    static final int EVENT_LENGTH = SchemaHeaders.LENGTH + SystemEventEncoder.BLOCK_LENGTH;

    private static final short ITCH_DECIMALS = 4;
    private static final int SYMBOL_LENGTH = 8;

    private final long midnightEpochNs;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
    private final TradingStatusEncoder status = new TradingStatusEncoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final TradeBreakEncoder tradeBreak = new TradeBreakEncoder();
    private final ImbalanceEncoder imbalance = new ImbalanceEncoder();
    private final SystemEventEncoder event = new SystemEventEncoder();
    private final VenueMessageEncoder venue = new VenueMessageEncoder();

    MarketBodies(long midnightEpochNs) {
        this.midnightEpochNs = midnightEpochNs;
    }

    int event(SystemEventFlyweight message, MutableDirectBuffer buffer, int offset) {
        event.wrapAndApplyHeader(buffer, offset, header)
                .instrument(message.stockLocate())
                .time(midnightEpochNs + message.timestampNs())
                .eventCode(message.eventCode());
        return EVENT_LENGTH;
    }

    int definition(StockDirectoryFlyweight message, MutableDirectBuffer buffer, int offset) {
        long symbol = message.stock();
        int symbolLength = symbolLength(symbol);
        definition
                .wrapAndApplyHeader(buffer, offset, header)
                .instrument(message.stockLocate())
                .time(midnightEpochNs + message.timestampNs())
                .lotSize(message.roundLotSize())
                .tickSize(Prices.NULL)
                .priceDecimals(ITCH_DECIMALS)
                .category(message.marketCategory())
                .isTest(message.authenticity() == 'T' ? Flag.YES : Flag.NO);
        int at = offset + SchemaHeaders.DEFINITION_LENGTH;
        buffer.putByte(at - 1, (byte) symbolLength);
        for (int i = 0; i < symbolLength; i++) {
            buffer.putByte(at + i, (byte) (symbol >>> (Long.SIZE - Byte.SIZE * (i + 1))));
        }
        return SchemaHeaders.DEFINITION_LENGTH + symbolLength;
    }

    int status(StockTradingActionFlyweight message, MutableDirectBuffer buffer, int offset) {
        int reason = message.reason();
        status.wrapAndApplyHeader(buffer, offset, header)
                .instrument(message.stockLocate())
                .time(midnightEpochNs + message.timestampNs())
                .state(state(message.tradingState()))
                .venueState(message.tradingState())
                .putReason((byte) (reason >>> 24), (byte) (reason >>> 16), (byte) (reason >>> 8), (byte) reason);
        return STATUS_LENGTH;
    }

    int trade(TradeFlyweight message, MutableDirectBuffer buffer, int offset) {
        trade.wrapAndApplyHeader(buffer, offset, header)
                .instrument(message.stockLocate())
                .time(midnightEpochNs + message.timestampNs())
                .tradeId(message.matchNumber())
                .price(message.price() * Prices.TEN_THOUSANDTH)
                .size(message.shares())
                .side(OrderBodies.side(message.side()))
                .kind((byte) 'P');
        return TRADE_LENGTH;
    }

    int cross(CrossTradeFlyweight message, MutableDirectBuffer buffer, int offset) {
        trade.wrapAndApplyHeader(buffer, offset, header)
                .instrument(message.stockLocate())
                .time(midnightEpochNs + message.timestampNs())
                .tradeId(message.matchNumber())
                .price(message.crossPrice() * Prices.TEN_THOUSANDTH)
                .size(message.shares())
                .side(Side.NONE)
                .kind(message.crossType());
        return TRADE_LENGTH;
    }

    int tradeBreak(BrokenTradeFlyweight message, MutableDirectBuffer buffer, int offset) {
        tradeBreak
                .wrapAndApplyHeader(buffer, offset, header)
                .instrument(message.stockLocate())
                .time(midnightEpochNs + message.timestampNs())
                .tradeId(message.matchNumber());
        return BREAK_LENGTH;
    }

    int imbalance(NetOrderImbalanceFlyweight message, MutableDirectBuffer buffer, int offset) {
        imbalance
                .wrapAndApplyHeader(buffer, offset, header)
                .instrument(message.stockLocate())
                .time(midnightEpochNs + message.timestampNs())
                .pairedSize(message.pairedShares())
                .imbalanceSize(message.imbalanceShares())
                .farPrice(optional(message.farPrice()))
                .nearPrice(optional(message.nearPrice()))
                .referencePrice(optional(message.referencePrice()))
                .direction(OrderBodies.side(message.direction()))
                .venueDirection(message.direction())
                .crossType(message.crossType())
                .variation(message.variation());
        return IMBALANCE_LENGTH;
    }

    /**
     * The venue's own octets, for what has no form of its own.
     *
     * @param epochNs ns since the Unix epoch, or the schema's null time.
     */
    int venue(
            long instrument,
            long epochNs,
            DirectBuffer message,
            int at,
            int length,
            MutableDirectBuffer buffer,
            int offset) {
        venue.wrapAndApplyHeader(buffer, offset, header)
                .instrument(instrument)
                .time(epochNs)
                .venueType(length == 0 ? 0 : message.getByte(at))
                .putBody(message, at, length);
        return SchemaHeaders.VENUE_LENGTH + length;
    }

    /** The symbol without the blanks that pad it. */
    static int symbolLength(long symbol) {
        int length = SYMBOL_LENGTH;
        long rest = symbol;
        while (length > 0 && (rest & 0xFF) == ' ') {
            rest >>>= Byte.SIZE;
            length--;
        }
        return length;
    }

    /** Nasdaq writes 0 where there is no such price. */
    private static long optional(long price) {
        return price == 0 ? Prices.NULL : price * Prices.TEN_THOUSANDTH;
    }

    private static TradingState state(byte code) {
        return switch (code) {
            case 'T' -> TradingState.TRADING;
            case 'H' -> TradingState.HALTED;
            case 'P' -> TradingState.PAUSED;
            case 'Q' -> TradingState.QUOTATION;
            default -> TradingState.OTHER;
        };
    }
}
