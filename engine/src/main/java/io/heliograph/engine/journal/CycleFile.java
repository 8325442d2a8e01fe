// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * A cycle's file as readers see it: by calls, never by a mapping, so that one that was cut, or whose disk does not answer, is an
 * answer and not a fault of memory. One that is removed while it is open can be read on.
 *
 * <p><b>Thread:</b> one owner: the reader's.
 *
 * <p><b>Allocation:</b> none after construction but with the first look at its places.
 */
final class CycleFile implements AutoCloseable {
    private final Path directory;
    private final int cycle;
    private final FileChannel channel;
    private @Nullable Places places;

    private CycleFile(Path directory, int cycle, FileChannel channel) {
        this.directory = directory;
        this.cycle = cycle;
        this.channel = channel;
    }

    /** Opens a cycle's file; null when it is not there any longer. */
    static @Nullable CycleFile open(Path directory, int cycle) {
        try {
            // In the order in which it is renamed.
            FileChannel channel = opened(Cycles.live(directory, cycle));
            channel = channel == null ? opened(Cycles.closed(directory, cycle)) : channel;
            return channel == null ? null : new CycleFile(directory, cycle, channel);
        } catch (IOException refused) {
            throw unreadable(directory, cycle, refused);
        }
    }

    /** Reads what there is from a position on; the octets read, 0 at the end. */
    int read(ByteBuffer into, long at) {
        try {
            int total = 0;
            while (into.hasRemaining()) {
                int read = channel.read(into, at + total);
                if (read <= 0) {
                    break;
                }
                total += read;
            }
            return total;
        } catch (IOException failed) {
            throw unreadable(directory, cycle, failed);
        }
    }

    long size() {
        try {
            return channel.size();
        } catch (IOException failed) {
            throw unreadable(directory, cycle, failed);
        }
    }

    /** Whether the cycle's places name a record from a position on. */
    boolean isNamedFrom(long position) {
        Places known = places;
        if (known == null) {
            known = Places.read(directory, cycle).orElse(null);
            places = known;
        }
        if (known == null) {
            return false;
        }
        for (long entry = known.refresh() - 1; entry >= 0; entry--) {
            if (known.load(entry)) {
                return known.place().position() >= position;
            }
        }
        return false;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(channel, places);
    }

    private static @Nullable FileChannel opened(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException absent) {
            return null;
        }
    }

    private static JournalException unreadable(Path directory, int cycle, IOException failed) {
        return new JournalException(
                "cannot read " + Cycles.file(directory, cycle) + " (" + JournalQueue.inOneLine(failed)
                        + "); check that this user may read it and that its disk answers",
                failed);
    }
}
