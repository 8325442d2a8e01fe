// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * Price discovery of a direct listing with capital raise.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 48 octets; TotalView-ITCH 5.0, section 4.8.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'O'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  stock                   alpha
 *      19      1  open eligibility        alpha
 *      20      4  min price               price (4)
 *      24      4  max price               price (4)
 *      28      4  near price              price (4)
 *      32      8  near time ns            integer
 *      40      4  lower collar            price (4)
 *      44      4  upper collar            price (4)
 * </pre>
 */
public final class DirectListingFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 48;

    static final int STOCK_OFFSET = 11;
    static final int OPEN_ELIGIBILITY_OFFSET = 19;
    static final int MIN_PRICE_OFFSET = 20;
    static final int MAX_PRICE_OFFSET = 24;
    static final int NEAR_PRICE_OFFSET = 28;
    static final int NEAR_TIME_NS_OFFSET = 32;
    static final int LOWER_COLLAR_OFFSET = 40;
    static final int UPPER_COLLAR_OFFSET = 44;

    DirectListingFlyweight(MessageMemory memory) {
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
     * The open eligibility.
     *
     * @return Y when it may open.
     */
    public byte openEligibility() {
        return int8(OPEN_ELIGIBILITY_OFFSET);
    }

    /**
     * The min price.
     *
     * @return in 1/10,000 dollar.
     */
    public long minPrice() {
        return uint32(MIN_PRICE_OFFSET);
    }

    /**
     * The max price.
     *
     * @return in 1/10,000 dollar.
     */
    public long maxPrice() {
        return uint32(MAX_PRICE_OFFSET);
    }

    /**
     * The near price.
     *
     * @return in 1/10,000 dollar.
     */
    public long nearPrice() {
        return uint32(NEAR_PRICE_OFFSET);
    }

    /**
     * The near time ns.
     *
     * @return ns since midnight, New York.
     */
    public long nearTimeNs() {
        return int64(NEAR_TIME_NS_OFFSET);
    }

    /**
     * The lower collar.
     *
     * @return in 1/10,000 dollar.
     */
    public long lowerCollar() {
        return uint32(LOWER_COLLAR_OFFSET);
    }

    /**
     * The upper collar.
     *
     * @return in 1/10,000 dollar.
     */
    public long upperCollar() {
        return uint32(UPPER_COLLAR_OFFSET);
    }
}
