// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.agrona.concurrent.EpochClock;

/**
 * Opens the queue beneath a journal: what of Chronicle Queue is set, in one place.
 *
 * <p>Blocks of 64 MiB, because smaller ones are mapped too often at full rate; an index entry for every record that has a
 * {@link Place}. A reader opens read-only, so that it works on a directory that it must not write into, never lengthens a file
 * that was cut, and never marks the end of a cycle.
 *
 * <p><b>Thread:</b> any; appenders and cursors belong to the thread that uses them.
 */
final class JournalQueue {
    /** A record has to fit a block's overlap, a quarter of it. */
    static final long BLOCK_LENGTH = 64L << 20;

    private static final List<String> LOCKS = List.of("chronicle.write.lock", "chronicle.append.lock");
    private static final long UNLOCKED = Long.MIN_VALUE;

    /** Held, or the logging forgets its level: what is worth a line to people is told by exceptions and warnings of ours. */
    private static final Logger QUEUE_LOGGER = Logger.getLogger("net.openhft");

    static {
        QUEUE_LOGGER.setLevel(Level.SEVERE);
    }

    private JournalQueue() {}

    /** To append; the caller holds the directory's lock. */
    static SingleChronicleQueue append(Path directory, EpochClock clock) {
        try {
            Files.createDirectories(directory);
            SingleChronicleQueue queue =
                    builder(directory).timeProvider(clock::time).build();
            LOCKS.forEach(lock -> unlock(queue, lock));
            return queue;
        } catch (IOException | RuntimeException refused) {
            throw unusable(directory, refused);
        }
    }

    /**
     * The queue's own locks know a process by its number alone: who was killed has left them locked, and when another process has
     * got that number they would be waited for. The caller's lock says that nobody else appends.
     */
    private static void unlock(SingleChronicleQueue queue, String lock) {
        try (LongValue holder = queue.metaStore().acquireValueFor(lock)) {
            holder.setOrderedValue(UNLOCKED);
        }
    }

    /** To read; the directory has a journal. */
    static SingleChronicleQueue read(Path directory) {
        try {
            return builder(directory).readOnly(true).build();
        } catch (RuntimeException refused) {
            throw unusable(directory, refused);
        }
    }

    /** Whether a directory has a queue that can be read. */
    static boolean isThere(Path directory) {
        return Files.isRegularFile(directory.resolve(SingleChronicleQueue.QUEUE_METADATA_FILE));
    }

    static JournalException unusable(Path directory, Throwable cause) {
        return new JournalException(
                "cannot open the journal " + directory + " (" + inOneLine(cause)
                        + "); check that it is a directory of this user's, on a disk that is not full or read-only",
                cause);
    }

    /** What was thrown, in one line. */
    static String inOneLine(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return root.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
    }

    private static SingleChronicleQueueBuilder builder(Path directory) {
        return SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(Cycles.ROLL)
                .indexSpacing(Place.SPACING)
                .blockSize(BLOCK_LENGTH)
                .checkInterrupts(false);
    }
}
