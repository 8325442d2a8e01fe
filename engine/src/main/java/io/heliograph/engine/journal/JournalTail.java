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
    private long lastIndex = -1;
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
        if (places.findLast() && places.index() > lastIndex && cursor.moveTo(places.index(), places.position())) {
            isBegun = true;
        } else if (!isBegun) {
            cursor.toStart();
            isBegun = true;
        }
        for (int kind = cursor.next(); kind != RecordCursor.NONE; kind = cursor.next()) {
            lastIndex = cursor.index();
            if (kind == RecordCursor.PACKET) {
                end.take(cursor.packet(), 0);
            }
        }
    }

    JournalEnd end() {
        return end;
    }

    @Override
    public void close() {
        CloseHelper.quietClose(cursor);
    }
}
