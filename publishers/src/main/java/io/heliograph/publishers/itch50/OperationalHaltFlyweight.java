// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * One market interrupted trading for a reason of its own.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 21 octets; TotalView-ITCH 5.0, section 4.2.8.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'h'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  stock                   alpha
 *      19      1  market code             alpha
 *      20      1  halt action             alpha
 * </pre>
 */
public final class OperationalHaltFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 21;

    static final int STOCK_OFFSET = 11;
    static final int MARKET_CODE_OFFSET = 19;
    static final int HALT_ACTION_OFFSET = 20;

    OperationalHaltFlyweight(MessageMemory memory) {
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
     * The market code.
     *
     * @return Q Nasdaq, B BX, X PSX.
     */
    public byte marketCode() {
        return int8(MARKET_CODE_OFFSET);
    }

    /**
     * The halt action.
     *
     * @return H halted, T trading.
     */
    public byte haltAction() {
        return int8(HALT_ACTION_OFFSET);
    }
}
