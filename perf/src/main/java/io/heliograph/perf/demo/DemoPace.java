// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

/**
 * How many messages are due: by a fixed rate and the clock. The last tenth waits until it is released, and the clock with it. The
 * feed never gets further ahead of the journals than {@value #AHEAD} messages: a machine that does not hold the rate gets a lower one.
 *
 * <p><b>Thread:</b> one owner: the publisher's.
 */
final class DemoPace {
    /** What is sent before the release: hundredths. */
    private static final int UNRELEASED = 90;

    private static final int WHOLE = 100;

    /** Messages: less than lines and journals have room for, and more than are sent between two looks at the journals. */
    private static final long AHEAD = 10_000;

    private final long rate;
    private final long unreleased;
    private final long unreleasedNs;
    private final DemoSignals signals;
    private long startNs;
    private long lookedNs;
    private long heldNs;
    private boolean isReleased;

    DemoPace(DemoPlan plan, long total, DemoSignals signals) {
        this.rate = plan.rate();
        this.unreleased = total * UNRELEASED / WHOLE;
        this.unreleasedNs = plan.longestNs() / WHOLE * UNRELEASED;
        this.signals = signals;
    }

    void start(long nowNs) {
        startNs = nowNs;
        lookedNs = nowNs;
    }

    /** How many messages should be sent by now, if so many are. */
    long due(long nowNs, long sent) {
        isReleased = isReleased || signals.isReleased();
        boolean isHeld = !isReleased && (sent >= unreleased || playedNs(nowNs) >= unreleasedNs);
        heldNs += isHeld ? nowNs - lookedNs : 0;
        lookedNs = nowNs;
        if (isHeld) {
            return sent;
        }
        long due = (long) (playedNs(nowNs) / 1e9 * rate);
        long allowed = signals.journaled() + AHEAD;
        return Math.min(isReleased ? due : Math.min(due, unreleased), allowed);
    }

    /** Since the start, without what it waited for the release. */
    long playedNs(long nowNs) {
        return nowNs - startNs - heldNs;
    }
}
