// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.wire.PacketsFlyweight;
import java.util.ArrayDeque;
import org.agrona.CloseHelper;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A stream at the ingress, with its lines, and what waits for them: never more than its pulls had credit for.
 *
 * <p><b>Thread:</b> one owner: the ingress's.
 *
 * <p><b>Allocation:</b> a copy of each frame that has to wait.
 */
final class Carried {
    final int id;
    IngressSite.@Nullable Place from;

    @Nullable
    BridgeOutput output;

    long openAtNs;
    private final Ingress ingress;
    private final Taken taken;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /** Told of frames that were taken whole. */
    @FunctionalInterface
    interface Taken {
        void onTaken(int stream, int path, int generation, int frameLength);
    }

    private static final class Waiting {
        final int path;
        final int generation;
        final int frameLength;
        final UnsafeBuffer packets;
        int at;

        Waiting(int path, int generation, int frameLength, UnsafeBuffer packets) {
            this.path = path;
            this.generation = generation;
            this.frameLength = frameLength;
            this.packets = packets;
        }
    }

    Carried(int id, Ingress ingress, Taken taken, long nowNs) {
        this.id = id;
        this.ingress = ingress;
        this.taken = taken;
        this.openAtNs = nowNs;
    }

    /** A frame has come: what of it cannot be taken now waits. */
    void onFrame(
            int path, int generation, MutableDirectBuffer buffer, int offset, int length, int frameLength, long nowNs) {
        int rest = waiting.isEmpty() ? take(path, generation, buffer, offset, length, nowNs) : 0;
        if (rest == length) {
            taken.onTaken(id, path, generation, frameLength);
        } else if (ingress.isCurrent(path, id, generation)) {
            byte[] copy = new byte[length - rest];
            buffer.getBytes(offset + rest, copy);
            waiting.add(new Waiting(path, generation, frameLength, new UnsafeBuffer(copy)));
        }
    }

    /** Takes of what waits what can be taken; returns how many frames. */
    int retry(long nowNs) {
        int work = 0;
        for (Waiting next = waiting.peek(); next != null; next = waiting.peek()) {
            int length = next.packets.capacity() - next.at;
            next.at += take(next.path, next.generation, next.packets, next.at, length, nowNs);
            if (next.at < next.packets.capacity()) {
                return work;
            }
            waiting.remove();
            taken.onTaken(id, next.path, next.generation, next.frameLength);
            work++;
        }
        return work;
    }

    /** Octets that were taken, whole packets with the lengths ahead of them. */
    private int take(int path, int generation, MutableDirectBuffer buffer, int offset, int length, long nowNs) {
        int at = 0;
        BridgeOutput to = output;
        while (to != null && at < length) {
            int packet = PacketsFlyweight.packetLength(buffer, offset + at);
            int place = offset + at + PacketsFlyweight.LENGTH_PREFIX;
            if (!to.isOpen() || !ingress.onPacket(path, id, generation, buffer, place, packet, nowNs)) {
                return at;
            }
            at += PacketsFlyweight.LENGTH_PREFIX + packet;
        }
        return at;
    }

    void close() {
        CloseHelper.quietClose(output);
    }
}
