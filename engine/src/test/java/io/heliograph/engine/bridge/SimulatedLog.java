// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.stream.PacketHandler;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal in memory: packets in order, each once, gaps named; any number of readers. */
final class SimulatedLog {
    final List<UnsafeBuffer> packets = new ArrayList<>();
    long epoch;
    long next = 1;
    boolean isEnded;

    /** Appends what is new, in order; what is not is dropped, and what is ahead of its turn is preceded by a gap. */
    void append(DirectBuffer from, int offset, int length) {
        long its = PacketFlyweight.epoch(from, offset);
        long first = PacketFlyweight.sequence(from, offset);
        if (its < epoch || (its == epoch && isEnded)) {
            return;
        }
        long wanted = its > epoch ? (epoch == 0 ? first : 1) : next;
        long end = endOf(from, offset);
        int kind = PacketFlyweight.kind(from, offset);
        boolean hasMessages = kind == PacketKind.DATA || kind == PacketKind.GAP;
        boolean isOld = hasMessages ? end <= wanted : first < wanted;
        if (isOld || kind == PacketKind.HEARTBEAT) {
            return;
        }
        if (first > wanted) {
            throw new AssertionError("a hole: " + wanted + " to " + (first - 1) + " of epoch " + its);
        }
        if (first < wanted) {
            throw new AssertionError("old in part: " + first + ", wanted " + wanted);
        }
        byte[] copy = new byte[length];
        from.getBytes(offset, copy);
        UnsafeBuffer last = packets.isEmpty() ? null : packets.get(packets.size() - 1);
        boolean isSealed = last != null && PacketFlyweight.kind(last, 0) == PacketKind.SEAL;
        if (kind == PacketKind.SEAL && isSealed && PacketFlyweight.sequence(last, 0) == first) {
            return;
        }
        packets.add(new UnsafeBuffer(copy));
        epoch = its;
        next = end;
        isEnded = kind == PacketKind.END_OF_EPOCH;
    }

    static long endOf(DirectBuffer packet, int offset) {
        long first = PacketFlyweight.sequence(packet, offset);
        return switch (PacketFlyweight.kind(packet, offset)) {
            case PacketKind.DATA -> first + PacketFlyweight.count(packet, offset);
            case PacketKind.GAP -> ControlFlyweight.gapLast(packet, offset) + 1;
            default -> first;
        };
    }

    PacketLog reader() {
        return new Reader();
    }

    private final class Reader implements PacketLog {
        private int at;

        @Override
        public void seek(long soughtEpoch, long sequence) {
            at = 0;
            while (at < packets.size() && isBefore(packets.get(at), soughtEpoch, sequence)) {
                at++;
            }
        }

        private boolean isBefore(UnsafeBuffer packet, long soughtEpoch, long sequence) {
            long its = PacketFlyweight.epoch(packet, 0);
            return its < soughtEpoch || (its == soughtEpoch && endOf(packet, 0) < sequence);
        }

        @Override
        public boolean seekTime(long utcNs) {
            for (at = 0; at < packets.size(); at++) {
                UnsafeBuffer packet = packets.get(at);
                if (PacketFlyweight.kind(packet, 0) == PacketKind.DATA
                        && PacketFlyweight.sentEpochNs(packet, 0) >= utcNs) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public int poll(PacketHandler handler, int limit) {
            int count = 0;
            for (; count < limit && at < packets.size(); count++) {
                UnsafeBuffer packet = packets.get(at++);
                handler.onPacket(packet, 0, packet.capacity());
            }
            return count;
        }

        @Override
        public long lastEpoch() {
            return packets.isEmpty() ? -1 : epoch;
        }

        @Override
        public long lastSequence() {
            return next - 1;
        }

        @Override
        public void close() {}
    }
}
