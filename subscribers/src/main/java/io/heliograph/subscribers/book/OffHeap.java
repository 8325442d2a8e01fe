// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Off-heap memory that begins on a cache line, zeroed, and grows by being copied: the one place of this room that asks
 * the system for memory.
 *
 * <p><b>Thread:</b> any thread.
 *
 * <p><b>Failure:</b> where the JVM gives no more direct memory while books grow, the old memory stays and the caller
 * counts what found no room; at construction the JVM's own error says so.
 */
final class OffHeap {
    private OffHeap() {}

    /**
     * Gives a buffer its first memory.
     *
     * @param buffer to wrap it.
     * @param bytes wanted, up to 1 GiB.
     * @return the owner of the memory, for {@link BufferUtil#free(ByteBuffer)}.
     */
    static ByteBuffer allocate(UnsafeBuffer buffer, long bytes) {
        ByteBuffer memory = ByteBuffer.allocateDirect((int) bytes + BitUtil.CACHE_LINE_LENGTH);
        wrap(buffer, memory, bytes);
        return memory;
    }

    /**
     * Gives a buffer more memory: its content is kept and the rest zeroed, but the old memory is not freed.
     *
     * @param buffer that wraps the old memory.
     * @param bytes of the old memory that stay.
     * @param moreBytes wanted.
     * @return the owner of the new memory; null when there is none, and nothing has changed.
     */
    static @Nullable ByteBuffer grow(UnsafeBuffer buffer, int bytes, long moreBytes) {
        ByteBuffer memory;
        try {
            memory = ByteBuffer.allocateDirect((int) moreBytes + BitUtil.CACHE_LINE_LENGTH);
        } catch (OutOfMemoryError noMoreDirectMemory) {
            return null;
        }
        buffer.getBytes(0, memory, aligned(memory), bytes);
        wrap(buffer, memory, moreBytes);
        return memory;
    }

    private static void wrap(UnsafeBuffer buffer, ByteBuffer memory, long bytes) {
        buffer.wrap(memory, aligned(memory), (int) bytes);
    }

    private static int aligned(ByteBuffer memory) {
        return (int) -BufferUtil.address(memory) & (BitUtil.CACHE_LINE_LENGTH - 1);
    }
}
