// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * CRC-32C (Castagnoli, RFC 3720 appendix B.4), straight from the buffer that holds the octets where the JDK can reach it, else from a copy.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> a view when a buffer is met for the first time: with a new image, not with a packet.
 */
@SuppressWarnings("ReferenceEquality") // The same memory is asked for, not the same content.
public final class BufferCrc {
    private static final int VIEWS = 16;
    private static final int CHUNK = 4096;

    private final CRC32C crc = new CRC32C();
    private final @Nullable ByteBuffer[] buffers = new ByteBuffer[VIEWS];
    private final @Nullable ByteBuffer[] views = new ByteBuffer[VIEWS];
    private byte[] chunk = new byte[0];
    private int last;
    private int oldest;

    /** A computation of its own; to be kept. */
    public BufferCrc() {}

    /**
     * The CRC of some octets.
     *
     * @param buffer holds them.
     * @param offset of the first.
     * @param length how many.
     * @return its 32 bits.
     */
    public int of(DirectBuffer buffer, int offset, int length) {
        reset();
        update(buffer, offset, length);
        return value();
    }

    /** Nothing was taken so far. */
    public void reset() {
        crc.reset();
    }

    /**
     * Takes further octets.
     *
     * @param buffer holds them.
     * @param offset of the first.
     * @param length how many.
     */
    public void update(DirectBuffer buffer, int offset, int length) {
        ByteBuffer bytes = buffer.byteBuffer();
        byte[] array = buffer.byteArray();
        if (bytes != null) {
            int from = buffer.wrapAdjustment() + offset;
            ByteBuffer view = buffers[last] == bytes ? views[last] : viewOf(bytes);
            if (view != null) {
                view.limit(from + length).position(from);
                crc.update(view);
            }
        } else if (array != null) {
            crc.update(array, buffer.wrapAdjustment() + offset, length);
        } else {
            copied(buffer, offset, length);
        }
    }

    /**
     * The CRC of what was taken.
     *
     * @return its 32 bits.
     */
    public int value() {
        return (int) crc.getValue();
    }

    private void copied(DirectBuffer buffer, int offset, int length) {
        if (chunk.length == 0) {
            chunk = new byte[CHUNK];
        }
        for (int done = 0; done < length; done += CHUNK) {
            int part = Math.min(CHUNK, length - done);
            buffer.getBytes(offset + done, chunk, 0, part);
            crc.update(chunk, 0, part);
        }
    }

    private @Nullable ByteBuffer viewOf(ByteBuffer bytes) {
        for (int i = 0; i < VIEWS; i++) {
            if (buffers[i] == bytes) {
                last = i;
                return views[i];
            }
        }
        last = oldest;
        oldest = (oldest + 1) % VIEWS;
        buffers[last] = bytes;
        views[last] = bytes.duplicate();
        return views[last];
    }
}
