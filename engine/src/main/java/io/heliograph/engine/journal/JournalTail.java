// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import org.agrona.CloseHelper;

/**
 * How far a journal that somebody else appends to has come.
 *
 * <p><b>Thread:</b> one owner: the reader's.
 */
final class JournalTail implements AutoCloseable {
    private final RecordCursor cursor;
    private final PlaceIndex places;
    private final JournalEnd end = new JournalEnd();
    private boolean isBegun;

    /**
     * @param cursor of its own.
     * @param places of the journal.
     */
    JournalTail(RecordCursor cursor, PlaceIndex places) {
        this.cursor = cursor;
        this.places = places;
    }

    /** Goes on to the end, from the last place if that is further. */
    void refresh() {
        boolean isFurther = places.findLast() && isBehind(places.cycle(), places.position());
        boolean isMoved = isFurther && cursor.moveTo(places.cycle(), places.record(), places.position());
        if (!isBegun && !isMoved) {
            cursor.toStart();
        }
        isBegun = true;
        for (int kind = cursor.next(); kind != RecordCursor.NONE; kind = cursor.next()) {
            if (kind == RecordCursor.PACKET) {
                end.take(cursor.packet(), 0);
            }
        }
    }

    /** Whether a place is behind the record that was taken last. */
    private boolean isBehind(int cycle, long position) {
        return cycle > cursor.cycle() || (cycle == cursor.cycle() && position > cursor.position());
    }

    JournalEnd end() {
        return end;
    }

    @Override
    public void close() {
        CloseHelper.quietClose(cursor);
    }
}
