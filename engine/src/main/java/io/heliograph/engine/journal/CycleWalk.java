// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import io.heliograph.engine.wire.PacketFlyweight;
import org.agrona.DirectBuffer;

/**
 * Walks over a cycle from its last place on, to its end: completes the places on the way, and learns how far it has come. At
 * most 31 records are behind the last place, unless the places were lost.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Failure:</b> what is damaged is passed over; the caller is told of the first.
 */
final class CycleWalk {
    /** No record was sound. */
    static final long NO_STREAM = -1;

    private final RecordCursor cursor;
    private final JournalEnd end;
    private long stream = NO_STREAM;
    private String problem = "";

    /**
     * @param cursor walks.
     * @param end how far the cycles before have come; goes on to this one's end.
     */
    CycleWalk(RecordCursor cursor, JournalEnd end) {
        this.cursor = cursor;
        this.end = end;
    }

    /** Walks over a cycle; places that do not go with its records are made again. */
    void over(int cycle, Places places) {
        problem = "";
        stream = NO_STREAM;
        if (!cursor.over(cycle)) {
            return;
        }
        long noted = -1;
        if (isAtLastPlace(cycle, places)) {
            end.set(places.place());
            noted = places.place().record();
            cursor.moveTo(cycle, noted, places.place().position());
        } else {
            noteLoss(places);
            places.truncate(0);
            cursor.over(cycle);
        }
        for (int kind = cursor.next(); kind != RecordCursor.NONE; kind = cursor.next()) {
            if (kind == RecordCursor.DAMAGED) {
                problem = problem.isEmpty() ? cursor.problem() : problem;
            } else {
                take(cursor.packet(), cursor.record() > noted, places);
            }
        }
    }

    /** The stream that the last sound record is of. */
    long stream() {
        return stream;
    }

    /** What was damaged, or is missing; empty when nothing is. */
    String problem() {
        return problem;
    }

    private void take(DirectBuffer packet, boolean isNew, Places places) {
        if (isNew && cursor.record() % Place.SPACING == 0) {
            places.add(
                    cursor.record(),
                    PacketFlyweight.sequence(packet, 0),
                    PacketFlyweight.epoch(packet, 0),
                    end.latestSentNs(),
                    cursor.position());
        }
        stream = PacketFlyweight.stream(packet, 0);
        end.take(packet, 0);
    }

    private boolean isAtLastPlace(int cycle, Places places) {
        long last = places.refresh() - 1;
        if (last < 0 || !places.load(0) || places.place().record() != 0 || !places.load(last)) {
            return false;
        }
        Place place = places.place();
        if (!cursor.moveTo(cycle, place.record(), place.position())
                || cursor.next() != RecordCursor.PACKET
                || cursor.position() != place.position()) {
            return false;
        }
        DirectBuffer packet = cursor.packet();
        return PacketFlyweight.epoch(packet, 0) == place.epoch()
                && PacketFlyweight.sequence(packet, 0) == place.sequence();
    }

    /** Places of records that are not there any longer: the cycle was cut, or is damaged there. */
    private void noteLoss(Places places) {
        if (places.count() > 0 && places.load(places.count() - 1)) {
            problem = "record " + places.place().record() + ", which its places name, is not there or is another";
        }
    }
}
