// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.CloseHelper;

/**
 * Finds where in a journal a sequence or a time is: the last place that is not behind it. Searches the cycles that have records
 * first, by their first place, then within one.
 *
 * <p>Only the places of the last few cycles that were looked into stay open, and of each other one its first place in memory.
 *
 * <p><b>Thread:</b> one owner: the reader's.
 *
 * <p><b>Allocation:</b> when cycles have come or gone, or one is looked into again; and where a cycle has no sound places, what it
 * takes to hold them.
 */
final class PlaceIndex implements AutoCloseable {
    private static final int MOST_OPEN = 4;

    private final Path directory;
    private final CycleList list;
    private final PlaceSearch search = new PlaceSearch();
    private int[] cycles = {};
    private CyclePlaces[] known = {};
    private long looks;
    private int foundCycle;
    private long foundRecord;
    private long foundPosition;

    PlaceIndex(Path directory, CycleList list) {
        this.directory = directory;
        this.list = list;
    }

    /** Whether there is a place that is not behind a sequence; then {@link #cycle} and the others are of the last such. */
    boolean findSequence(long epoch, long sequence) {
        return find(search.sequence(epoch, sequence));
    }

    /** Whether there is a place before which nothing was sent at a time or later; then it is the last such. */
    boolean findTime(long sentNs) {
        return find(search.time(sentNs));
    }

    /** The journal's last place. */
    boolean findLast() {
        return findSequence(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Of the record at the place that was found. */
    int cycle() {
        return foundCycle;
    }

    /** The number in its cycle of the record at the place that was found. */
    long record() {
        return foundRecord;
    }

    /** Where the record at the place that was found begins in its cycle's file. */
    long position() {
        return foundPosition;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(known);
    }

    private boolean find(PlaceSearch sought) {
        refresh();
        int low = 0;
        int high = cycles.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            Place first = known[middle].first(isLast(middle));
            if (first == null || sought.isBehind(first)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low > 0 && findIn(low - 1, sought);
    }

    private boolean findIn(int position, PlaceSearch sought) {
        closeIdle(position);
        Place found = known[position].find(sought, isLast(position));
        if (found == null) {
            return false;
        }
        foundCycle = cycles[position];
        foundRecord = found.record();
        foundPosition = found.position();
        return true;
    }

    /** The cycle that may be appended to. */
    private boolean isLast(int position) {
        return position == cycles.length - 1;
    }

    private void closeIdle(int wanted) {
        known[wanted].lookedAt = ++looks;
        int open = 0;
        int oldest = wanted;
        for (int i = 0; i < known.length; i++) {
            if (known[i].isOpen()) {
                open++;
                oldest = i != wanted && (oldest == wanted || known[i].lookedAt < known[oldest].lookedAt) ? i : oldest;
            }
        }
        if (open >= MOST_OPEN && oldest != wanted) {
            known[oldest].closeFile();
        }
    }

    private void refresh() {
        int[] now = list.now();
        if (Arrays.equals(now, cycles)) {
            return;
        }
        CyclePlaces[] kept = new CyclePlaces[now.length];
        for (int i = 0; i < now.length; i++) {
            int at = Arrays.binarySearch(cycles, now[i]);
            kept[i] = at >= 0 ? known[at] : new CyclePlaces(directory, list, now[i]);
        }
        for (int i = 0; i < cycles.length; i++) {
            if (Arrays.binarySearch(now, cycles[i]) < 0) {
                CloseHelper.quietClose(known[i]);
            }
        }
        cycles = now;
        known = kept;
    }
}
