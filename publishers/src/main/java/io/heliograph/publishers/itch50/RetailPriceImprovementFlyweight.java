// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * Retail interest is there, or no more.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 20 octets; TotalView-ITCH 5.0, section 4.7.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'N'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  stock                   alpha
 *      19      1  interest flag           alpha
 * </pre>
 */
public final class RetailPriceImprovementFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 20;

    static final int STOCK_OFFSET = 11;
    static final int INTEREST_FLAG_OFFSET = 19;

    RetailPriceImprovementFlyweight(MessageMemory memory) {
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
     * The interest flag.
     *
     * @return B, S, A or N.
     */
    public byte interestFlag() {
        return int8(INTEREST_FLAG_OFFSET);
    }
}
