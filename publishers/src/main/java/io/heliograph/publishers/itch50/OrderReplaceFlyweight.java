// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * An order left and a new one took its side, stock and attribution.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 35 octets; TotalView-ITCH 5.0, section 4.4.5.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'U'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  original reference      integer
 *      19      8  new reference           integer
 *      27      4  shares                  integer
 *      31      4  price                   price (4)
 * </pre>
 */
public final class OrderReplaceFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 35;

    static final int ORIGINAL_REFERENCE_OFFSET = 11;
    static final int NEW_REFERENCE_OFFSET = 19;
    static final int SHARES_OFFSET = 27;
    static final int PRICE_OFFSET = 31;

    OrderReplaceFlyweight(MessageMemory memory) {
        super(memory);
    }

    /**
     * The original reference.
     *
     * @return of the order that goes.
     */
    public long originalReference() {
        return int64(ORIGINAL_REFERENCE_OFFSET);
    }

    /**
     * The new reference.
     *
     * @return of the order that comes.
     */
    public long newReference() {
        return int64(NEW_REFERENCE_OFFSET);
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
     * The price.
     *
     * @return in 1/10,000 dollar.
     */
    public long price() {
        return uint32(PRICE_OFFSET);
    }
}
