// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * Start and end of messages, of system hours and of market hours.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 12 octets; TotalView-ITCH 5.0, section 4.1.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'S'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      1  event code              alpha
 * </pre>
 */
public final class SystemEventFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 12;

    static final int EVENT_CODE_OFFSET = 11;

    SystemEventFlyweight(MessageMemory memory) {
        super(memory);
    }

    /**
     * The event code.
     *
     * @return O, S, Q, M, E or C.
     */
    public byte eventCode() {
        return int8(EVENT_CODE_OFFSET);
    }
}
