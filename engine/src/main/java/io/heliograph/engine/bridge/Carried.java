// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * A stream at the ingress, with its lines, and what waits for them: never more than its pulls had credit for.
 *
 * <p><b>Thread:</b> one owner: the ingress's.
 */
final class Carried {
    final int id;
    IngressSite.@Nullable Place from;

    @Nullable
    BridgeOutput output;

    long openAtNs;
    private final Ingress ingress;
    private final Consumer<Frame> taken;
    private final Consumer<Frame> dropped;
    private final ArrayDeque<Frame> waiting = new ArrayDeque<>();

    /**
     * A stream without lines.
     *
     * @param taken told of each frame that was taken whole.
     * @param dropped told of each that nobody wants any more.
     */
    Carried(int id, Ingress ingress, Consumer<Frame> taken, Consumer<Frame> dropped, long nowNs) {
        this.id = id;
        this.ingress = ingress;
        this.taken = taken;
        this.dropped = dropped;
        this.openAtNs = nowNs;
    }

    /** A frame has come: it waits while it cannot be taken whole. */
    void onFrame(Frame frame, long nowNs) {
        if (waiting.isEmpty()) {
            take(frame, nowNs);
        }
        if (frame.isTaken()) {
            taken.accept(frame);
        } else if (ingress.isCurrent(frame.path(), id, frame.generation())) {
            waiting.add(frame);
        } else {
            dropped.accept(frame);
        }
    }

    /** Whether frames wait. */
    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** Takes of what waits what can be taken; returns how many frames. */
    int retry(long nowNs) {
        int work = 0;
        for (Frame next = waiting.peek(); next != null; next = waiting.peek()) {
            take(next, nowNs);
            if (!next.isTaken()) {
                return work;
            }
            waiting.remove();
            taken.accept(next);
            work++;
        }
        return work;
    }

    private void take(Frame frame, long nowNs) {
        BridgeOutput to = output;
        while (to != null && !frame.isTaken()) {
            if (!to.isOpen()
                    || !ingress.onPacket(
                            frame.path(),
                            id,
                            frame.generation(),
                            frame.packets(),
                            frame.packet(),
                            frame.packetLength(),
                            nowNs)) {
                return;
            }
            frame.take();
        }
    }

    void close() {
        CloseHelper.quietClose(output);
    }
}
