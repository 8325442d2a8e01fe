// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * A cross took place.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 40 octets; TotalView-ITCH 5.0, section 4.5.2.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'Q'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  shares                  integer
 *      19      8  stock                   alpha
 *      27      4  cross price             price (4)
 *      31      8  match number            integer
 *      39      1  cross type              alpha
 * </pre>
 */
public final class CrossTradeFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 40;

    static final int SHARES_OFFSET = 11;
    static final int STOCK_OFFSET = 19;
    static final int CROSS_PRICE_OFFSET = 27;
    static final int MATCH_NUMBER_OFFSET = 31;
    static final int CROSS_TYPE_OFFSET = 39;

    CrossTradeFlyweight(MessageMemory memory) {
        super(memory);
    }

    /**
     * The shares.
     *
     * @return shares matched; 0 when there was no interest.
     */
    public long shares() {
        return int64(SHARES_OFFSET);
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
     * The cross price.
     *
     * @return in 1/10,000 dollar.
     */
    public long crossPrice() {
        return uint32(CROSS_PRICE_OFFSET);
    }

    /**
     * The match number.
     *
     * @return day-unique number of the match.
     */
    public long matchNumber() {
        return int64(MATCH_NUMBER_OFFSET);
    }

    /**
     * The cross type.
     *
     * @return O, C, H or I.
     */
    public byte crossType() {
        return int8(CROSS_TYPE_OFFSET);
    }
}
