// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * Halted, paused, quotation only or trading.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 25 octets; TotalView-ITCH 5.0, section 4.2.2.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'H'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  stock                   alpha
 *      19      1  trading state           alpha
 *      20      1  reserved                alpha
 *      21      4  reason                  alpha
 * </pre>
 */
public final class StockTradingActionFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 25;

    static final int STOCK_OFFSET = 11;
    static final int TRADING_STATE_OFFSET = 19;
    static final int RESERVED_OFFSET = 20;
    static final int REASON_OFFSET = 21;

    StockTradingActionFlyweight(MessageMemory memory) {
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
     * The trading state.
     *
     * @return H, P, Q or T.
     */
    public byte tradingState() {
        return int8(TRADING_STATE_OFFSET);
    }

    /**
     * The reserved.
     *
     * @return not used.
     */
    public byte reserved() {
        return int8(RESERVED_OFFSET);
    }

    /**
     * The reason.
     *
     * @return the code of Nasdaq's appendix: four ASCII octets padded with blanks, the first in the high byte.
     */
    public int reason() {
        return int32(REASON_OFFSET);
    }
}
