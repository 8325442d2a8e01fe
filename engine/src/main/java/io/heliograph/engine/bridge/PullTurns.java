// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.base.Doorbell;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The pulls that may have something to send, each once, in the order in which that became known: however many are idle, nobody looks at
 * them, and none is always behind the others.
 *
 * <p><b>Thread:</b> rung by any; turns are taken by the egress's.
 *
 * <p><b>Allocation:</b> a node a turn.
 */
final class PullTurns {
    private final Doorbell bell;
    private final ManyToOneConcurrentLinkedQueue<EgressPull> rung = new ManyToOneConcurrentLinkedQueue<>();
    private final Map<Integer, StreamBell> bells = new ConcurrentHashMap<>();

    /** No pulls; {@code bell} wakes the egress. */
    PullTurns(Doorbell bell) {
        this.bell = bell;
    }

    /** All pulls of one stream. */
    private final class StreamBell implements Runnable {
        private final CopyOnWriteArrayList<EgressPull> pulls = new CopyOnWriteArrayList<>();

        @Override
        public void run() {
            for (EgressPull pull : pulls) {
                ring(pull);
            }
        }
    }

    /** What rings all pulls of a stream, those to come too. */
    Runnable bellOf(int stream) {
        return bells.computeIfAbsent(stream, unused -> new StreamBell());
    }

    /** A pull has begun: its first turn comes, and one whenever its stream's bell is rung. */
    void add(EgressPull pull) {
        bells.computeIfAbsent(pull.stream, unused -> new StreamBell()).pulls.add(pull);
        ring(pull);
    }

    /** A pull is over. */
    void remove(EgressPull pull) {
        bells.computeIfAbsent(pull.stream, unused -> new StreamBell()).pulls.remove(pull);
    }

    /** A pull may have something to send. */
    void ring(EgressPull pull) {
        if (!pull.isRung.getAndSet(true)) {
            rung.add(pull);
        }
        bell.ring();
    }

    /** Whose turn it is; perhaps of one that is over. */
    @Nullable
    EgressPull next() {
        EgressPull next = rung.poll();
        if (next != null) {
            // Before it is looked at: what becomes known meanwhile is worth another turn.
            next.isRung.set(false);
        }
        return next;
    }
}
