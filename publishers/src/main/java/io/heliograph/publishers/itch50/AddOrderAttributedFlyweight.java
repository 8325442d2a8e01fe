// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * A displayed order enters the book under its participant's name.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 40 octets; TotalView-ITCH 5.0, section 4.3.2.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'F'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  order reference         integer
 *      19      1  side                    alpha
 *      20      4  shares                  integer
 *      24      8  stock                   alpha
 *      32      4  price                   price (4)
 *      36      4  attribution             alpha
 * </pre>
 */
public final class AddOrderAttributedFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 40;

    static final int ORDER_REFERENCE_OFFSET = 11;
    static final int SIDE_OFFSET = 19;
    static final int SHARES_OFFSET = 20;
    static final int STOCK_OFFSET = 24;
    static final int PRICE_OFFSET = 32;
    static final int ATTRIBUTION_OFFSET = 36;

    AddOrderAttributedFlyweight(MessageMemory memory) {
        super(memory);
    }

    /**
     * The order reference.
     *
     * @return day-unique, from 1.
     */
    public long orderReference() {
        return int64(ORDER_REFERENCE_OFFSET);
    }

    /**
     * The side.
     *
     * @return B buy, S sell.
     */
    public byte side() {
        return int8(SIDE_OFFSET);
    }

    /**
     * The shares.
     *
     * @return shares displayed.
     */
    public long shares() {
        return uint32(SHARES_OFFSET);
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
     * The price.
     *
     * @return in 1/10,000 dollar.
     */
    public long price() {
        return uint32(PRICE_OFFSET);
    }

    /**
     * The attribution.
     *
     * @return the participant: four ASCII octets padded with blanks, the first in the high byte.
     */
    public int attribution() {
        return int32(ATTRIBUTION_OFFSET);
    }
}
