// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * An order was executed, in part or whole, at its own price.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 31 octets; TotalView-ITCH 5.0, section 4.4.1.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'E'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  order reference         integer
 *      19      4  executed shares         integer
 *      23      8  match number            integer
 * </pre>
 */
public final class OrderExecutedFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 31;

    static final int ORDER_REFERENCE_OFFSET = 11;
    static final int EXECUTED_SHARES_OFFSET = 19;
    static final int MATCH_NUMBER_OFFSET = 23;

    OrderExecutedFlyweight(MessageMemory memory) {
        super(memory);
    }

    /**
     * The order reference.
     *
     * @return of the order.
     */
    public long orderReference() {
        return int64(ORDER_REFERENCE_OFFSET);
    }

    /**
     * The executed shares.
     *
     * @return shares taken from the order.
     */
    public long executedShares() {
        return uint32(EXECUTED_SHARES_OFFSET);
    }

    /**
     * The match number.
     *
     * @return day-unique number of the match.
     */
    public long matchNumber() {
        return int64(MATCH_NUMBER_OFFSET);
    }
}
