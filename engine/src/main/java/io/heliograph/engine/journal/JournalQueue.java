// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * Opens the queue beneath a journal: what of Chronicle Queue is set, in one place. It writes; what it has written is read by
 * {@link RecordCursor}, without it.
 *
 * <p>Blocks of 64 MiB, because smaller ones are mapped too often at full rate.
 *
 * <p><b>Thread:</b> any; the appender belongs to the thread that uses it.
 */
final class JournalQueue {
    /** A record has to fit a block's overlap, a quarter of it. */
    static final long BLOCK_LENGTH = 64L << 20;

    /** Held, or the logging forgets its level: what is worth a line to people is told by exceptions and warnings of ours. */
    private static final Logger QUEUE_LOGGER = Logger.getLogger("net.openhft");

    static {
        QUEUE_LOGGER.setLevel(Level.SEVERE);
    }

    private JournalQueue() {}

    /**
     * To append; the caller holds the directory's lock, and has seen to it that no cycle of an earlier appender bears a name that
     * the queue knows. So it finds nothing, whatever was killed or damaged before: its own file goes as well, with locks that know
     * a process by its number alone.
     */
    static SingleChronicleQueue append(Path directory, JournalClock clock) {
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(directory.resolve(SingleChronicleQueue.QUEUE_METADATA_FILE));
            return SingleChronicleQueueBuilder.binary(directory)
                    .rollCycle(new JournalRoll())
                    .epoch(Cycles.EPOCH_MS)
                    .indexSpacing(Place.SPACING)
                    .blockSize(BLOCK_LENGTH)
                    .checkInterrupts(false)
                    .timeProvider(clock::cycleMs)
                    .build();
        } catch (IOException | RuntimeException refused) {
            throw unusable(directory, refused);
        }
    }

    /** Whether a directory has a journal that can be read, perhaps an empty one. */
    static boolean isThere(Path directory) {
        return Files.isRegularFile(directory.resolve(StreamJournal.LOCK))
                || (Files.isDirectory(directory) && Cycles.in(directory).length > 0);
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
}
