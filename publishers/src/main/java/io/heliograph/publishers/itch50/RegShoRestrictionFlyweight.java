// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * Whether the short sale price test holds.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 20 octets; TotalView-ITCH 5.0, section 4.2.3.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'Y'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  stock                   alpha
 *      19      1  reg sho action          alpha
 * </pre>
 */
public final class RegShoRestrictionFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 20;

    static final int STOCK_OFFSET = 11;
    static final int REG_SHO_ACTION_OFFSET = 19;

    RegShoRestrictionFlyweight(MessageMemory memory) {
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
     * The reg sho action.
     *
     * @return 0 none, 1 intraday, 2 in force.
     */
    public byte regShoAction() {
        return int8(REG_SHO_ACTION_OFFSET);
    }
}
