// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.schema;

import io.heliograph.engine.schema.sbe.InstrumentDefinitionDecoder;
import io.heliograph.engine.schema.sbe.MessageHeaderDecoder;
import io.heliograph.engine.schema.sbe.VenueMessageDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Steps through the normalised messages of one body, having checked first that all of them lie within it.
 *
 * <pre>{@code
 * walker.wrap(buffer, offset, length);
 * while (walker.next()) {
 *     if (walker.templateId() == OrderAddDecoder.TEMPLATE_ID) {
 *         add.wrap(walker.buffer(), walker.blockOffset(), walker.blockLength(), walker.version());
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>The generated decoders believe the header's block length. So a body counts as malformed, and yields nothing, unless
 * every block is at least as long as the version that its header names makes it, and ends, its variable data included,
 * within the body. A longer block is a later version's and is stepped over. A template that this version does not know
 * is skipped by its block length, counted, and never yielded: so a later version gives variable data to a new template
 * only where that is the last of its body.
 *
 * <p><b>Thread:</b> one owner: the thread that handles the stream's messages.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> of a body, little-endian, any number of:
 *
 * <pre>
 *   0             1             2             3             4
 *  +-------------+-------------+-------------+-------------+--------------------+--------------
 *  | blockLength | templateId  | schemaId  1 |   version   | block              | variable data
 *  +-------------+-------------+-------------+-------------+--------------------+--------------
 * </pre>
 *
 * <p><b>Failure:</b> {@link #MALFORMED}, counted; nothing is thrown for any octets, none is read beyond the body's end.
 */
public final class SchemaWalker {
    /** The body is no sequence of whole messages of the schema. */
    public static final int MALFORMED = -1;

    private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int NOT_WHOLE = -1;

    private DirectBuffer buffer = new UnsafeBuffer(new byte[0]);
    private int end;
    private int nextOffset;
    private int blockOffset;
    private int header;
    private long malformedCount;
    private long unknownTemplateCount;

    /** Creates a walker that stands at the end of an empty body. */
    public SchemaWalker() {}

    /**
     * Checks a whole body and stands before its first message.
     *
     * @param body holds it; borrowed until the next call.
     * @param offset of the body.
     * @param length of the body in octets, 0 and up.
     * @return messages in it, those of unknown templates among them; {@link #MALFORMED}, and {@link #next} yields nothing.
     */
    public int wrap(DirectBuffer body, int offset, int length) {
        if (buffer != body) {
            buffer = body;
        }
        nextOffset = offset;
        end = offset + length;
        int count = 0;
        int at = offset;
        while (at < end) {
            int messageLength = messageLength(at);
            if (messageLength == NOT_WHOLE) {
                return malformed();
            }
            at += messageLength;
            count++;
        }
        return count;
    }

    /**
     * Goes to the next message of a known template.
     *
     * @return false at the end of the body.
     */
    public boolean next() {
        while (nextOffset < end) {
            int at = nextOffset;
            header = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
            blockOffset = at + HEADER_LENGTH;
            nextOffset = at + wholeLength(at, header);
            if (SchemaVersions.isKnown(templateId())) {
                return true;
            }
            unknownTemplateCount++;
        }
        return false;
    }

    /**
     * Which message it is.
     *
     * @return the {@code TEMPLATE_ID} of one of the generated decoders.
     */
    public int templateId() {
        return header >>> 8 & 0xFF;
    }

    /**
     * The block length to hand to the decoder's {@code wrap}.
     *
     * @return octets, 0 to 255; at least what the message's version demands.
     */
    public int blockLength() {
        return header & 0xFF;
    }

    /**
     * The version to hand to the decoder's {@code wrap}.
     *
     * @return of the schema that the message was written with, 1 to 255.
     */
    public int version() {
        return header >>> 24;
    }

    /**
     * Where the message's block begins: the offset to hand to the decoder's {@code wrap}.
     *
     * @return an offset in {@link #buffer}.
     */
    public int blockOffset() {
        return blockOffset;
    }

    /**
     * Octets of the message with its header and its variable data.
     *
     * @return 5 and up.
     */
    public int encodedLength() {
        return nextOffset - blockOffset + HEADER_LENGTH;
    }

    /**
     * What the body lies in.
     *
     * @return the buffer of the last {@link #wrap}.
     */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * Bodies that were refused.
     *
     * @return bodies so far.
     */
    public long malformedCount() {
        return malformedCount;
    }

    /**
     * Messages of templates that this version of the schema does not know, skipped.
     *
     * @return messages so far.
     */
    public long unknownTemplateCount() {
        return unknownTemplateCount;
    }

    private int malformed() {
        malformedCount++;
        nextOffset = end;
        return MALFORMED;
    }

    private int messageLength(int at) {
        int left = end - at;
        if (left < HEADER_LENGTH) {
            return NOT_WHOLE;
        }
        int word = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
        int blockLength = word & 0xFF;
        int templateId = word >>> 8 & 0xFF;
        if ((word >>> 16 & 0xFF) != MessageHeaderDecoder.SCHEMA_ID
                || blockLength < SchemaVersions.minimumBlockLength(templateId, word >>> 24)
                || HEADER_LENGTH + blockLength + variableHeaderLength(templateId) > left) {
            return NOT_WHOLE;
        }
        int length = wholeLength(at, word);
        return length > left ? NOT_WHOLE : length;
    }

    /** The message's length by its own account; the caller knows that the length field of variable data can be read. */
    private int wholeLength(int at, int word) {
        int fixedLength = HEADER_LENGTH + (word & 0xFF);
        int templateId = word >>> 8 & 0xFF;
        if (templateId == VenueMessageDecoder.TEMPLATE_ID) {
            return fixedLength + Short.BYTES + (buffer.getShort(at + fixedLength, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
        }
        if (templateId == InstrumentDefinitionDecoder.TEMPLATE_ID) {
            return fixedLength + Byte.BYTES + (buffer.getByte(at + fixedLength) & 0xFF);
        }
        return fixedLength;
    }

    private static int variableHeaderLength(int templateId) {
        if (templateId == VenueMessageDecoder.TEMPLATE_ID) {
            return Short.BYTES;
        }
        return templateId == InstrumentDefinitionDecoder.TEMPLATE_ID ? Byte.BYTES : 0;
    }
}
