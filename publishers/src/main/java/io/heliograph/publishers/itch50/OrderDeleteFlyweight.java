// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * An order left the book.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 19 octets; TotalView-ITCH 5.0, section 4.4.4.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'D'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  order reference         integer
 * </pre>
 */
public final class OrderDeleteFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 19;

    static final int ORDER_REFERENCE_OFFSET = 11;

    OrderDeleteFlyweight(MessageMemory memory) {
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
}
