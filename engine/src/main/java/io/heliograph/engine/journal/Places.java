// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The places of a cycle: in a file beside it that the appender writes and everybody reads; or where that is missing or
 * damaged and may not be mended, in memory.
 *
 * <p>The file holds nothing that the cycle does not: it can be made again at any time. Its first entry is the cycle's first
 * record; an entry that was cut is left out.
 *
 * <p><b>Thread:</b> one owner; one writer and many readers of a file.
 *
 * <p><b>Allocation:</b> none but what grows in memory.
 */
final class Places implements AutoCloseable {
    private static final int FIRST_CAPACITY = 256 * Place.LENGTH;

    private final Path file;
    private final @Nullable FileChannel channel;
    private final Place place = new Place();
    private byte[] memory = {};
    private long count;

    private Places(Path file, @Nullable FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens a cycle's file to write behind what is there. */
    static Places append(Path directory, int cycle) {
        Path file = Cycles.places(directory, cycle);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Places places = new Places(file, channel);
            places.count = channel.size() / Place.LENGTH;
            return places;
        } catch (IOException refused) {
            throw unusable(file, refused);
        }
    }

    /** Opens a cycle's file to read; empty where there is none. */
    static Optional<Places> read(Path directory, int cycle) {
        Path file = Cycles.places(directory, cycle);
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Places(file, FileChannel.open(file, StandardOpenOption.READ)));
        } catch (IOException refused) {
            throw unusable(file, refused);
        }
    }

    /** To be filled by a walk over the cycle. */
    static Places inMemory(Path directory, int cycle) {
        return new Places(Cycles.places(directory, cycle), null);
    }

    /** Looks how many entries there are by now. */
    long refresh() {
        FileChannel open = channel;
        if (open != null) {
            try {
                count = open.size() / Place.LENGTH;
            } catch (IOException refused) {
                throw unusable(file, refused);
            }
        }
        return count;
    }

    long count() {
        return count;
    }

    /** Reads an entry into {@link #place}; false when it is damaged. */
    boolean load(long entry) {
        try {
            ByteBuffer into = place.whole();
            FileChannel open = channel;
            if (open == null) {
                into.put(memory, (int) entry * Place.LENGTH, Place.LENGTH);
            } else if (open.read(into, entry * Place.LENGTH) != Place.LENGTH) {
                return false;
            }
            return place.isSound();
        } catch (IOException refused) {
            throw unusable(file, refused);
        }
    }

    /** The entry that was loaded. */
    Place place() {
        return place;
    }

    void add(long record, long sequence, long epoch, long latestSentNs, long position) {
        ByteBuffer entry = place.set(record, sequence, epoch, latestSentNs, position);
        FileChannel open = channel;
        if (open == null) {
            int at = (int) count * Place.LENGTH;
            if (at == memory.length) {
                memory = Arrays.copyOf(memory, Math.max(FIRST_CAPACITY, memory.length * 2));
            }
            entry.get(memory, at, Place.LENGTH);
        } else {
            write(open, entry);
        }
        count++;
    }

    /** Forgets all entries from one on. */
    void truncate(long entries) {
        count = entries;
        FileChannel open = channel;
        if (open != null) {
            try {
                open.truncate(entries * Place.LENGTH);
            } catch (IOException refused) {
                throw unusable(file, refused);
            }
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException refused) {
            throw unusable(file, refused);
        }
    }

    private void write(FileChannel open, ByteBuffer entry) {
        try {
            open.write(entry, count * Place.LENGTH);
        } catch (IOException refused) {
            throw unusable(file, refused);
        }
    }

    private static JournalException unusable(Path file, IOException cause) {
        return new JournalException(
                "cannot use " + file + " (" + JournalQueue.inOneLine(cause)
                        + "); check that this user may use it and that the disk is not full",
                cause);
    }
}
