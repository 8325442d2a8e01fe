// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.agrona.concurrent.SystemEpochClock;
import org.jspecify.annotations.Nullable;

/**
 * Which cycles a journal has: they come and go (hours, restarts, retention), and the directory's time of change says when to look
 * again.
 *
 * <p><b>Thread:</b> one owner: the reader's.
 *
 * <p><b>Allocation:</b> some hundred octets a look.
 */
final class CycleList {
    private static final long TICK_MS = 100;

    private final Path directory;
    private int[] cycles = {};
    private @Nullable FileTime listedAt;

    CycleList(Path directory) {
        this.directory = directory;
    }

    /** The cycles that are there now, from the oldest on; the same array while nothing has changed. */
    int[] now() {
        FileTime changed = changed();
        if (!changed.equals(listedAt)) {
            int[] found = Cycles.in(directory);
            cycles = Arrays.equals(found, cycles) ? cycles : found;
            // What is made in the same tick of the file system's clock as this list would not show in the time of
            // change.
            boolean isFresh = SystemEpochClock.INSTANCE.time() - changed.toMillis() < TICK_MS;
            listedAt = isFresh ? null : changed;
        }
        return cycles;
    }

    /** The first cycle behind one; -1 when there is none so far. */
    int after(int cycle) {
        int[] all = now();
        int at = Arrays.binarySearch(all, cycle);
        int next = at < 0 ? -at - 1 : at + 1;
        return next < all.length ? all[next] : -1;
    }

    private FileTime changed() {
        try {
            return Files.getLastModifiedTime(directory);
        } catch (IOException gone) {
            throw JournalQueue.unusable(directory, gone);
        }
    }
}
