// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * The indicative figures ahead of a cross.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 50 octets; TotalView-ITCH 5.0, section 4.6.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'I'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  paired shares           integer
 *      19      8  imbalance shares        integer
 *      27      1  direction               alpha
 *      28      8  stock                   alpha
 *      36      4  far price               price (4)
 *      40      4  near price              price (4)
 *      44      4  reference price         price (4)
 *      48      1  cross type              alpha
 *      49      1  variation               alpha
 * </pre>
 */
public final class NetOrderImbalanceFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 50;

    static final int PAIRED_SHARES_OFFSET = 11;
    static final int IMBALANCE_SHARES_OFFSET = 19;
    static final int DIRECTION_OFFSET = 27;
    static final int STOCK_OFFSET = 28;
    static final int FAR_PRICE_OFFSET = 36;
    static final int NEAR_PRICE_OFFSET = 40;
    static final int REFERENCE_PRICE_OFFSET = 44;
    static final int CROSS_TYPE_OFFSET = 48;
    static final int VARIATION_OFFSET = 49;

    NetOrderImbalanceFlyweight(MessageMemory memory) {
        super(memory);
    }

    /**
     * The paired shares.
     *
     * @return shares that match at the reference price.
     */
    public long pairedShares() {
        return int64(PAIRED_SHARES_OFFSET);
    }

    /**
     * The imbalance shares.
     *
     * @return shares that do not.
     */
    public long imbalanceShares() {
        return int64(IMBALANCE_SHARES_OFFSET);
    }

    /**
     * The direction.
     *
     * @return B, S, N, O or P.
     */
    public byte direction() {
        return int8(DIRECTION_OFFSET);
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
     * The far price.
     *
     * @return in 1/10,000 dollar.
     */
    public long farPrice() {
        return uint32(FAR_PRICE_OFFSET);
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
     * The reference price.
     *
     * @return in 1/10,000 dollar.
     */
    public long referencePrice() {
        return uint32(REFERENCE_PRICE_OFFSET);
    }

    /**
     * The cross type.
     *
     * @return O, C, H or A.
     */
    public byte crossType() {
        return int8(CROSS_TYPE_OFFSET);
    }

    /**
     * The variation.
     *
     * @return how far near is from reference.
     */
    public byte variation() {
        return int8(VARIATION_OFFSET);
    }
}
