// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * What is known of the epoch that follows, while the one before still may be completed. Its packets wait in the reorder
 * window; what they announce waits here.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none.
 */
final class LaterEpoch {
    private long epoch = Arbiter.NULL_EPOCH;
    private long sinceNs;
    private long announced;
    private long end;
    private long reach = 1;

    /** The highest that was heard of. */
    long epoch() {
        return epoch;
    }

    /** The sequence to expect next in it, as far as announced. */
    long announced() {
        return announced;
    }

    /** The sequence behind its last message; 0 while it is not known. */
    long end() {
        return end;
    }

    /**
     * An epoch later than the current one was heard of.
     *
     * @return whether it is later than all before.
     */
    boolean onHeard(long current, long heard, long nowNs) {
        if (heard <= epoch) {
            return false;
        }
        // The wait for the current epoch's rest is not prolonged by one that begins after the next.
        if (epoch <= current) {
            sinceNs = nowNs;
        }
        epoch = heard;
        announced = 0;
        end = 0;
        reach = 1;
        return true;
    }

    void onAnnounced(long heard, long sequence) {
        if (heard == epoch && sequence > announced) {
            announced = sequence;
        }
        onReached(heard, sequence);
    }

    /** Messages up to {@code sequence} are known of it. */
    void onReached(long heard, long sequence) {
        if (heard == epoch && sequence > reach) {
            reach = sequence;
        }
    }

    /** How far a later epoch is known to have come: the sequence to expect next in it. */
    long reach(long heard) {
        return heard == epoch ? reach : 1;
    }

    void onEnd(long heard, long sequence) {
        if (heard == epoch && end == 0) {
            end = sequence;
        }
    }

    /** An epoch begins: if others are known to follow, it is given its time. */
    void onBegun(long nowNs) {
        sinceNs = nowNs;
    }

    boolean isDue(long current, long nowNs, long budgetNs) {
        return epoch > current && nowNs - sinceNs >= budgetNs;
    }
}
