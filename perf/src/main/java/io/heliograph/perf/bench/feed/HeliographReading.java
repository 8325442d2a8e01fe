// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.feed;

import io.heliograph.publishers.itch50.AddOrderAttributedFlyweight;
import io.heliograph.publishers.itch50.AddOrderFlyweight;
import io.heliograph.publishers.itch50.CrossTradeFlyweight;
import io.heliograph.publishers.itch50.IpoQuotingPeriodUpdateFlyweight;
import io.heliograph.publishers.itch50.Itch50Decoder;
import io.heliograph.publishers.itch50.ItchMessage;
import io.heliograph.publishers.itch50.ItchType;
import io.heliograph.publishers.itch50.LuldAuctionCollarFlyweight;
import io.heliograph.publishers.itch50.MarketParticipantPositionFlyweight;
import io.heliograph.publishers.itch50.MwcbDeclineLevelFlyweight;
import io.heliograph.publishers.itch50.NetOrderImbalanceFlyweight;
import io.heliograph.publishers.itch50.OperationalHaltFlyweight;
import io.heliograph.publishers.itch50.OrderCancelFlyweight;
import io.heliograph.publishers.itch50.OrderDeleteFlyweight;
import io.heliograph.publishers.itch50.OrderExecutedFlyweight;
import io.heliograph.publishers.itch50.OrderExecutedWithPriceFlyweight;
import io.heliograph.publishers.itch50.OrderReplaceFlyweight;
import io.heliograph.publishers.itch50.RegShoRestrictionFlyweight;
import io.heliograph.publishers.itch50.RetailPriceImprovementFlyweight;
import io.heliograph.publishers.itch50.StockDirectoryFlyweight;
import io.heliograph.publishers.itch50.StockTradingActionFlyweight;
import io.heliograph.publishers.itch50.SystemEventFlyweight;
import io.heliograph.publishers.itch50.TradeFlyweight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** Our decoder, read as its documentation shows. <b>Thread:</b> one owner. */
public final class HeliographReading implements ItchReading {
    /** Of ITCH 5.0. */
    private static final int LONGEST = 50;

    private final Itch50Decoder decoder = new Itch50Decoder();
    private final UnsafeBuffer octets = new UnsafeBuffer(0, 0);
    private long sum;

    /** Prepares. */
    public HeliographReading() {}

    @Override
    public long read(ByteBuffer file) {
        octets.wrap(file);
        long total = 0;
        long messages = 0;
        int offset = 0;
        int length = octets.getShort(offset, ByteOrder.BIG_ENDIAN) & 0xFFFF;
        while (length != 0) {
            // Where the next message is does not depend on what this one is: known before this one's type is guessed
            // wrong.
            int next = offset + Short.BYTES + length;
            int nextLength = octets.getShort(next, ByteOrder.BIG_ENDIAN) & 0xFFFF;
            if (nextLength > LONGEST) {
                throw new IllegalStateException("the file holds a message of " + nextLength + " octets");
            }
            total += message(offset + Short.BYTES, length);
            messages++;
            offset = next;
            length = nextLength;
        }
        sum = total;
        return messages;
    }

    @Override
    public long checksum() {
        return sum;
    }

    private long message(int offset, int length) {
        int type = decoder.wrap(octets, offset, length);
        return switch (type) {
            case ItchType.ADD_ORDER -> add(decoder.addOrder());
            case ItchType.ORDER_DELETE -> delete(decoder.orderDelete());
            case ItchType.ORDER_REPLACE -> replace(decoder.orderReplace());
            case ItchType.ORDER_EXECUTED -> executed(decoder.orderExecuted());
            case ItchType.ORDER_CANCEL -> cancel(decoder.orderCancel());
            default -> rarer(type);
        };
    }

    private long rarer(int type) {
        return switch (type) {
            case ItchType.ADD_ORDER_ATTRIBUTED -> addAttributed(decoder.addOrderAttributed());
            case ItchType.ORDER_EXECUTED_WITH_PRICE -> executedWithPrice(decoder.orderExecutedWithPrice());
            case ItchType.TRADE -> trade(decoder.trade());
            case ItchType.CROSS_TRADE -> cross(decoder.crossTrade());
            case ItchType.NET_ORDER_IMBALANCE -> imbalance(decoder.netOrderImbalance());
            case ItchType.STOCK_DIRECTORY -> directory(decoder.stockDirectory());
            case ItchType.STOCK_TRADING_ACTION -> action(decoder.stockTradingAction());
            case ItchType.REG_SHO_RESTRICTION -> regSho(decoder.regShoRestriction());
            case ItchType.MARKET_PARTICIPANT_POSITION -> position(decoder.marketParticipantPosition());
            case ItchType.MWCB_DECLINE_LEVEL -> decline(decoder.mwcbDeclineLevel());
            case ItchType.MWCB_STATUS ->
                header(decoder.mwcbStatus()) + decoder.mwcbStatus().breachedLevel();
            case ItchType.IPO_QUOTING_PERIOD_UPDATE -> ipo(decoder.ipoQuotingPeriodUpdate());
            case ItchType.LULD_AUCTION_COLLAR -> collar(decoder.luldAuctionCollar());
            case ItchType.OPERATIONAL_HALT -> halt(decoder.operationalHalt());
            case ItchType.BROKEN_TRADE ->
                header(decoder.brokenTrade()) + decoder.brokenTrade().matchNumber();
            case ItchType.RETAIL_PRICE_IMPROVEMENT -> improvement(decoder.retailPriceImprovement());
            case ItchType.SYSTEM_EVENT -> event(decoder.systemEvent());
            default -> throw new IllegalStateException("the generated file holds a message of type " + type);
        };
    }

