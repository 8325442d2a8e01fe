// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * An order lost some of its shares.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 23 octets; TotalView-ITCH 5.0, section 4.4.3.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'X'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  order reference         integer
 *      19      4  cancelled shares        integer
 * </pre>
 */
public final class OrderCancelFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 23;

    static final int ORDER_REFERENCE_OFFSET = 11;
    static final int CANCELLED_SHARES_OFFSET = 19;

    OrderCancelFlyweight(MessageMemory memory) {
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
     * The cancelled shares.
     *
     * @return shares taken away.
     */
    public long cancelledShares() {
        return uint32(CANCELLED_SHARES_OFFSET);
    }
}
