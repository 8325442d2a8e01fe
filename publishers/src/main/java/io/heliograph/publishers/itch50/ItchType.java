// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * The message types of TotalView-ITCH 5.0: their letters and the one length that each has.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class ItchType {
    /** Start and end of messages, of system hours and of market hours: SystemEventFlyweight. */
    public static final int SYSTEM_EVENT = 'S';

    /** A security of the day, sent ahead of all that concerns it: StockDirectoryFlyweight. */
    public static final int STOCK_DIRECTORY = 'R';

    /** Halted, paused, quotation only or trading: StockTradingActionFlyweight. */
    public static final int STOCK_TRADING_ACTION = 'H';

    /** Whether the short sale price test holds: RegShoRestrictionFlyweight. */
    public static final int REG_SHO_RESTRICTION = 'Y';

    /** A market participant's standing in a security: MarketParticipantPositionFlyweight. */
    public static final int MARKET_PARTICIPANT_POSITION = 'L';

    /** The market-wide circuit breaker's three levels: MwcbDeclineLevelFlyweight. */
    public static final int MWCB_DECLINE_LEVEL = 'V';

    /** A level of the market-wide circuit breaker was breached: MwcbStatusFlyweight. */
    public static final int MWCB_STATUS = 'W';

    /** When quotation of a new issue begins: IpoQuotingPeriodUpdateFlyweight. */
    public static final int IPO_QUOTING_PERIOD_UPDATE = 'K';

    /** The collar of an auction after a limit up, limit down pause: LuldAuctionCollarFlyweight. */
    public static final int LULD_AUCTION_COLLAR = 'J';

    /** One market interrupted trading for a reason of its own: OperationalHaltFlyweight. */
    public static final int OPERATIONAL_HALT = 'h';

    /** A displayed order enters the book, unattributed: AddOrderFlyweight. */
    public static final int ADD_ORDER = 'A';

    /** A displayed order enters the book under its participant's name: AddOrderAttributedFlyweight. */
    public static final int ADD_ORDER_ATTRIBUTED = 'F';

    /** An order was executed, in part or whole, at its own price: OrderExecutedFlyweight. */
    public static final int ORDER_EXECUTED = 'E';

    /** An order was executed at a price other than its own: OrderExecutedWithPriceFlyweight. */
    public static final int ORDER_EXECUTED_WITH_PRICE = 'C';

    /** An order lost some of its shares: OrderCancelFlyweight. */
    public static final int ORDER_CANCEL = 'X';

    /** An order left the book: OrderDeleteFlyweight. */
    public static final int ORDER_DELETE = 'D';

    /** An order left and a new one took its side, stock and attribution: OrderReplaceFlyweight. */
    public static final int ORDER_REPLACE = 'U';

    /** A trade against an order that was not displayed: TradeFlyweight. */
    public static final int TRADE = 'P';

    /** A cross took place: CrossTradeFlyweight. */
    public static final int CROSS_TRADE = 'Q';

    /** A match is void: BrokenTradeFlyweight. */
    public static final int BROKEN_TRADE = 'B';

    /** The indicative figures ahead of a cross: NetOrderImbalanceFlyweight. */
    public static final int NET_ORDER_IMBALANCE = 'I';

    /** Retail interest is there, or no more: RetailPriceImprovementFlyweight. */
    public static final int RETAIL_PRICE_IMPROVEMENT = 'N';

    /** Price discovery of a direct listing with capital raise: DirectListingFlyweight. */
    public static final int DIRECT_LISTING = 'O';

    private static final int LETTERS = 256;
    private static final byte[] LENGTHS = new byte[LETTERS];

    static {
        LENGTHS[SYSTEM_EVENT] = SystemEventFlyweight.LENGTH;
        LENGTHS[STOCK_DIRECTORY] = StockDirectoryFlyweight.LENGTH;
        LENGTHS[STOCK_TRADING_ACTION] = StockTradingActionFlyweight.LENGTH;
        LENGTHS[REG_SHO_RESTRICTION] = RegShoRestrictionFlyweight.LENGTH;
        LENGTHS[MARKET_PARTICIPANT_POSITION] = MarketParticipantPositionFlyweight.LENGTH;
        LENGTHS[MWCB_DECLINE_LEVEL] = MwcbDeclineLevelFlyweight.LENGTH;
        LENGTHS[MWCB_STATUS] = MwcbStatusFlyweight.LENGTH;
        LENGTHS[IPO_QUOTING_PERIOD_UPDATE] = IpoQuotingPeriodUpdateFlyweight.LENGTH;
        LENGTHS[LULD_AUCTION_COLLAR] = LuldAuctionCollarFlyweight.LENGTH;
        LENGTHS[OPERATIONAL_HALT] = OperationalHaltFlyweight.LENGTH;
        LENGTHS[ADD_ORDER] = AddOrderFlyweight.LENGTH;
        LENGTHS[ADD_ORDER_ATTRIBUTED] = AddOrderAttributedFlyweight.LENGTH;
        LENGTHS[ORDER_EXECUTED] = OrderExecutedFlyweight.LENGTH;
        LENGTHS[ORDER_EXECUTED_WITH_PRICE] = OrderExecutedWithPriceFlyweight.LENGTH;
        LENGTHS[ORDER_CANCEL] = OrderCancelFlyweight.LENGTH;
        LENGTHS[ORDER_DELETE] = OrderDeleteFlyweight.LENGTH;
        LENGTHS[ORDER_REPLACE] = OrderReplaceFlyweight.LENGTH;
        LENGTHS[TRADE] = TradeFlyweight.LENGTH;
        LENGTHS[CROSS_TRADE] = CrossTradeFlyweight.LENGTH;
        LENGTHS[BROKEN_TRADE] = BrokenTradeFlyweight.LENGTH;
        LENGTHS[NET_ORDER_IMBALANCE] = NetOrderImbalanceFlyweight.LENGTH;
        LENGTHS[RETAIL_PRICE_IMPROVEMENT] = RetailPriceImprovementFlyweight.LENGTH;
        LENGTHS[DIRECT_LISTING] = DirectListingFlyweight.LENGTH;
    }

    private ItchType() {}

    /**
     * The specification's length of a type.
     *
     * @param type a letter, any octet: only the low eight bits count.
     * @return octets including the letter; 0 for a letter that ITCH 5.0 does not know.
     */
    public static int length(int type) {
        return LENGTHS[type & 0xFF];
    }
}
