// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.agrona.CloseHelper;

/**
 * What earlier appenders have left in a journal, as the next one takes it over: learns how far it has come, completes its places, and
 * closes its cycles for good. A closed one is never written to again, nor opened by the queue, so that no damage in it reaches further
 * than what is damaged.
 *
 * <p><b>Thread:</b> one owner, who holds the journal's lock.
 */
final class EarlierCycles {
    private static final int END_MARK = 0xC000_0000;

    private final JournalContext context;
    private final Path directory;
    private final Consumer<String> warnings;
    private final JournalEnd end = new JournalEnd();

    EarlierCycles(JournalContext context, Path directory, Consumer<String> warnings) {
        this.context = context;
        this.directory = directory;
        this.warnings = warnings;
    }

    /**
     * Closes them.
     *
     * @return how far they have come.
     * @throws JournalException when they are another stream's, or cannot be written to.
     */
    JournalEnd close() {
        CycleList list = new CycleList(directory);
        for (int cycle : list.now()) {
            try (RecordCursor cursor = RecordCursor.quiet(directory, list);
                    Places places = Places.append(directory, cycle)) {
                CycleWalk walk = new CycleWalk(cursor, end);
                walk.over(cycle, places);
                if (walk.stream() != CycleWalk.NO_STREAM && walk.stream() != context.streamId()) {
                    throw otherStream(walk.stream());
                }
                Path live = Cycles.live(directory, cycle);
                if (Files.exists(live)) {
                    warn(walk, live);
                    close(live, cycle, walk.problem().isEmpty() ? cursor.end() : -1);
                }
            }
        }
        return end;
    }

    /** Closes cycles that are read from the start only: without places, and without a look at what is in them. */
    static void closeUnread(Path directory) {
        for (int cycle : Cycles.in(directory)) {
            Path live = Cycles.live(directory, cycle);
            if (Files.exists(live)) {
                close(live, Cycles.closed(directory, cycle));
            }
        }
    }

    /** When the first cycle may begin that is none of those in a directory; ms since the Unix epoch. */
    static long freeFromMs(Path directory) {
        int[] cycles = Files.isDirectory(directory) ? Cycles.in(directory) : new int[0];
        return cycles.length == 0 ? Cycles.EPOCH_MS : Cycles.beginMs(cycles[cycles.length - 1] + 1);
    }

    private void warn(CycleWalk walk, Path file) {
        if (!walk.problem().isEmpty()) {
            warnings.accept("journal of stream " + context.stream() + ": " + walk.problem() + " (" + file
                    + "); journal verify says more");
        }
    }

    /** Readers go on at a mark without looking for what may be behind it: it is set where nothing is. */
    private void close(Path live, int cycle, long endOfRecords) {
        if (endOfRecords > 0) {
            ByteBuffer mark = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            mark.putInt(0, END_MARK);
            FileChannel channel = null;
            try {
                channel = FileChannel.open(live, StandardOpenOption.WRITE);
                channel.write(mark, endOfRecords);
            } catch (IOException refused) {
                throw JournalQueue.unusable(directory, refused);
            } finally {
                CloseHelper.quietClose(channel);
            }
        }
        close(live, Cycles.closed(directory, cycle));
    }

    private static void close(Path live, Path closed) {
        try {
            Files.move(live, closed);
        } catch (IOException refused) {
            throw JournalQueue.unusable(live, refused);
        }
    }

    private JournalException otherStream(long found) {
        return new JournalException("the journal in " + directory + " is of stream id " + found + ", not of "
                + context.streamId() + " (" + context.stream()
                + "); move it away, or give the engine another directory");
    }
}
