// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.priority;

/**
 * What is known of a peer, and whether it can be given work.
 *
 * <p><b>Thread:</b> one owner: the group's.
 */
final class Peer {
    private final String name;
    private final int level;
    private final PriorityTimes times;
    private final Damper presence;
    private final Damper load;
    private Marks marks;
    private boolean isConnected;
    private boolean isWarm;
    private boolean isSilent;
    private boolean isBusy;
    private long heardNs;
    private long lowNs;
    private long backlog;
    private long oldestNs;
    private PeerState state = PeerState.DISCONNECTED;
    private long sinceNs;

    Peer(String name, int level, PriorityTimes times, Marks marks, long nowNs) {
        this.name = name;
        this.level = level;
        this.times = times;
        this.marks = marks;
        this.presence = new Damper(times.settleNs(), times.mostNs());
        this.load = new Damper(times.holdDownNs(), times.mostNs());
        this.sinceNs = nowNs;
    }

    int level() {
        return level;
    }

    long backlog() {
        return backlog;
    }

    void onWarming(long nowNs) {
        look(nowNs);
        heardNs = nowNs;
        isConnected = true;
        isWarm = false;
        isSilent = false;
        isBusy = false;
        backlog = 0;
        oldestNs = 0;
        look(nowNs);
    }

    void onConnected(long nowNs) {
        if (isConnected && isWarm) {
            onHeard(nowNs);
            return;
        }
        onWarming(nowNs);
        isWarm = true;
        presence.onWell(nowNs);
        look(nowNs);
    }

    void onDisconnected(long nowNs) {
        look(nowNs);
        if (isConnected && isWarm && !isSilent) {
            presence.onFailure(nowNs);
        }
        isConnected = false;
        look(nowNs);
    }

    /** A sign of life that is no newer than the last says nothing. */
    void onHeard(long nowNs) {
        if (nowNs - heardNs <= 0) {
            return;
        }
        look(nowNs);
        heardNs = nowNs;
        if (isConnected && isSilent) {
            isSilent = false;
            presence.onWell(nowNs);
        }
        look(nowNs);
    }

    void onBacklog(long waiting, long oldestAgeNs, long nowNs) {
        look(nowNs);
        boolean wasLow = backlog <= marks.low();
        backlog = waiting;
        oldestNs = oldestAgeNs;
        onLoad(wasLow, nowNs);
    }

    void marks(Marks its, long nowNs) {
        look(nowNs);
        boolean wasLow = backlog <= marks.low();
        marks = its;
        onLoad(wasLow, nowNs);
    }

    private void onLoad(boolean wasLow, long nowNs) {
        if (!wasLow && backlog <= marks.low()) {
            lowNs = nowNs;
        }
        if (!isBusy && backlog >= marks.high()) {
            isBusy = true;
            load.onFailure(nowNs);
            load.onWell(nowNs);
        }
        look(nowNs);
    }

    /** The state at this time; what has changed meanwhile has changed when it did, however late anybody looks. */
    PeerState look(long nowNs) {
        if (isConnected && !isSilent && nowNs - heardNs > times.silenceNs()) {
            isSilent = true;
            if (isWarm) {
                presence.onFailure(heardNs + times.silenceNs());
            }
        }
        if (isBusy && backlog <= marks.low() && load.isBelieved(nowNs)) {
            isBusy = false;
            load.onWell(Math.max(lowNs, load.believedNs()));
        }
        PeerState is = state(nowNs);
        if (is != state) {
            state = is;
            sinceNs = nowNs;
        }
        return is;
    }

    private PeerState state(long nowNs) {
        if (!isConnected) {
            return PeerState.DISCONNECTED;
        }
        if (isSilent) {
            return PeerState.SILENT;
        }
        if (!isWarm) {
            return PeerState.WARMING;
        }
        if (isBusy) {
            return PeerState.BUSY;
        }
        return presence.isBelieved(nowNs) ? PeerState.AVAILABLE : PeerState.SETTLING;
    }

    PeerView view(boolean isChosen, long nowNs) {
        PeerState is = look(nowNs);
        long space = marks.high() == Marks.NONE ? PeerView.UNBOUNDED : Math.max(0, marks.high() - backlog);
        return new PeerView(name, level, is, why(is, nowNs), isChosen, backlog, space, oldestNs, sinceNs);
    }

    private String why(PeerState is, long nowNs) {
        return switch (is) {
            case BUSY -> "backlog " + backlog + " of " + marks.high() + "; taken again at " + marks.low();
            case SETTLING -> "taken in " + Math.max(0, presence.believedNs() - nowNs) / 1_000_000 + " ms if it lasts";
            case SILENT -> "nothing heard for " + (nowNs - heardNs) / 1_000_000 + " ms";
            default -> is.words();
        };
    }
}
