// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * A security of the day, sent ahead of all that concerns it.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 39 octets; TotalView-ITCH 5.0, section 4.2.1.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'R'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  stock                   alpha
 *      19      1  market category         alpha
 *      20      1  financial status        alpha
 *      21      4  round lot size          integer
 *      25      1  round lots only         alpha
 *      26      1  issue classification    alpha
 *      27      2  issue sub type          alpha
 *      29      1  authenticity            alpha
 *      30      1  short sale threshold    alpha
 *      31      1  ipo flag                alpha
 *      32      1  luld tier               alpha
 *      33      1  etp flag                alpha
 *      34      4  etp leverage factor     integer
 *      38      1  inverse indicator       alpha
 * </pre>
 */
public final class StockDirectoryFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 39;

    static final int STOCK_OFFSET = 11;
    static final int MARKET_CATEGORY_OFFSET = 19;
    static final int FINANCIAL_STATUS_OFFSET = 20;
    static final int ROUND_LOT_SIZE_OFFSET = 21;
    static final int ROUND_LOTS_ONLY_OFFSET = 25;
    static final int ISSUE_CLASSIFICATION_OFFSET = 26;
    static final int ISSUE_SUB_TYPE_OFFSET = 27;
    static final int AUTHENTICITY_OFFSET = 29;
    static final int SHORT_SALE_THRESHOLD_OFFSET = 30;
    static final int IPO_FLAG_OFFSET = 31;
    static final int LULD_TIER_OFFSET = 32;
    static final int ETP_FLAG_OFFSET = 33;
    static final int ETP_LEVERAGE_FACTOR_OFFSET = 34;
    static final int INVERSE_INDICATOR_OFFSET = 38;

    StockDirectoryFlyweight(MessageMemory memory) {
        super(memory);
    }

    /**
     * The security's symbol.
     *
     * @return eight ASCII octets padded with blanks, the first in the high byte.
     */
    public long stock() {
        return int64(STOCK_OFFSET);
    }

    /**
     * The market category.
     *
     * @return the listing market.
     */
    public byte marketCategory() {
        return int8(MARKET_CATEGORY_OFFSET);
    }

    /**
     * The financial status.
     *
     * @return as Nasdaq sees the issuer.
     */
    public byte financialStatus() {
        return int8(FINANCIAL_STATUS_OFFSET);
    }

    /**
     * The round lot size.
     *
     * @return shares of a round lot.
     */
    public long roundLotSize() {
        return uint32(ROUND_LOT_SIZE_OFFSET);
    }

    /**
     * The round lots only.
     *
     * @return Y when odd lots are refused.
     */
    public byte roundLotsOnly() {
        return int8(ROUND_LOTS_ONLY_OFFSET);
    }

    /**
     * The issue classification.
     *
     * @return kind of security.
     */
    public byte issueClassification() {
        return int8(ISSUE_CLASSIFICATION_OFFSET);
    }

    /**
     * The issue sub type.
     *
     * @return kind of security, finer; two ASCII octets, the first in the high byte.
     */
    public int issueSubType() {
        return uint16(ISSUE_SUB_TYPE_OFFSET);
    }

    /**
     * The authenticity.
     *
     * @return P live, T test.
     */
    public byte authenticity() {
        return int8(AUTHENTICITY_OFFSET);
    }

    /**
     * The short sale threshold.
     *
     * @return Y when short sales are restricted.
     */
    public byte shortSaleThreshold() {
        return int8(SHORT_SALE_THRESHOLD_OFFSET);
    }

    /**
     * The ipo flag.
     *
     * @return Y for a new issue.
     */
    public byte ipoFlag() {
        return int8(IPO_FLAG_OFFSET);
    }

    /**
     * The luld tier.
     *
     * @return 1 or 2, blank for none.
     */
    public byte luldTier() {
        return int8(LULD_TIER_OFFSET);
    }

    /**
     * The etp flag.
     *
     * @return Y for an exchange traded product.
     */
    public byte etpFlag() {
        return int8(ETP_FLAG_OFFSET);
    }

    /**
     * The etp leverage factor.
     *
     * @return leverage of the product, 0 to the specification's limit.
     */
    public long etpLeverageFactor() {
        return uint32(ETP_LEVERAGE_FACTOR_OFFSET);
    }

    /**
     * The inverse indicator.
     *
     * @return Y when it moves against its index.
     */
    public byte inverseIndicator() {
        return int8(INVERSE_INDICATOR_OFFSET);
    }
}
