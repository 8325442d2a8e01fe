// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * REJECT and BYE, the last frames of their senders: why the connection ends.
 *
 * <p><b>Thread:</b> static functions over bytes; any thread that may touch the bytes.
 *
 * <p><b>Allocation:</b> none.
 *
 * <p><b>Layout:</b> little-endian, behind the header of {@link LinkFrame}.
 *
 * <pre>
 *   8  u16  code: link.session.RejectCode for a REJECT, 0 for a BYE
 *  10  u16  length of the words, 0 to 1,000
 *  12       words, UTF-8: for people, and never to be acted upon
 * </pre>
 */
public final class FarewellFlyweight {
    /** Where the u16 code is. */
    public static final int CODE_OFFSET = 8;

    /** Where the u16 length of the words is. */
    public static final int WORDS_LENGTH_OFFSET = 10;

    /** Where the words begin. */
    public static final int WORDS_OFFSET = 12;

    /** The longest words, octets. */
    public static final int MAX_WORDS_LENGTH = 1_000;

    private FarewellFlyweight() {}

    /**
     * Writes all but the words.
     *
     * @param buffer where the frame is built.
     * @param offset of its first octet.
     * @param type {@link LinkFrame#REJECT} or {@link LinkFrame#BYE}.
     * @param code why.
     * @param wordsLength octets of the words, which are to be written at {@link #WORDS_OFFSET}.
     * @return the frame's length.
     */
    public static int encode(MutableDirectBuffer buffer, int offset, int type, int code, int wordsLength) {
        int length = WORDS_OFFSET + wordsLength;
        LinkFrame.header(buffer, offset, length, type, 0);
        buffer.putShort(offset + CODE_OFFSET, (short) code, LITTLE_ENDIAN);
        buffer.putShort(offset + WORDS_LENGTH_OFFSET, (short) wordsLength, LITTLE_ENDIAN);
        return length;
    }

    /**
     * Why the sender ends the connection.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return 0 to 65,535.
     */
    public static int code(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + CODE_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * The length of the words.
     *
     * @param buffer holds the frame.
     * @param offset of its first octet.
     * @return octets; 0 to 1,000 in a frame that was checked.
     */
    public static int wordsLength(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + WORDS_LENGTH_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }
}
