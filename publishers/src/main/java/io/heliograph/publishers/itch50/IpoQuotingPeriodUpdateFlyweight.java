// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * When quotation of a new issue begins.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 28 octets; TotalView-ITCH 5.0, section 4.2.6.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'K'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  stock                   alpha
 *      19      4  release time s          integer
 *      23      1  release qualifier       alpha
 *      24      4  ipo price               price (4)
 * </pre>
 */
public final class IpoQuotingPeriodUpdateFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 28;

    static final int STOCK_OFFSET = 11;
    static final int RELEASE_TIME_S_OFFSET = 19;
    static final int RELEASE_QUALIFIER_OFFSET = 23;
    static final int IPO_PRICE_OFFSET = 24;

    IpoQuotingPeriodUpdateFlyweight(MessageMemory memory) {
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
     * The release time s.
     *
     * @return seconds since midnight, New York.
     */
    public long releaseTimeS() {
        return uint32(RELEASE_TIME_S_OFFSET);
    }

    /**
     * The release qualifier.
     *
     * @return A anticipated, C cancelled.
     */
    public byte releaseQualifier() {
        return int8(RELEASE_QUALIFIER_OFFSET);
    }

    /**
     * The ipo price.
     *
     * @return in 1/10,000 dollar.
     */
    public long ipoPrice() {
        return uint32(IPO_PRICE_OFFSET);
    }
}