    private static long header(ItchMessage message) {
        return message.stockLocate() + message.trackingNumber() + message.timestampNs();
    }

    private static long add(AddOrderFlyweight m) {
        return header(m) + m.orderReference() + m.side() + m.shares() + m.stock() + m.price();
    }

    private static long addAttributed(AddOrderAttributedFlyweight m) {
        return header(m) + m.orderReference() + m.side() + m.shares() + m.stock() + m.price() + m.attribution();
    }

    private static long delete(OrderDeleteFlyweight m) {
        return header(m) + m.orderReference();
    }

    private static long replace(OrderReplaceFlyweight m) {
        return header(m) + m.originalReference() + m.newReference() + m.shares() + m.price();
    }

    private static long executed(OrderExecutedFlyweight m) {
        return header(m) + m.orderReference() + m.executedShares() + m.matchNumber();
    }

    private static long executedWithPrice(OrderExecutedWithPriceFlyweight m) {
        return header(m)
                + m.orderReference()
                + m.executedShares()
                + m.matchNumber()
                + m.printable()
                + m.executionPrice();
    }

    private static long cancel(OrderCancelFlyweight m) {
        return header(m) + m.orderReference() + m.cancelledShares();
    }

    private static long trade(TradeFlyweight m) {
        return header(m) + m.orderReference() + m.side() + m.shares() + m.stock() + m.price() + m.matchNumber();
    }

    private static long cross(CrossTradeFlyweight m) {
        return header(m) + m.shares() + m.stock() + m.crossPrice() + m.matchNumber() + m.crossType();
    }

    private static long imbalance(NetOrderImbalanceFlyweight m) {
        long sizes = m.pairedShares() + m.imbalanceShares() + m.direction();
        long prices = m.farPrice() + m.nearPrice() + m.referencePrice();
        return header(m) + sizes + m.stock() + prices + m.crossType() + m.variation();
    }

    private static long directory(StockDirectoryFlyweight m) {
        long lots = m.roundLotSize() + m.roundLotsOnly();
        long issue = (long) m.issueClassification()
                + m.issueSubType()
                + m.authenticity()
                + m.shortSaleThreshold()
                + m.ipoFlag();
        long etp = m.luldTier() + m.etpFlag() + m.etpLeverageFactor() + m.inverseIndicator();
        return header(m) + m.stock() + m.marketCategory() + m.financialStatus() + lots + issue + etp;
    }

    private static long action(StockTradingActionFlyweight m) {
        return header(m) + m.stock() + m.tradingState() + m.reserved() + m.reason();
    }

    private static long regSho(RegShoRestrictionFlyweight m) {
        return header(m) + m.stock() + m.regShoAction();
    }

    private static long position(MarketParticipantPositionFlyweight m) {
        return header(m) + m.mpid() + m.stock() + m.primaryMarketMaker() + m.marketMakerMode() + m.participantState();
    }

    private static long decline(MwcbDeclineLevelFlyweight m) {
        return header(m) + m.level1() + m.level2() + m.level3();
    }

    private static long ipo(IpoQuotingPeriodUpdateFlyweight m) {
        return header(m) + m.stock() + m.releaseTimeS() + m.releaseQualifier() + m.ipoPrice();
    }

    private static long collar(LuldAuctionCollarFlyweight m) {
        return header(m) + m.stock() + m.referencePrice() + m.upperPrice() + m.lowerPrice() + m.extension();
    }

    private static long halt(OperationalHaltFlyweight m) {
        return header(m) + m.stock() + m.marketCode() + m.haltAction();
    }

    private static long improvement(RetailPriceImprovementFlyweight m) {
        return header(m) + m.stock() + m.interestFlag();
    }

    private static long event(SystemEventFlyweight m) {
        return header(m) + m.eventCode();
    }
}
