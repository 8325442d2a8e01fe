// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Which connections of a pool are opened, kept and closed: one a peer, one attempt at a time, no more than the limit in all.
 *
 * <p>When another is wanted and the limit is reached, the least recently used one that nobody waits on goes, hot ones last. After an attempt that
 * failed a peer is left alone for a jittered pause that doubles. Rates are counted with a half-life of {@value
 * #HALF_LIFE_SECONDS} s.
 *
 * <p><b>Thread:</b> one owner. It opens and closes nothing itself and reads no clock.
 */
final class PoolBook {
    static final int HALF_LIFE_SECONDS = 5;

    private static final double HALF_LIFE_NS = HALF_LIFE_SECONDS * 1e9;
    private static final double PER_SECOND = Math.log(2) / HALF_LIFE_SECONDS;

    private final PoolLimits limits;
    private final RandomGenerator random;
    private final Actions actions;
    private final Map<String, Peer> peers = new LinkedHashMap<>();

    /** What the book has done for it. */
    interface Actions {
        /** Opens a connection; its outcome is told by {@link #onOpened} or {@link #onFailed}. */
        void connect(String peer);

        /** Closes one; nothing more is told of it. */
        void close(String peer);
    }

    /** What becomes of a request. */
    enum Answer {
        /** There is a connection, or there will be: send it. */
        GO,
        /** The last attempt has just failed. */
        DOWN,
        /** All connections are in use, as many as may be. */
        FULL
    }

    private enum State {
        ABSENT,
        OPENING,
        OPEN
    }

    private static final class Peer {
        final BackOff backOff;
        State state = State.ABSENT;
        long usedNs;
        long retryNs;
        boolean mayNotRetry;
        boolean isHot;
        int inFlight;
        double weight;
        long weighedNs;

        Peer(BackOff backOff, long nowNs) {
            this.backOff = backOff;
            this.weighedNs = nowNs;
            this.usedNs = nowNs;
        }
    }

    PoolBook(PoolLimits limits, RandomGenerator random, Actions actions) {
        this.limits = limits;
        this.random = random;
        this.actions = actions;
    }

    /** A request to a peer begins; where it goes, {@link #end} is to be told of it. */
    Answer begin(String name, long nowNs) {
        Peer peer = peers.computeIfAbsent(name, unseen -> new Peer(new BackOff(random), nowNs));
        weigh(peer, nowNs, 1);
        if (peer.state == State.ABSENT) {
            if (peer.mayNotRetry && nowNs - peer.retryNs < 0) {
                return Answer.DOWN;
            }
            if (connectionCount() >= limits.connections() && !evictOne()) {
                return Answer.FULL;
            }
            peer.state = State.OPENING;
            actions.connect(name);
        }
        peer.usedNs = nowNs;
        peer.inFlight++;
        return Answer.GO;
    }

    /** A request is answered, lost or taken back. */
    void end(String name, long nowNs) {
        Peer peer = peers.get(name);
        if (peer != null && peer.inFlight > 0) {
            peer.inFlight--;
            peer.usedNs = nowNs;
        }
    }

    void onOpened(String name) {
        Peer peer = peers.get(name);
        if (peer != null && peer.state == State.OPENING) {
            peer.state = State.OPEN;
            peer.backOff.reset();
            peer.mayNotRetry = false;
        }
    }

    /** The attempt failed, or the connection is lost. */
    void onFailed(String name, long nowNs) {
        Peer peer = peers.get(name);
        if (peer == null || peer.state == State.ABSENT) {
            return;
        }
        boolean wasOpen = peer.state == State.OPEN;
        peer.state = State.ABSENT;
        peer.inFlight = 0;
        // A connection that was lost may come back at once; an attempt that failed may not be made again at once.
        peer.mayNotRetry = !wasOpen;
        peer.retryNs = nowNs + (wasOpen ? 0 : peer.backOff.nextNs());
    }

    /** Closes what nobody has used for long, and forgets peers that are of no interest any more. */
    void onTick(long nowNs) {
        List<String> forgotten = new ArrayList<>();
        peers.forEach((name, peer) -> {
            weigh(peer, nowNs, 0);
            boolean isIdle = peer.inFlight == 0 && nowNs - peer.usedNs >= limits.idleNs();
            if (isIdle && !peer.isHot && peer.state == State.OPEN) {
                peer.state = State.ABSENT;
                actions.close(name);
            }
            if (isIdle && peer.state == State.ABSENT && !(peer.mayNotRetry && nowNs - peer.retryNs < 0)) {
                forgotten.add(name);
            }
        });
        forgotten.forEach(peers::remove);
    }

    int connectionCount() {
        return (int) peers.values().stream()
                .filter(peer -> peer.state != State.ABSENT)
                .count();
    }

    boolean isHot(String name) {
        Peer peer = peers.get(name);
        return peer != null && peer.isHot;
    }

    int peerCount() {
        return peers.size();
    }

    private boolean evictOne() {
        Optional<Map.Entry<String, Peer>> last = peers.entrySet().stream()
                .filter(entry -> entry.getValue().state == State.OPEN && entry.getValue().inFlight == 0)
                .min(Comparator.comparing((Map.Entry<String, Peer> entry) -> entry.getValue().isHot)
                        .thenComparing(entry -> entry.getValue().usedNs));
        last.ifPresent(gone -> {
            gone.getValue().state = State.ABSENT;
            actions.close(gone.getKey());
        });
        return last.isPresent();
    }

    /** The rate is the weight, which halves every half-life, spread over it. */
    private void weigh(Peer peer, long nowNs, int requests) {
        peer.weight = peer.weight * Math.pow(0.5, (nowNs - peer.weighedNs) / HALF_LIFE_NS) + requests;
        peer.weighedNs = nowNs;
        double perSecond = peer.weight * PER_SECOND;
        peer.isHot = peer.isHot ? perSecond >= limits.coolPerSecond() : perSecond >= limits.hotPerSecond();
    }
}
