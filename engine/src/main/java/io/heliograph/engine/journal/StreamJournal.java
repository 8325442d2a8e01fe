// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import io.heliograph.engine.media.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * One stream's journal: a directory with a queue of packets, the places beside it, the packets that came too late in {@code
 * fills}, and the lock of the one process that appends.
 *
 * <p><b>Thread:</b> immutable; any thread, and any process that may read the directory.
 *
 * @param directory of this stream's journal alone.
 */
public record StreamJournal(Path directory) {
    /** Of the one process that appends. */
    static final String LOCK = "appender.lock";

    private static final String FILLS = "fills";

    /**
     * The journal of a stream.
     *
     * @param host the directory of all journals of a host: {@code journal=} of its engine.
     * @param stream its name.
     * @return there or not.
     */
    public static StreamJournal of(Path host, String stream) {
        return new StreamJournal(host.resolve(stream.replace('/', '~')));
    }

    /** Where what came too late is kept. */
    static Path fills(Path directory) {
        return directory.resolve(FILLS);
    }

    /**
     * Whether there is a journal that can be read.
     *
     * @return true once something was appended, or an appender was opened.
     */
    public boolean isThere() {
        return JournalQueue.isThere(directory);
    }

    /**
     * The process that appends to the journal at the moment.
     *
     * @return words for people; empty when nobody does.
     */
    public String appending() {
        Path lock = directory.resolve(LOCK);
        return Files.isWritable(lock)
                ? DirectoryLock.holder(lock).map(DirectoryLock.Holder::toString).orElse("")
                : "";
    }

    /**
     * Opens the journal to read it; the position is its start.
     *
     * @return to be closed by the caller.
     * @throws JournalException when there is none, or it cannot be read.
     */
    public JournalReader reader() {
        if (!isThere()) {
            throw new JournalException("no journal in " + directory + "; journal list DIRECTORY shows what is there");
        }
        return new JournalReader(directory);
    }

    /**
     * Opens a journal to append to it, behind what is there: takes its lock, completes the places, learns how far it has come.
     *
     * @param context the journal.
     * @param warnings told in a line of what is damaged in it, and of what the keeper does that somebody has to know.
     * @return to be closed by the caller.
     * @throws JournalException when it cannot be written to, or another process appends to it.
     */
    public static JournalAppender appender(JournalContext context, Consumer<String> warnings) {
        Path directory = context.directory();
        try {
            Files.createDirectories(directory);
        } catch (IOException refused) {
            throw JournalQueue.unusable(directory, refused);
        }
        if (!Files.isWritable(directory)) {
            throw new JournalException("the journal directory " + directory + " of stream " + context.stream()
                    + " is read-only for this user; the stream is not journaled");
        }
        Path file = directory.resolve(LOCK);
        DirectoryLock lock = DirectoryLock.take(file).orElseThrow(() -> taken(context, file));
        try {
            long freeMs = Math.max(EarlierCycles.freeFromMs(directory), EarlierCycles.freeFromMs(fills(directory)));
            JournalClock clock = new JournalClock(context.clock(), freeMs);
            JournalEnd end = new EarlierCycles(context, directory, warnings).close();
            JournalAppender made = new JournalAppender(context.clock(clock), clock, lock, end, warnings);
            made.keeper().watchOpening();
            made.prepare();
            return made;
        } catch (IOException unknown) {
            CloseHelper.quietClose(lock);
            throw JournalQueue.unusable(directory, unknown);
        } catch (RuntimeException | Error refused) {
            CloseHelper.quietClose(lock);
            throw refused;
        }
    }

    private static JournalException taken(JournalContext context, Path lock) {
        @Nullable
        String holder =
                DirectoryLock.holder(lock).map(DirectoryLock.Holder::toString).orElse("another process");
        return new JournalException("the journal " + context.directory() + " of stream " + context.stream()
                + " is appended to by " + holder + "; one process appends, any number read (lock " + lock + ")");
    }
}
