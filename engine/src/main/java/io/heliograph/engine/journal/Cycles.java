// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.agrona.collections.IntArrayList;

/**
 * The cycles of a journal: a file each, begun with the first packet of an hour, UTC, and with the first packet of a new appender;
 * named by the second in which it was begun, which is also its number here: seconds since 2020.
 *
 * <p>The queue knows only files of the appender that runs: those of earlier ones bear another suffix, so that nothing in them is
 * opened, believed or written to any more.
 *
 * <p><b>Thread:</b> immutable.
 */
final class Cycles {
    /** 2020-01-01, UTC, ms since the Unix epoch. */
    static final long EPOCH_MS = 1_577_836_800_000L;

    /** A number lasts so long. */
    static final long UNIT_MS = 1_000L;

    static final long HOUR_MS = 3_600_000L;

    private static final String LIVE_SUFFIX = ".cq4";
    private static final String CLOSED_SUFFIX = ".cycle";
    private static final String PLACES_SUFFIX = ".places";
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern(JournalRoll.FORMAT, Locale.ROOT);

    private Cycles() {}

    /** When a cycle was begun, ms since the Unix epoch. */
    static long beginMs(int cycle) {
        return EPOCH_MS + cycle * UNIT_MS;
    }

    /** A cycle's file, whatever it is called at the moment; what it was called first when there is none. */
    static Path file(Path directory, int cycle) {
        Path closed = closed(directory, cycle);
        return Files.exists(closed) ? closed : live(directory, cycle);
    }

    /** What a cycle's file is called while the appender runs that has begun it. */
    static Path live(Path directory, int cycle) {
        return directory.resolve(name(cycle) + LIVE_SUFFIX);
    }

    /** What a cycle's file is called from the next appender's start on. */
    static Path closed(Path directory, int cycle) {
        return directory.resolve(name(cycle) + CLOSED_SUFFIX);
    }

    static Path places(Path directory, int cycle) {
        return directory.resolve(name(cycle) + PLACES_SUFFIX);
    }

    static String name(int cycle) {
        return LocalDateTime.ofEpochSecond(beginMs(cycle) / UNIT_MS, 0, ZoneOffset.UTC)
                .format(NAME);
    }

    /** The cycles that have a file, from the oldest on. */
    static int[] in(Path directory) {
        IntArrayList found = new IntArrayList();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                int dot = name.indexOf('.');
                boolean isCycle = dot > 0 && (name.endsWith(LIVE_SUFFIX) || name.endsWith(CLOSED_SUFFIX));
                int cycle = isCycle ? cycleOf(name.substring(0, dot)) : -1;
                if (cycle >= 0) {
                    found.addInt(cycle);
                }
            }
        } catch (IOException unreadable) {
            throw new JournalException(
                    "cannot list the journal " + directory + " (" + unreadable + "); check that this user may read it",
                    unreadable);
        }
        int[] cycles = found.toIntArray();
        Arrays.sort(cycles);
        // One that was renamed meanwhile may have been seen twice.
        return IntStream.of(cycles).distinct().toArray();
    }

    private static int cycleOf(String name) {
        try {
            long second = LocalDateTime.parse(name, NAME).toEpochSecond(ZoneOffset.UTC) - EPOCH_MS / UNIT_MS;
            return second > Integer.MAX_VALUE ? -1 : (int) second;
        } catch (DateTimeParseException foreign) {
            return -1;
        }
    }
}
