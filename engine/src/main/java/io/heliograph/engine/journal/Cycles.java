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
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;

/**
 * The cycles of a journal's queue: one an hour, UTC, of those hours in which there were packets; how they are called, and
 * what an index is made of.
 *
 * <p><b>Thread:</b> immutable.
 */
final class Cycles {
    /** An hour, 4.3 thousand million records at most. */
    static final RollCycle ROLL = LargeRollCycles.LARGE_HOURLY;

    static final long MILLIS = 3_600_000L;
    private static final long SECONDS = 3_600L;

    private static final String SUFFIX = ".cq4";
    private static final String PLACES_SUFFIX = ".places";
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern(ROLL.format(), Locale.ROOT);

    private Cycles() {}

    static long index(int cycle, long record) {
        return ROLL.toIndex(cycle, record);
    }

    static int cycle(long index) {
        return ROLL.toCycle(index);
    }

    static long record(long index) {
        return ROLL.toSequenceNumber(index);
    }

    static Path file(Path directory, int cycle) {
        return directory.resolve(name(cycle) + SUFFIX);
    }

    static Path places(Path directory, int cycle) {
        return directory.resolve(name(cycle) + PLACES_SUFFIX);
    }

    static String name(int cycle) {
        return LocalDateTime.ofEpochSecond(cycle * SECONDS, 0, ZoneOffset.UTC).format(NAME);
    }

    /** The cycles that have a file, from the oldest on. */
    static int[] in(Path directory) {
        IntStream.Builder found = IntStream.builder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                int cycle = cycleOf(name.substring(0, name.length() - SUFFIX.length()));
                if (cycle >= 0) {
                    found.add(cycle);
                }
            }
        } catch (IOException unreadable) {
            throw new JournalException(
                    "cannot list the journal " + directory + " (" + unreadable + "); check that this user may read it",
                    unreadable);
        }
        int[] cycles = found.build().toArray();
        Arrays.sort(cycles);
        return cycles;
    }

    private static int cycleOf(String name) {
        try {
            return (int) (LocalDateTime.parse(name, NAME).toEpochSecond(ZoneOffset.UTC) / SECONDS);
        } catch (DateTimeParseException foreign) {
            return -1;
        }
    }
}
