// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.binaryfile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the messages of a BinaryFILE one by one, from a plain file or gzip.
 *
 * <pre>{@code
 * try (BinaryFileReader reader = BinaryFileReader.open(file)) {
 *     while (reader.next()) {
 *         decoder.wrap(reader.buffer(), reader.offset(), reader.length());
 *     }
 * }
 * }</pre>
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction: 4 MiB outside the heap.
 *
 * <p><b>Layout:</b> big-endian, any number of:
 *
 * <pre>
 *   0        1        2
 *  +--------+--------+----------------------+
 *  |     length      | message              |
 *  +--------+--------+----------------------+
 * </pre>
 *
 * A length of 0 marks the end of the session and is the last of its file, where it is written at all.
 *
 * <p><b>Failure:</b> {@link BinaryFileException}: no such file, a directory, an empty file, one that ends within a length
 * or a message, octets behind the end of the session, gzip cut short or corrupt. All messages ahead of the mistake have
 * been read by then.
 */
public final class BinaryFileReader implements AutoCloseable {
    private static final int BUFFER_LENGTH = 1 << 22;

    private final Path file;
    private final FileOctets octets;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

    /** Of the content, at octet 0 of the buffer. */
    private long bufferPosition;

    private int at;
    private int limit;
    private int offset;
    private int length;
    private boolean isEnded;

    private BinaryFileReader(Path file, FileOctets octets) {
        this.file = file;
        this.octets = octets;
    }

    /**
     * Opens a file.
     *
     * @param file plain or gzip: its first octets tell.
     * @return a reader ahead of the first message.
     * @throws BinaryFileException when it cannot be read or is empty.
     */
    public static BinaryFileReader open(Path file) {
        BinaryFileReader reader = new BinaryFileReader(file, FileOctets.open(file));
        try {
            if (!reader.has(1)) {
                throw new BinaryFileException(
                        file, BinaryFileException.NOWHERE, "is empty: it holds no message; get the file anew");
            }
            return reader;
        } catch (BinaryFileException refused) {
            reader.close();
            throw refused;
        }
    }

    /**
     * Goes to the next message.
     *
     * @return false at the end of the file or of its session.
     * @throws BinaryFileException when the file is cut short or corrupt here.
     */
    public boolean next() {
        if (limit - at < Short.BYTES && !has(Short.BYTES)) {
            return isEnd();
        }
        int messageLength = buffer.getShort(at, ByteOrder.BIG_ENDIAN) & 0xFFFF;
        if (limit - at - Short.BYTES < messageLength && !has(Short.BYTES + messageLength)) {
            throw new BinaryFileException(
                    file,
                    position(),
                    "a message of " + messageLength + " octets runs over the end of the file, which has "
                            + (limit - at - Short.BYTES) + " more; it is cut short or no BinaryFILE");
        }
        if (messageLength == 0 || isEnded) {
            return endOfSession();
        }
        offset = at + Short.BYTES;
        length = messageLength;
        at = offset + messageLength;
        return true;
    }

    /**
     * What the message at hand lies in.
     *
     * @return a buffer whose content is valid until the next call of {@link #next}.
     */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * Where the message at hand begins.
     *
     * @return an offset in {@link #buffer}.
     */
    public int offset() {
        return offset;
    }

    /**
     * The message's length as the file gives it.
     *
     * @return octets, 1 to 65,535.
     */
    public int length() {
        return length;
    }

    /**
     * Where the next message's length field stands in the content (of a gzip file: in what it unpacks to).
     *
     * @return octets from the beginning.
     */
    public long position() {
        return bufferPosition + at;
    }

    /**
     * How much of the file was read, for progress: of a gzip file in compressed octets.
     *
     * @return octets, up to {@link #fileLength}.
     */
    public long consumed() {
        return octets.consumed();
    }

    /**
     * The file's length.
     *
     * @return octets.
     */
    public long fileLength() {
        return octets.fileLength();
    }

    @Override
    public void close() {
        octets.close();
    }

    /** Whether so many octets lie in the buffer from the current one on; reads on until they do or the file ends. */
    private boolean has(int count) {
        if (at > 0) {
            bytes.limit(limit).position(at);
            bytes.compact();
            bufferPosition += at;
            limit -= at;
            at = 0;
        }
        bytes.clear();
        bytes.position(limit);
        while (limit < count) {
            int read = octets.read(bytes, bufferPosition + limit);
            if (read < 0) {
                return false;
            }
            limit += read;
        }
        return true;
    }

    private boolean isEnd() {
        if (limit != at) {
            throw new BinaryFileException(
                    file, position(), "the file ends within a message's length; it is cut short or no BinaryFILE");
        }
        return false;
    }

    private boolean endOfSession() {
        isEnded = true;
        if (limit - at > Short.BYTES || has(Short.BYTES + 1)) {
            throw new BinaryFileException(
                    file,
                    position(),
                    "a length of 0 marks the end of the session, and more octets follow; they are not read");
        }
        return false;
    }
}
