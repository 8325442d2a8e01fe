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
 * <p><b>Failure:</b> a damaged record is passed over; the caller is told of the last one.
 */
final class CycleWalk {
    private final RecordCursor cursor;
    private final JournalEnd end;
    private long records;
    private String problem = "";
    private boolean isCut;

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
        isCut = false;
        records = 0;
        if (isAtLastPlace(cycle, places)) {
            end.set(places.place());
            records = places.place().record();
        } else {
            noteLoss(places);
            places.truncate(0);
            if (!cursor.moveTo(Cycles.index(cycle, 0))) {
                return;
            }
        }
        long noted = places.count() > 0 ? records : -1;
        while (true) {
            int kind = cursor.next();
            if (kind == RecordCursor.NONE || Cycles.cycle(cursor.index()) != cycle) {
                return;
            }
            if (kind == RecordCursor.DAMAGED) {
                problem = problem.isEmpty() ? cursor.problem() : problem;
            } else {
                boolean isPlace = records % Place.SPACING == 0 && records != noted;
                take(cursor.packet(), isPlace, places);
            }
            records++;
        }
    }

    /** Records of the cycle. */
    long records() {
        return records;
    }

    /** What was damaged, or is missing; empty when nothing is. */
    String problem() {
        return problem;
    }

    /** Whether records are missing that its places name: nothing should be written behind what is left. */
    boolean isCut() {
        return isCut;
    }

    private void take(DirectBuffer packet, boolean isPlace, Places places) {
        if (isPlace) {
            places.add(
                    records,
                    PacketFlyweight.sequence(packet, 0),
                    PacketFlyweight.epoch(packet, 0),
                    end.latestSentNs(),
                    cursor.position());
        }
        end.take(packet, 0);
    }

    private boolean isAtLastPlace(int cycle, Places places) {
        long last = places.refresh() - 1;
        if (last < 0 || !places.load(0) || places.place().record() != 0 || !places.load(last)) {
            return false;
        }
        Place place = places.place();
        long index = Cycles.index(cycle, place.record());
        if (!cursor.moveTo(index, place.position())
                || cursor.next() != RecordCursor.PACKET
                || cursor.index() != index) {
            return false;
        }
        DirectBuffer packet = cursor.packet();
        return PacketFlyweight.epoch(packet, 0) == place.epoch()
                && PacketFlyweight.sequence(packet, 0) == place.sequence()
                && cursor.moveTo(index);
    }

    /** Places of records that are not there any longer: the cycle was cut. */
    private void noteLoss(Places places) {
        if (places.count() > 0 && places.load(places.count() - 1)) {
            isCut = true;
            problem = "record " + places.place().record() + ", which its places name, is not there or is another";
        }
    }
}
