// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.schema;

import io.heliograph.engine.schema.sbe.MessageHeaderDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The key by which messages of the normalised schema are split, conflated and looked up: their instrument.
 *
 * <p>Every message of the schema begins its block with it, so it is read without knowing the message.
 *
 * <p><b>Thread:</b> immutable.
 *
 * <p><b>Allocation:</b> free.
 */
public final class InstrumentKey {
    /** The body is too short to name an instrument. */
    public static final long NONE = -1L;

    private static final int END = MessageHeaderDecoder.ENCODED_LENGTH + Integer.BYTES;

    private InstrumentKey() {}

    /**
     * The instrument of a body's first message; 0 where a message concerns the whole venue.
     *
     * @param buffer holds the body.
     * @param offset of the body.
     * @param length of the body in octets.
     * @return 0 to 4,294,967,295, or {@link #NONE}.
     */
    public static long of(DirectBuffer buffer, int offset, int length) {
        if (length < END) {
            return NONE;
        }
        return buffer.getInt(offset + MessageHeaderDecoder.ENCODED_LENGTH, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }
}
