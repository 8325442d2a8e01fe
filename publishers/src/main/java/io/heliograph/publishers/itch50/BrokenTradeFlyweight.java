// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * A match is void.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 19 octets; TotalView-ITCH 5.0, section 4.5.3.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'B'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      8  match number            integer
 * </pre>
 */
public final class BrokenTradeFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 19;

    static final int MATCH_NUMBER_OFFSET = 11;

    BrokenTradeFlyweight(MessageMemory memory) {
        super(memory);
    }

    /**
     * The match number.
     *
     * @return of the match that is void.
     */
    public long matchNumber() {
        return int64(MATCH_NUMBER_OFFSET);
    }
}
