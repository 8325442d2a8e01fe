// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * A level of the market-wide circuit breaker was breached.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 12 octets; TotalView-ITCH 5.0, section 4.2.5.2.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'W'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      1  breached level          alpha
 * </pre>
 */
public final class MwcbStatusFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 12;

    static final int BREACHED_LEVEL_OFFSET = 11;

    MwcbStatusFlyweight(MessageMemory memory) {
        super(memory);
    }

    /**
     * The breached level.
     *
     * @return 1, 2 or 3.
     */
    public byte breachedLevel() {
        return int8(BREACHED_LEVEL_OFFSET);
    }
}
