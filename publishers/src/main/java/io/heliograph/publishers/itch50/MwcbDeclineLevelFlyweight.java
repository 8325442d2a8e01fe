// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * The market-wide circuit breaker's three levels.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 35 octets; TotalView-ITCH 5.0, section 4.2.5.1.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'V'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  level1                  price (8)
 *      19      8  level2                  price (8)
 *      27      8  level3                  price (8)
 * </pre>
 */
public final class MwcbDeclineLevelFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 35;

    static final int LEVEL1_OFFSET = 11;
    static final int LEVEL2_OFFSET = 19;
    static final int LEVEL3_OFFSET = 27;

    MwcbDeclineLevelFlyweight(MessageMemory memory) {
        super(memory);
    }

    /**
     * The level1.
     *
     * @return in 1/100,000,000 of an index point.
     */
    public long level1() {
        return int64(LEVEL1_OFFSET);
    }

    /**
     * The level2.
     *
     * @return in 1/100,000,000 of an index point.
     */
    public long level2() {
        return int64(LEVEL2_OFFSET);
    }

    /**
     * The level3.
     *
     * @return in 1/100,000,000 of an index point.
     */
    public long level3() {
        return int64(LEVEL3_OFFSET);
    }
}
