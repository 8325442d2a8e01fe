// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Has the system find pages for what will be appended soon, so that the appending thread does not wait for them: as much ahead
 * as was appended in the last {@value #AHEAD} looks, so that a slow stream's file takes no room for nothing.
 *
 * <p>By a mapping of its own: the queue may take its own away at any moment. Adding nothing to a word leaves it as it is,
 * whoever writes to it meanwhile, and makes the page one that is written to.
 *
 * <p><b>Thread:</b> one owner: the keeper's.
 */
final class PageTouch implements AutoCloseable {
    private static final int AHEAD = 16;
    private static final int PAGE = 4096;
    private static final long WINDOW = 16L << 20;
    private static final long MOST_AHEAD = 16L << 20;

    private final UnsafeBuffer window = new UnsafeBuffer(0, 0);
    private @Nullable Path file;
    private @Nullable FileChannel channel;
    private @Nullable MappedByteBuffer mapped;
    private long windowStart;
    private long touched;
    private long lastPosition;
    private long pace;

    /**
     * Touches pages ahead.
     *
     * @param cycle the file that is written to.
     * @param position how far it is written, octets.
     * @return pages touched.
     */
    int touch(Path cycle, long position) throws IOException {
        FileChannel open = channel;
        if (open == null || !cycle.equals(file)) {
            close();
            open = FileChannel.open(cycle, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channel = open;
            file = cycle;
            lastPosition = position;
            touched = position;
        }
        pace = Math.max(position - lastPosition, pace - pace / 8);
        lastPosition = position;
        // Never behind the file's end: the queue lengthens it.
        long end = Math.min(position + Math.min(MOST_AHEAD, pace * AHEAD), open.size()) & -PAGE;
        long next = Math.max(touched, position) & -PAGE;
        int pages = 0;
        for (; next < end; next += PAGE) {
            if (mapped == null || next < windowStart || next >= windowStart + window.capacity()) {
                map(open, next & -WINDOW);
            }
            window.getAndAddInt((int) (next - windowStart), 0);
            pages++;
        }
        touched = Math.max(touched, end);
        return pages;
    }

    @Override
    public void close() {
        unmap();
        CloseHelper.quietClose(channel);
        channel = null;
        file = null;
    }

    private void map(FileChannel open, long start) throws IOException {
        unmap();
        MappedByteBuffer made = open.map(MapMode.READ_WRITE, start, Math.min(WINDOW, open.size() - start) & -PAGE);
        mapped = made;
        windowStart = start;
        window.wrap(made);
    }

    private void unmap() {
        window.wrap(0, 0);
        if (mapped != null) {
            IoUtil.unmap(mapped);
            mapped = null;
        }
    }
}
