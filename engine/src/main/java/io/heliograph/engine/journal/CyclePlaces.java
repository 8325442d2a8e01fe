// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * A cycle's places as a reader uses them: of the file beside it, and where that has none or a damaged one, those that a walk over
 * the cycle finds. What was found in a cycle that may be appended to is looked up again: its appender may not have written its
 * first place so far.
 *
 * <p><b>Thread:</b> one owner: the reader's.
 */
final class CyclePlaces implements AutoCloseable {
    private final Path directory;
    private final CycleList list;
    private final int cycle;
    private final Place first = new Place();
    private boolean isFirstKnown;
    private @Nullable Places places;
    private boolean isMade;
    private boolean isMadeWhileLast;
    /** When it was looked into last, in looks of the index. */
    long lookedAt;

    CyclePlaces(Path directory, CycleList list, int cycle) {
        this.directory = directory;
        this.list = list;
        this.cycle = cycle;
    }

    /** The cycle's first place; null while it has no record. */
    @Nullable
    Place first(boolean isLast) {
        if (!isFirstKnown) {
            Places all = open(isLast);
            if (all.refresh() == 0 || !all.load(0)) {
                return null;
            }
            Place loaded = all.place();
            first.set(loaded.record(), loaded.sequence(), loaded.epoch(), loaded.latestSentNs(), loaded.position());
            isFirstKnown = true;
            closeFile();
        }
        return first;
    }

    /** The last place that is not behind what is sought; null when all are. */
    @Nullable
    Place find(PlaceSearch sought, boolean isLast) {
        Places all = open(isLast);
        long entry = sought.in(all);
        if (entry == PlaceSearch.DAMAGED && !isMade) {
            all = made(isLast);
            entry = sought.in(all);
        }
        return entry >= 0 && all.load(entry) ? all.place() : null;
    }

    /** Whether a file is open for it. */
    boolean isOpen() {
        return places != null && !isMade;
    }

    void closeFile() {
        if (isOpen()) {
            close();
        }
    }

    @Override
    public void close() {
        CloseHelper.quietClose(places);
        places = null;
        isMade = false;
    }

    private Places open(boolean isLast) {
        Places open = places;
        if (open != null && !(isMade && (isLast || isMadeWhileLast))) {
            return open;
        }
        Places ofFile = Places.read(directory, cycle).orElse(null);
        if (ofFile != null && ofFile.refresh() > 0 && ofFile.load(0)) {
            close();
            places = ofFile;
            return ofFile;
        }
        CloseHelper.quietClose(ofFile);
        return made(isLast);
    }

    private Places made(boolean isLast) {
        Places found = isMade && places != null ? places : Places.inMemory(directory, cycle);
        try (RecordCursor cursor = new RecordCursor(directory, list)) {
            new CycleWalk(cursor, new JournalEnd()).over(cycle, found);
        }
        if (!isMade) {
            close();
        }
        places = found;
        isMade = true;
        isMadeWhileLast = isLast;
        return found;
    }
}
