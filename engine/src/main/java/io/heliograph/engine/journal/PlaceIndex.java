// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemEpochClock;
import org.jspecify.annotations.Nullable;

/**
 * Finds where in a journal a sequence or a time is: the last place that is not behind it. Searches the cycles that have records
 * first, by their first place, then within one: O(log n) of the journal's records, all but the last few looks at memory.
 *
 * <p>Cycles come and go (hours, retention); the directory's time of change says when to look again.
 *
 * <p><b>Thread:</b> one owner: the reader's.
 *
 * <p><b>Allocation:</b> when cycles have come or gone; and where a cycle has no sound places, what it takes to hold them.
 */
final class PlaceIndex implements AutoCloseable {
    private static final long TICK_MS = 100;

    private final Path directory;
    private final SingleChronicleQueue queue;
    private int[] cycles = {};
    private @Nullable Places[] open = {};
    private @Nullable FileTime listedAt;
    private long foundIndex;
    private long foundPosition;
    private boolean isMadeAgain;

    PlaceIndex(Path directory, SingleChronicleQueue queue) {
        this.directory = directory;
        this.queue = queue;
    }

    /** Whether there is a place that is not behind a sequence; then {@link #index} is the last such. */
    boolean findSequence(long epoch, long sequence) {
        return find(false, epoch, sequence);
    }

    /** Whether there is a place before which nothing was sent at a time or later; then {@link #index} is the last such. */
    boolean findTime(long sentNs) {
        return find(true, sentNs, 0);
    }

    /** The journal's last place. */
    boolean findLast() {
        return findSequence(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Of the record at the place that was found. */
    long index() {
        return foundIndex;
    }

    /** Where the record at the place that was found begins in its cycle's file. */
    long position() {
        return foundPosition;
    }

    /** The cycles that are there, from the oldest on. */
    int[] cycles() {
        refresh();
        return cycles;
    }

    /** A cycle's places, by its position among {@link #cycles}. */
    Places places(int position) {
        Places places = open[position];
        if (places == null) {
            places = opened(cycles[position]);
            open[position] = places;
        }
        return places;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(open);
    }

    private boolean find(boolean isByTime, long major, long minor) {
        refresh();
        boolean isFound;
        do {
            isMadeAgain = false;
            isFound = search(isByTime, major, minor);
        } while (isMadeAgain);
        return isFound;
    }

    private boolean search(boolean isByTime, long major, long minor) {
        int low = 0;
        int high = cycles.length;
        while (low < high && !isMadeAgain) {
            int middle = (low + high) >>> 1;
            if (places(middle).refresh() == 0 || isBehind(middle, 0, isByTime, major, minor)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low > 0 && searchIn(low - 1, isByTime, major, minor);
    }

    private boolean searchIn(int position, boolean isByTime, long major, long minor) {
        long low = 0;
        long high = places(position).count();
        while (low < high && !isMadeAgain) {
            long middle = (low + high) >>> 1;
            if (isBehind(position, middle, isByTime, major, minor)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if (low == 0 || !load(position, low - 1)) {
            return false;
        }
        Place place = places(position).place();
        foundIndex = Cycles.index(cycles[position], place.record());
        foundPosition = place.position();
        return true;
    }

    private boolean isBehind(int position, long entry, boolean isByTime, long major, long minor) {
        if (!load(position, entry)) {
            return true;
        }
        Place place = places(position).place();
        return isByTime ? place.latestSentNs() >= major : place.isAfter(major, minor);
    }

    /** False when the entry is damaged: then the cycle's places were made again, and the search begins again. */
    private boolean load(int position, long entry) {
        if (places(position).load(entry)) {
            return true;
        }
        CloseHelper.close(open[position]);
        open[position] = inMemory(cycles[position]);
        isMadeAgain = true;
        return false;
    }

    private Places opened(int cycle) {
        Places places = Places.read(directory, cycle).orElse(null);
        if (places != null && places.refresh() > 0 && places.load(0)) {
            return places;
        }
        CloseHelper.close(places);
        return inMemory(cycle);
    }

    private Places inMemory(int cycle) {
        Places made = Places.inMemory(directory, cycle);
        try (RecordCursor cursor = new RecordCursor(directory, queue)) {
            new CycleWalk(cursor, new JournalEnd()).over(cycle, made);
        }
        return made;
    }

    private void refresh() {
        FileTime changed = changed();
        if (changed.equals(listedAt)) {
            return;
        }
        int[] now = Cycles.in(directory);
        @Nullable Places[] kept = new Places[now.length];
        for (int i = 0; i < cycles.length; i++) {
            int at = Arrays.binarySearch(now, cycles[i]);
            if (at >= 0) {
                kept[at] = open[i];
            } else {
                CloseHelper.close(open[i]);
            }
        }
        cycles = now;
        open = kept;
        // What is made in the same tick of the file system's clock as this list would not show in the time of change.
        boolean isFresh = SystemEpochClock.INSTANCE.time() - changed.toMillis() < TICK_MS;
        listedAt = isFresh ? null : changed;
    }

    private FileTime changed() {
        try {
            return Files.getLastModifiedTime(directory);
        } catch (IOException gone) {
            throw JournalQueue.unusable(directory, gone);
        }
    }
}
