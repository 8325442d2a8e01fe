// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The CRC-32C of a range of messages, fed a packet at a time straight from the buffer that holds it.
 *
 * <p>The JDK's CRC is an intrinsic on direct memory but wants a {@code ByteBuffer} at the right position; so one duplicate
 * of each underlying buffer (an image has three) is kept.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> a view when a buffer is met for the first time: with a new image, not with a packet.
 */
@SuppressWarnings("ReferenceEquality") // The same memory is asked for, not the same content.
final class RangeCrc {
    private static final int VIEWS = 16;

    private final CRC32C crc = new CRC32C();
    private final @Nullable ByteBuffer[] buffers = new ByteBuffer[VIEWS];
    private final @Nullable ByteBuffer[] views = new ByteBuffer[VIEWS];
    private int last;
    private int oldest;

    void reset() {
        crc.reset();
    }

    int value() {
        return (int) crc.getValue();
    }

    void update(DirectBuffer buffer, int offset, int length) {
        ByteBuffer bytes = buffer.byteBuffer();
        int from = buffer.wrapAdjustment() + offset;
        if (bytes == null) {
            crc.update(buffer.byteArray(), from, length);
            return;
        }
        ByteBuffer view = buffers[last] == bytes ? views[last] : viewOf(bytes);
        if (view != null) {
            view.limit(from + length).position(from);
            crc.update(view);
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
