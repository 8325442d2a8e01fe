// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

import org.agrona.DirectBuffer;

/**
 * Reads TotalView-ITCH 5.0 where it lies: checks a message's length against its type and hands out a view of it.
 *
 * <pre>{@code
 * switch (decoder.wrap(buffer, offset, length)) {
 *     case ItchType.ADD_ORDER -> onAdd(decoder.addOrder());
 *     case ItchType.ORDER_DELETE -> onDelete(decoder.orderDelete());
 *     ...
 * }
 * }</pre>
 *
 * <p>The caller's own switch is the only dispatch: no listener, so nothing turns megamorphic however many users a
 * process has, and fields that nobody asks for are never read.
 *
 * <p><b>Thread:</b> one owner: the thread that reads the feed. Counts are plain: read them there.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Failure:</b> {@link #UNKNOWN_TYPE} and {@link #WRONG_LENGTH}, each counted; nothing is thrown for any octets.
 */
public final class Itch50Decoder {
    /** The first octet is no message type of ITCH 5.0, or there is no first octet. */
    public static final int UNKNOWN_TYPE = -1;

    /** The type is known and the message is shorter or longer than the specification says. */
    public static final int WRONG_LENGTH = -2;

    private static final int LETTERS = 256;

    private final MessageMemory memory = new MessageMemory();
    private final SystemEventFlyweight systemEvent = new SystemEventFlyweight(memory);
    private final StockDirectoryFlyweight stockDirectory = new StockDirectoryFlyweight(memory);
    private final StockTradingActionFlyweight stockTradingAction = new StockTradingActionFlyweight(memory);
    private final RegShoRestrictionFlyweight regShoRestriction = new RegShoRestrictionFlyweight(memory);
    private final MarketParticipantPositionFlyweight marketParticipantPosition =
            new MarketParticipantPositionFlyweight(memory);
    private final MwcbDeclineLevelFlyweight mwcbDeclineLevel = new MwcbDeclineLevelFlyweight(memory);
    private final MwcbStatusFlyweight mwcbStatus = new MwcbStatusFlyweight(memory);
    private final IpoQuotingPeriodUpdateFlyweight ipoQuotingPeriodUpdate = new IpoQuotingPeriodUpdateFlyweight(memory);
    private final LuldAuctionCollarFlyweight luldAuctionCollar = new LuldAuctionCollarFlyweight(memory);
    private final OperationalHaltFlyweight operationalHalt = new OperationalHaltFlyweight(memory);
    private final AddOrderFlyweight addOrder = new AddOrderFlyweight(memory);
    private final AddOrderAttributedFlyweight addOrderAttributed = new AddOrderAttributedFlyweight(memory);
    private final OrderExecutedFlyweight orderExecuted = new OrderExecutedFlyweight(memory);
    private final OrderExecutedWithPriceFlyweight orderExecutedWithPrice = new OrderExecutedWithPriceFlyweight(memory);
    private final OrderCancelFlyweight orderCancel = new OrderCancelFlyweight(memory);
    private final OrderDeleteFlyweight orderDelete = new OrderDeleteFlyweight(memory);
    private final OrderReplaceFlyweight orderReplace = new OrderReplaceFlyweight(memory);
    private final TradeFlyweight trade = new TradeFlyweight(memory);
    private final CrossTradeFlyweight crossTrade = new CrossTradeFlyweight(memory);
    private final BrokenTradeFlyweight brokenTrade = new BrokenTradeFlyweight(memory);
    private final NetOrderImbalanceFlyweight netOrderImbalance = new NetOrderImbalanceFlyweight(memory);
    private final RetailPriceImprovementFlyweight retailPriceImprovement = new RetailPriceImprovementFlyweight(memory);
    private final DirectListingFlyweight directListing = new DirectListingFlyweight(memory);
    private final long[] countByType = new long[LETTERS];
    private long address;
    private long unknownTypeCount;
    private long wrongLengthCount;

    /** Creates a decoder with all its views. */
    public Itch50Decoder() {}

    /**
     * Looks at a message.
     *
     * @param message holds it, whole; borrowed until the next call, and not wrapped around other memory until then.
     * @param messageOffset of its type letter.
     * @param length in octets, as the framing gives it.
     * @return its type, one of {@link ItchType}; {@link #UNKNOWN_TYPE} or {@link #WRONG_LENGTH}.
     */
    public int wrap(DirectBuffer message, int messageOffset, int length) {
        if (length <= 0 || messageOffset < 0 || messageOffset > message.capacity() - length) {
            return notWhole(message, messageOffset, length);
        }
        memory.wrap(message.byteArray());
        address = message.addressOffset() + messageOffset;
        int type = memory.octet(address) & 0xFF;
        if (ItchType.length(type) != length) {
            return mismatch(type);
        }
        countByType[type]++;
        return type;
    }

    /**
     * Messages of a type so far, by the letter.
     *
     * @param type one of {@link ItchType}; letters of unknown types were never counted here.
     * @return messages whose length was right.
     */
    public long count(int type) {
        return countByType[type & 0xFF];
    }

    /**
     * Messages whose type ITCH 5.0 does not know, empty ones among them.
     *
     * @return messages so far.
     */
    public long unknownTypeCount() {
        return unknownTypeCount;
    }

    /**
     * Messages of a known type with another length than the specification's.
     *
     * @return messages so far.
     */
    public long wrongLengthCount() {
        return wrongLengthCount;
    }

