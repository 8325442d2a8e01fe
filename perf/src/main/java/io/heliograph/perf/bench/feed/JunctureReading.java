// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.feed;

import com.paritytrading.juncture.nasdaq.itch50.ITCH50;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50Listener;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Juncture's decoder, read as its documentation shows: a parser, and a listener that it hands filled messages to. Version
 * 1.0.0 misreads one type, the cross trade: its fields are read here instead, so that the checksums can be equal.
 *
 * <p><b>Thread:</b> one owner.
 */
public final class JunctureReading implements ItchReading, ITCH50Listener {
    private static final int CROSS_SHARES = 11;
    private static final int CROSS_STOCK = 19;
    private static final int CROSS_PRICE = 27;
    private static final int CROSS_MATCH = 31;
    private static final int CROSS_TYPE = 39;

    private final ITCH50Parser parser = new ITCH50Parser(this);
    private ByteBuffer octets = ByteBuffer.allocate(0);
    private int start;
    private long sum;

    /** Prepares. */
    public JunctureReading() {}

    @Override
    public long read(ByteBuffer file) {
        sum = 0;
        octets = file;
        long messages = 0;
        int offset = 0;
        int length = file.getShort(offset) & 0xFFFF;
        while (length != 0) {
            file.limit(offset + Short.BYTES + length).position(offset + Short.BYTES);
            start = offset + Short.BYTES;
            parse(file);
            messages++;
            offset += Short.BYTES + length;
            file.limit(file.capacity());
            length = file.getShort(offset) & 0xFFFF;
        }
        return messages;
    }

    @Override
    public long checksum() {
        return sum;
    }

    private void parse(ByteBuffer message) {
        try {
            parser.message(message);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static long header(int locate, int tracking, int timestampHigh, long timestampLow) {
        return locate + tracking + ((long) timestampHigh << Integer.SIZE) + timestampLow;
    }

    @Override
    public void systemEvent(ITCH50.SystemEvent m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow) + m.eventCode;
    }

    @Override
    public void stockDirectory(ITCH50.StockDirectory m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + m.stock
                + m.marketCategory
                + m.financialStatusIndicator
                + m.roundLotSize
                + m.roundLotsOnly
                + m.issueClassification
                + m.issueSubType
                + m.authenticity
                + m.shortSaleThresholdIndicator
                + m.ipoFlag
                + m.luldReferencePriceTier
                + m.etpFlag
                + m.etpLeverageFactor
                + m.inverseIndicator;
    }

    @Override
    public void stockTradingAction(ITCH50.StockTradingAction m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + m.stock
                + m.tradingState
                + m.reserved
                + m.reason;
    }

    @Override
    public void regSHORestriction(ITCH50.RegSHORestriction m) {
        sum += header(m.locateCode, m.trackingNumber, m.timestampHigh, m.timestampLow) + m.stock + m.regSHOAction;
    }

    @Override
    public void marketParticipantPosition(ITCH50.MarketParticipantPosition m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + m.mpid
                + m.stock
                + m.primaryMarketMaker
                + m.marketMakerMode
                + m.marketParticipantState;
    }

    @Override
    public void mwcbDeclineLevel(ITCH50.MWCBDeclineLevel m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + m.level1
                + m.level2
                + m.level3;
    }

    @Override
    public void mwcbStatus(ITCH50.MWCBStatus m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow) + m.breachedLevel;
    }

    @Override
    public void ipoQuotingPeriodUpdate(ITCH50.IPOQuotingPeriodUpdate m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + m.stock
                + m.ipoQuotationReleaseTime
                + m.ipoQuotationReleaseQualifier
                + m.ipoPrice;
    }

    @Override
    public void luldAuctionCollar(ITCH50.LULDAuctionCollar m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + m.stock
                + m.auctionCollarReferencePrice
                + m.upperAuctionCollarPrice
                + m.lowerAuctionCollarPrice
                + m.auctionCollarExtension;
    }

    @Override
    public void operationalHalt(ITCH50.OperationalHalt m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + m.stock
                + m.marketCode
                + m.operationalHaltAction;
    }

    @Override
    public void addOrder(ITCH50.AddOrder m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + m.orderReferenceNumber
                + m.buySellIndicator
                + m.shares
                + m.stock
                + m.price;
    }

    @Override
    public void addOrderMPID(ITCH50.AddOrderMPID m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + m.orderReferenceNumber
                + m.buySellIndicator
                + m.shares
                + m.stock
                + m.price
                + m.attribution;
    }

    @Override
    public void orderExecuted(ITCH50.OrderExecuted m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + m.orderReferenceNumber
                + m.executedShares
                + m.matchNumber;
    }

    @Override
    public void orderExecutedWithPrice(ITCH50.OrderExecutedWithPrice m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + m.orderReferenceNumber
                + m.executedShares
                + m.matchNumber
                + m.printable
                + m.executionPrice;
    }

    @Override
    public void orderCancel(ITCH50.OrderCancel m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + m.orderReferenceNumber
                + m.canceledShares;
    }

    @Override
    public void orderDelete(ITCH50.OrderDelete m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow) + m.orderReferenceNumber;
    }

    @Override
    public void orderReplace(ITCH50.OrderReplace m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + m.originalOrderReferenceNumber
                + m.newOrderReferenceNumber
                + m.shares
                + m.price;
    }

    @Override
    public void trade(ITCH50.Trade m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + m.orderReferenceNumber
                + m.buySellIndicator
                + m.shares
                + m.stock
                + m.price
                + m.matchNumber;
    }

    /** Its own reading is used for the header only: it takes four octets for the shares where there are eight. */
    @Override
    public void crossTrade(ITCH50.CrossTrade m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + octets.getLong(start + CROSS_SHARES)
                + octets.getLong(start + CROSS_STOCK)
                + Integer.toUnsignedLong(octets.getInt(start + CROSS_PRICE))
                + octets.getLong(start + CROSS_MATCH)
                + octets.get(start + CROSS_TYPE);
    }

    @Override
    public void brokenTrade(ITCH50.BrokenTrade m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow) + m.matchNumber;
    }

    @Override
    public void noii(ITCH50.NOII m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow)
                + m.pairedShares
                + m.imbalanceShares
                + m.imbalanceDirection
                + m.stock
                + m.farPrice
                + m.nearPrice
                + m.currentReferencePrice
                + m.crossType
                + m.priceVariationIndicator;
    }

    @Override
    public void rpii(ITCH50.RPII m) {
        sum += header(m.stockLocate, m.trackingNumber, m.timestampHigh, m.timestampLow) + m.stock + m.interestFlag;
    }
}
