// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The CRC-32C of a packet, straight from the buffer that holds it where the JDK can reach it, else from a copy.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> a view when a buffer is met for the first time: with a new image, not with a packet.
 */
@SuppressWarnings("ReferenceEquality") // The same memory is asked for, not the same content.
final class PacketCrc {
    private static final int VIEWS = 16;
    private static final int CHUNK = 4096;

    private final CRC32C crc = new CRC32C();
    private final @Nullable ByteBuffer[] buffers = new ByteBuffer[VIEWS];
    private final @Nullable ByteBuffer[] views = new ByteBuffer[VIEWS];
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    private final UnsafeBuffer copy = new UnsafeBuffer(chunk);
    private int last;
    private int oldest;

    int of(DirectBuffer buffer, int offset, int length) {
        crc.reset();
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
        return (int) crc.getValue();
    }

    private void copied(DirectBuffer buffer, int offset, int length) {
        for (int done = 0; done < length; done += CHUNK) {
            int part = Math.min(CHUNK, length - done);
            copy.putBytes(0, buffer, offset + done, part);
            chunk.limit(part).position(0);
            crc.update(chunk);
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
