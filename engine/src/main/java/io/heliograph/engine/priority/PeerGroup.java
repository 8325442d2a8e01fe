// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.priority;

import java.util.ArrayList;
import java.util.List;

/**
 * Peers of which any could do the same work, and the choice among them. The lowest level in which one is available does it; within
 * a level they share it, or one does it all ({@link Balance}). When none of a level is available the next does it, at once;
 * back it goes by itself, when one has been there for long enough, and for longer each time that it did not last.
 *
 * <pre>{@code
 * int a = group.add("ny1", 1, nowNs);
 * group.onConnected(a, nowNs);
 * int peer = group.choose(nowNs);          // for the next piece of work
 * }</pre>
 *
 * <p>While nobody is available who has been there for long, one who came back a moment ago is better than none.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none in {@link #choose} and the events.
 */
public final class PeerGroup {
    /** There is nobody to give work to. */
    public static final int NONE = -1;

    /** The last of the levels, which begin with 1. */
    public static final int LAST_LEVEL = 16;

    private final Balance balance;
    private final PriorityTimes times;
    private final List<Peer> peers = new ArrayList<>();
    private Marks marks;
    private int chosen = NONE;

    /**
     * A group of nobody.
     *
     * @param balance within a level.
     * @param times how patient the choice is.
     * @param highMark backlog at which a peer is busy; {@link Long#MAX_VALUE}: none ever is.
     * @param lowMark backlog at which it no longer is, below the high mark.
     */
    public PeerGroup(Balance balance, PriorityTimes times, long highMark, long lowMark) {
        this.balance = balance;
        this.times = times;
        this.marks = new Marks(highMark, lowMark);
    }

    /**
     * Another peer, not connected so far.
     *
     * @param name for people.
     * @param level 1 to {@value #LAST_LEVEL}; the lower is used first.
     * @param nowNs monotonic.
     * @return what it is called here: 0, 1 and so on.
     */
    public int add(String name, int level, long nowNs) {
        if (level < 1 || level > LAST_LEVEL) {
            throw new IllegalArgumentException("level " + level + " of " + name + " is not 1 to " + LAST_LEVEL);
        }
        peers.add(new Peer(name, level, times, marks, nowNs));
        return peers.size() - 1;
    }

    /**
     * How many there are.
     *
     * @return 0 and up.
     */
    public int size() {
        return peers.size();
    }

    /**
     * There is a connection, and it has to show first that it carries something both ways: {@link #onConnected} says when it has.
     *
     * @param peer which one.
     * @param nowNs monotonic.
     */
    public void onWarming(int peer, long nowNs) {
        peers.get(peer).onWarming(nowNs);
    }

    /**
     * It can be talked to.
     *
     * @param peer which one.
     * @param nowNs monotonic.
     */
    public void onConnected(int peer, long nowNs) {
        peers.get(peer).onConnected(nowNs);
    }

    /**
     * It cannot be talked to any more.
     *
     * @param peer which one.
     * @param nowNs monotonic.
     */
    public void onDisconnected(int peer, long nowNs) {
        peers.get(peer).onDisconnected(nowNs);
    }

    /**
     * It gave a sign of life.
     *
     * @param peer which one.
     * @param nowNs monotonic.
     */
    public void onHeard(int peer, long nowNs) {
        peers.get(peer).onHeard(nowNs);
    }

    /**
     * How much waits for it.
     *
     * @param peer which one.
     * @param backlog in the marks' unit.
     * @param oldestNs how long the oldest of it has waited, ns.
     * @param nowNs monotonic.
     */
    public void onBacklog(int peer, long backlog, long oldestNs, long nowNs) {
        peers.get(peer).onBacklog(backlog, oldestNs, nowNs);
    }

    /**
     * Changes the marks, of all.
     *
     * @param its from now on.
     * @param nowNs monotonic.
     */
    public void marks(Marks its, long nowNs) {
        marks = its;
        for (int i = 0; i < peers.size(); i++) {
            peers.get(i).marks(its, nowNs);
        }
    }

    /**
     * The marks of all.
     *
     * @return as of now.
     */
    public Marks marks() {
        return marks;
    }

    /**
     * Who gets the next piece of work.
     *
     * @param nowNs monotonic.
     * @return a peer, or {@link #NONE}.
     */
    public int choose(long nowNs) {
        int best = NONE;
        int bestRank = Integer.MAX_VALUE;
        int count = peers.size();
        // From the one behind the last that was chosen: of equals the next one gets it.
        for (int i = 1; i <= count; i++) {
            int peer = (chosen + i) % count;
            int rank = rank(peers.get(peer), nowNs);
            if (rank < bestRank || (rank == bestRank && best != NONE && isBetter(peer, best))) {
                best = peer;
                bestRank = rank;
            }
        }
        if (best != NONE) {
            chosen = best;
        }
        return best;
    }

    /**
     * Whether a peer could be given work.
     *
     * @param peer which one.
     * @param nowNs monotonic.
     * @return true also for one that came back a moment ago.
     */
    public boolean isUsable(int peer, long nowNs) {
        return rank(peers.get(peer), nowNs) != Integer.MAX_VALUE;
    }

    /**
     * Whether a peer belongs to the level that does the work now.
     *
     * @param peer which one.
     * @param nowNs monotonic.
     * @return false when a better one is available, or it is not.
     */
    public boolean isInUse(int peer, long nowNs) {
        int rank = rank(peers.get(peer), nowNs);
        if (rank == Integer.MAX_VALUE) {
            return false;
        }
        for (int i = 0; i < peers.size(); i++) {
            if (rank(peers.get(i), nowNs) < rank) {
                return false;
            }
        }
        return true;
    }

    /**
     * A peer's state.
     *
     * @param peer which one.
     * @param nowNs monotonic.
     * @return whether it can be given work, and if not why.
     */
    public PeerState state(int peer, long nowNs) {
        return peers.get(peer).look(nowNs);
    }

    /**
     * All that is known of a peer, for people.
     *
     * @param peer which one.
     * @param nowNs monotonic.
     * @return as of now.
     */
    public PeerView view(int peer, long nowNs) {
        return peers.get(peer).view(peer == chosen, nowNs);
    }

    /** The lower, the sooner it is used: those that have been there for long by their levels, then the others. */
    private static int rank(Peer peer, long nowNs) {
        return switch (peer.look(nowNs)) {
            case AVAILABLE -> peer.level();
            case SETTLING -> LAST_LEVEL + peer.level();
            default -> Integer.MAX_VALUE;
        };
    }

    /** Of two in one rank, the first looked at later than the second. */
    private boolean isBetter(int peer, int than) {
        return switch (balance) {
            case ROUND_ROBIN -> false;
            case LEAST_BACKLOG -> peers.get(peer).backlog() < peers.get(than).backlog();
            case STICKY -> peer == chosen;
        };
    }
}