    /**
     * The message as what its type S says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned S.
     */
    public SystemEventFlyweight systemEvent() {
        systemEvent.wrap(address);
        return systemEvent;
    }

    /**
     * The message as what its type R says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned R.
     */
    public StockDirectoryFlyweight stockDirectory() {
        stockDirectory.wrap(address);
        return stockDirectory;
    }

    /**
     * The message as what its type H says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned H.
     */
    public StockTradingActionFlyweight stockTradingAction() {
        stockTradingAction.wrap(address);
        return stockTradingAction;
    }

    /**
     * The message as what its type Y says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned Y.
     */
    public RegShoRestrictionFlyweight regShoRestriction() {
        regShoRestriction.wrap(address);
        return regShoRestriction;
    }

    /**
     * The message as what its type L says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned L.
     */
    public MarketParticipantPositionFlyweight marketParticipantPosition() {
        marketParticipantPosition.wrap(address);
        return marketParticipantPosition;
    }

    /**
     * The message as what its type V says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned V.
     */
    public MwcbDeclineLevelFlyweight mwcbDeclineLevel() {
        mwcbDeclineLevel.wrap(address);
        return mwcbDeclineLevel;
    }

    /**
     * The message as what its type W says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned W.
     */
    public MwcbStatusFlyweight mwcbStatus() {
        mwcbStatus.wrap(address);
        return mwcbStatus;
    }

    /**
     * The message as what its type K says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned K.
     */
    public IpoQuotingPeriodUpdateFlyweight ipoQuotingPeriodUpdate() {
        ipoQuotingPeriodUpdate.wrap(address);
        return ipoQuotingPeriodUpdate;
    }

    /**
     * The message as what its type J says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned J.
     */
    public LuldAuctionCollarFlyweight luldAuctionCollar() {
        luldAuctionCollar.wrap(address);
        return luldAuctionCollar;
    }

    /**
     * The message as what its type h says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned h.
     */
    public OperationalHaltFlyweight operationalHalt() {
        operationalHalt.wrap(address);
        return operationalHalt;
    }

    /**
     * The message as what its type A says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned A.
     */
    public AddOrderFlyweight addOrder() {
        addOrder.wrap(address);
        return addOrder;
    }

    /**
     * The message as what its type F says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned F.
     */
    public AddOrderAttributedFlyweight addOrderAttributed() {
        addOrderAttributed.wrap(address);
        return addOrderAttributed;
    }

    /**
     * The message as what its type E says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned E.
     */
    public OrderExecutedFlyweight orderExecuted() {
        orderExecuted.wrap(address);
        return orderExecuted;
    }

    /**
     * The message as what its type C says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned C.
     */
    public OrderExecutedWithPriceFlyweight orderExecutedWithPrice() {
        orderExecutedWithPrice.wrap(address);
        return orderExecutedWithPrice;
    }

    /**
     * The message as what its type X says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned X.
     */
    public OrderCancelFlyweight orderCancel() {
        orderCancel.wrap(address);
        return orderCancel;
    }

    /**
     * The message as what its type D says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned D.
     */
    public OrderDeleteFlyweight orderDelete() {
        orderDelete.wrap(address);
        return orderDelete;
    }

    /**
     * The message as what its type U says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned U.
     */
    public OrderReplaceFlyweight orderReplace() {
        orderReplace.wrap(address);
        return orderReplace;
    }

    /**
     * The message as what its type P says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned P.
     */
    public TradeFlyweight trade() {
        trade.wrap(address);
        return trade;
    }

    /**
     * The message as what its type Q says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned Q.
     */
    public CrossTradeFlyweight crossTrade() {
        crossTrade.wrap(address);
        return crossTrade;
    }

    /**
     * The message as what its type B says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned B.
     */
    public BrokenTradeFlyweight brokenTrade() {
        brokenTrade.wrap(address);
        return brokenTrade;
    }

    /**
     * The message as what its type I says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned I.
     */
    public NetOrderImbalanceFlyweight netOrderImbalance() {
        netOrderImbalance.wrap(address);
        return netOrderImbalance;
    }

    /**
     * The message as what its type N says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned N.
     */
    public RetailPriceImprovementFlyweight retailPriceImprovement() {
        retailPriceImprovement.wrap(address);
        return retailPriceImprovement;
    }

    /**
     * The message as what its type O says.
     *
     * @return wrapped around the message of the last {@link #wrap}; meaningful only when that returned O.
     */
    public DirectListingFlyweight directListing() {
        directListing.wrap(address);
        return directListing;
    }

    /** Empty, or said to be longer than what holds it: then its type still says which of the two lengths is wrong. */
    private int notWhole(DirectBuffer message, int messageOffset, int length) {
        if (length <= 0) {
            return unknownType();
        }
        int type = message.getByte(messageOffset) & 0xFF;
        if (ItchType.length(type) != length) {
            return mismatch(type);
        }
        throw new IndexOutOfBoundsException("a message of " + length + " octets at " + messageOffset
                + " does not lie within a buffer of " + message.capacity());
    }

    private int mismatch(int type) {
        if (ItchType.length(type) == 0) {
            return unknownType();
        }
        wrongLengthCount++;
        return WRONG_LENGTH;
    }

    private int unknownType() {
        unknownTypeCount++;
        return UNKNOWN_TYPE;
    }
}
