// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import io.heliograph.engine.recovery.ReplayLog;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A journal of one stream in memory, which any number of readers read; packets are appended in order, as they are.
 *
 * <p><b>Thread:</b> one owner: the test's.
 */
public final class MemoryLog {
    private static final int GAP = 2;
    private static final int DATA = 0;

    private final List<byte[]> packets = new ArrayList<>();
    private final List<Place> ends = new ArrayList<>();
    private long lastEpoch = ReplayLog.NO_EPOCH;
    private long next = 1;
    private long reads;

    /** A journal without packets. */
    public MemoryLog() {}

    /**
     * Appends.
     *
     * @param packet octets of a data packet, a gap, a seal or an end.
     */
    public void append(byte[] packet) {
        packets.add(packet);
        lastEpoch = epoch(packet);
        next = end(packet);
        ends.add(new Place(lastEpoch, next));
    }

    /**
     * The last epoch.
     *
     * @return of the last packet; {@link ReplayLog#NO_EPOCH} without packets.
     */
    public long lastEpoch() {
        return lastEpoch;
    }

    /**
     * The sequence that comes next.
     *
     * @return behind the last packet.
     */
    public long next() {
        return next;
    }

    /**
     * How often a packet was read.
     *
     * @return packets, over all readers.
     */
    public long reads() {
        return reads;
    }

    /**
     * A reader with a place of its own.
     *
     * @return a reader.
     */
    public ReplayLog reader() {
        return new Reader();
    }

    private static long epoch(byte[] packet) {
        return fields(packet).getInt(20) & 0xFFFF_FFFFL;
    }

    private static long first(byte[] packet) {
        return fields(packet).getLong(0);
    }

    private static long end(byte[] packet) {
        int kind = packet[31];
        return kind == DATA
                ? first(packet) + (fields(packet).getShort(26) & 0xFFFF)
                : kind == GAP ? fields(packet).getLong(32) + 1 : first(packet);
    }

    private static ByteBuffer fields(byte[] packet) {
        return ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
    }

    private record Place(long epoch, long end) {
        boolean isUpTo(long of, long sequence) {
            return epoch < of || (epoch == of && end <= sequence);
        }
    }

    private final class Reader implements ReplayLog {
        private int at;

        @Override
        public void seek(long epoch, long sequence) {
            int low = 0;
            int high = ends.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (ends.get(middle).isUpTo(epoch, sequence)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            at = low;
        }

        @Override
        public boolean seekTime(long utcNs) {
            at = 0;
            while (at < packets.size()
                    && (packets.get(at)[31] != DATA || fields(packets.get(at)).getLong(8) < utcNs)) {
                at++;
            }
            return at < packets.size();
        }

        @Override
        public boolean next(Taker taker) {
            if (at == packets.size()) {
                return false;
            }
            byte[] packet = packets.get(at++);
            reads++;
            taker.onPacket(new UnsafeBuffer(packet), 0, packet.length);
            return true;
        }

        @Override
        public long epoch() {
            return at < packets.size() ? MemoryLog.epoch(packets.get(at)) : lastEpoch;
        }

        @Override
        public long nextSequence() {
            return at < packets.size() ? first(packets.get(at)) : next;
        }

        @Override
        public long lastEpoch() {
            return lastEpoch;
        }

        @Override
        public long lastSequence() {
            return next - 1;
        }

        @Override
        public void close() {}
    }
}
