// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.wire.PacketFlyweight.HEADER_LENGTH;

import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketFraming;
import io.heliograph.engine.wire.PacketKind;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * Lines that the streams of a carrier share: hands each packet to the arbiter of its stream, and each entry of a heartbeat to
 * the arbiter of the stream that it speaks of. Packets of streams that are not subscribed to are passed over, by the id in
 * their header and before anything else; what is of no stream of the carrier, or cannot be read, goes to the first stream,
 * which refuses and counts it.
 *
 * <p>Streams are found in an open table of ids at most a quarter full: one look, nearly always.
 *
 * <p>An arbiter's duty cycle begins with its first packet in a cycle, so that streams that have nothing cost nothing.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class CarriedStreams implements PacketSink {
    private static final int SPREAD = 0x9E3779B9;
    private static final int NONE = 0;

    private final SteadyPackets packets = new SteadyPackets();
    private final Arbiter[] arbiters;
    private final int[] ids;
    private final int[] placesOfIds;
    private final int shift;
    private final LineProgress[] progress;
    private final boolean[] isInCycle;
    private final int[] inCycle;
    private int inCycleCount;
    private MessageHandler handler = (buffer, offset, length, header) -> {};
    private long nowNs;

    /**
     * @param carried ids of all streams of the carrier, above 0.
     * @param subscribed ids of those that are subscribed to, one at least.
     * @param nowNs the time.
     * @param arbiters of these, in their order.
     */
    CarriedStreams(List<Integer> carried, List<Integer> subscribed, long nowNs, Arbiter... arbiters) {
        this.arbiters = arbiters.clone();
        int capacity = BitUtil.findNextPositivePowerOfTwo(Math.max(2, carried.size() * 4));
        this.ids = new int[capacity];
        this.placesOfIds = new int[capacity];
        this.shift = Integer.SIZE - Integer.numberOfTrailingZeros(capacity);
        this.progress = new LineProgress[arbiters.length];
        this.isInCycle = new boolean[arbiters.length];
        this.inCycle = new int[arbiters.length];
        for (int id : carried) {
            put(id, -1);
        }
        for (int i = 0; i < arbiters.length; i++) {
            put(subscribed.get(i), i);
            progress[i] = new LineProgress(nowNs);
        }
    }

    /**
     * Of a carrier one stream, whose owner begins and ends its duty cycles by himself.
     *
     * @param carried ids of all streams of the carrier.
     * @param subscribed the one's.
     * @param nowNs the time.
     * @param arbiter of it.
     */
    static CarriedStreams one(List<Integer> carried, int subscribed, long nowNs, Arbiter arbiter) {
        CarriedStreams one = new CarriedStreams(carried, List.of(subscribed), nowNs, arbiter);
        one.isInCycle[0] = true;
        return one;
    }

    private void put(int id, int place) {
        int at = find(id);
        ids[at] = id;
        placesOfIds[at] = place;
    }

    /** Where an id is in the table, or would be. */
    private int find(int id) {
        int at = (id * SPREAD) >>> shift;
        while (ids[at] != id && ids[at] != NONE) {
            at = (at + 1) & (ids.length - 1);
        }
        return at;
    }

    /** Begins a duty cycle; what the handler or a listener has thrown in the one before is made good for in this one. */
    void beginCycle(long cycleNs, MessageHandler cycleHandler) {
        nowNs = cycleNs;
        handler = cycleHandler;
        for (int i = 0; i < inCycleCount; i++) {
            arbiters[inCycle[i]].beginCycle(nowNs, handler);
        }
    }

    /** Every stream has a duty cycle in this one, whether it has packets or not: gaps and silence take their time. */
    void includeAll() {
        for (int i = 0; i < arbiters.length; i++) {
            include(i);
        }
    }

    /** Ends the duty cycle of every stream that had one: work done. */
    int endCycle() {
        int work = 0;
        while (inCycleCount > 0) {
            int place = inCycle[inCycleCount - 1];
            work += arbiters[place].endCycle();
            isInCycle[place] = false;
            inCycleCount--;
        }
        return work;
    }

    private void include(int place) {
        if (!isInCycle[place]) {
            isInCycle[place] = true;
            inCycle[inCycleCount++] = place;
            arbiters[place].beginCycle(nowNs, handler);
        }
    }

    @Override
    public void onPacket(int line, DirectBuffer buffer, int offset, int length) {
        if (length >= HEADER_LENGTH) {
            int id = PacketFlyweight.stream(buffer, offset);
            int at = find(id);
            if (id != NONE && ids[at] == id) {
                int place = placesOfIds[at];
                if (place >= 0) {
                    include(place);
                    packets.hand(arbiters[place], line, buffer, offset, length);
                }
                if (PacketFlyweight.kind(buffer, offset) == PacketKind.HEARTBEAT) {
                    onHeartbeat(line, buffer, offset, length);
                }
                return;
            }
        }
        include(0);
        packets.hand(arbiters[0], line, buffer, offset, length);
    }

    /** One that is wrong in its framing was refused by the stream whose header it bears, if that is subscribed to. */
    private void onHeartbeat(int line, DirectBuffer buffer, int offset, int length) {
        int count = PacketFlyweight.count(buffer, offset);
        if (count == 0 || PacketFraming.check(buffer, offset, length) != PacketFraming.OK) {
            return;
        }
        for (int i = 0; i < count; i++) {
            int entry = offset + HEADER_LENGTH + i * ControlFlyweight.HEARTBEAT_ENTRY_LENGTH;
            int id = ControlFlyweight.heartbeatStream(buffer, entry);
            int at = find(id);
            if (id != NONE && ids[at] == id && placesOfIds[at] >= 0) {
                include(placesOfIds[at]);
                arbiters[placesOfIds[at]].onHeartbeatEntry(line, buffer, entry);
            }
        }
    }

    @Override
    public void onForeignSource(int line) {
        include(0);
        arbiters[0].refuse(line, DropReason.FOREIGN_SOURCE);
    }

    /** Holes and octets are those of all streams on the line; how many messages of each they were goes by its share. */
    @Override
    public void onDriverLosses(int line, long holes, long lostOctets, long broughtOctets) {
        for (int i = 0; i < arbiters.length; i++) {
            arbiters[i].line(line).onDriverLosses(holes, lostOctets, broughtOctets);
        }
    }

    @Override
    public void onTick(long tickNs) {
        for (int i = 0; i < arbiters.length; i++) {
            progress[i].onTick(tickNs, arbiters[i].nextSequence());
        }
    }

    /** A stream that nobody has published so far, or that has ended or fallen silent, says nothing of a line. */
    @Override
    public boolean isWithStreams(int line) {
        for (int i = 0; i < arbiters.length; i++) {
            Quality quality = arbiters[i].watch().quality();
            boolean isTelling = quality == Quality.LIVE || quality == Quality.GAP || quality == Quality.RECOVERING;
            if (isTelling && !progress[i].isWithStream(arbiters[i].line(line).next())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void patience(boolean isLong) {
        for (int i = 0; i < arbiters.length; i++) {
            arbiters[i].patience(isLong);
        }
    }
}
