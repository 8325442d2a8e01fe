// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

/**
 * Finds the next sound record where the way to it is damaged: by its magic, and by its CRC.
 *
 * <p><b>Thread:</b> one owner: the reader's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class RecordScan {
    private final FileWindow window;
    private final RecordCheck check;
    private long found;

    RecordScan(FileWindow window, RecordCheck check) {
        this.window = window;
        this.check = check;
    }

    /**
     * Looks at every place at which a record may begin.
     *
     * @param from the first of them, a multiple of 4.
     * @param end no record begins there or behind.
     * @return true when {@link #found} is where one begins.
     */
    boolean find(CycleFile file, long from, long end) {
        long at = from;
        while (at < end && window.take(file, at, RecordCheck.MIN_LENGTH)) {
            long last = Math.min(end, window.end() - RecordCheck.HEADER + 1);
            long candidate = nextMagic(at, last);
            if (candidate < 0) {
                at = last + (-last & RecordCheck.HEADER - 1);
            } else if (check.isRecordAt(file, candidate)) {
                found = candidate;
                return true;
            } else {
                at = candidate + RecordCheck.HEADER;
            }
        }
        return false;
    }

    long found() {
        return found;
    }

    private long nextMagic(long from, long end) {
        for (long at = from; at < end; at += RecordCheck.HEADER) {
            if (window.getInt(at) == RecordFlyweight.MAGIC_AND_VERSION) {
                return at;
            }
        }
        return -1;
    }
}
