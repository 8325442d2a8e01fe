// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * The collar of an auction after a limit up, limit down pause.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 35 octets; TotalView-ITCH 5.0, section 4.2.7.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'J'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  stock                   alpha
 *      19      4  reference price         price (4)
 *      23      4  upper price             price (4)
 *      27      4  lower price             price (4)
 *      31      4  extension               integer
 * </pre>
 */
public final class LuldAuctionCollarFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 35;

    static final int STOCK_OFFSET = 11;
    static final int REFERENCE_PRICE_OFFSET = 19;
    static final int UPPER_PRICE_OFFSET = 23;
    static final int LOWER_PRICE_OFFSET = 27;
    static final int EXTENSION_OFFSET = 31;

    LuldAuctionCollarFlyweight(MessageMemory memory) {
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
     * The reference price.
     *
     * @return in 1/10,000 dollar.
     */
    public long referencePrice() {
        return uint32(REFERENCE_PRICE_OFFSET);
    }

    /**
     * The upper price.
     *
     * @return in 1/10,000 dollar.
     */
    public long upperPrice() {
        return uint32(UPPER_PRICE_OFFSET);
    }

    /**
     * The lower price.
     *
     * @return in 1/10,000 dollar.
     */
    public long lowerPrice() {
        return uint32(LOWER_PRICE_OFFSET);
    }

    /**
     * The extension.
     *
     * @return how often the collar was widened.
     */
    public long extension() {
        return uint32(EXTENSION_OFFSET);
    }
}
