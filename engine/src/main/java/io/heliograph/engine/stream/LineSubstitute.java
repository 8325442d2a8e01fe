// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.media.LineJoins;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Decides which lines a subscription joins that needs one only: its own, and while that fails a substitute beside it.
 *
 * <p>A line fails when its NIC is down, when the driver does not open it, or when it brings nothing of the stream as it is now
 * ({@link LineProgress}) for longer than three heartbeats. Then all others that can be used are joined, and as soon as one of them brings something, that one stays alone
 * with the own one, which is never left: so it is known at once when it speaks again, and nothing falls between. It has the
 * stream for itself again when it was heard without such a pause for {@link #RETURN_NS}. A subscriber that stood still has
 * heard nothing because it did not listen: then the silence counts only when it goes on.
 *
 * <p>When the policy names another line while the own one speaks, that becomes the own one, with the one before as its substitute:
 * which is left when the new one has spoken for as long. One that brings nothing for {@link #TRIAL_NS} is given up.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class LineSubstitute {
    /** Three heartbeats. */
    static final long SILENT_NS = TimeUnit.MILLISECONDS.toNanos(300);

    /** Longer than any packet is waited for, and than what a NIC that is up again needs to be joined anew. */
    static final long RETURN_NS = TimeUnit.MILLISECONDS.toNanos(500);

    /** For so long after it was taken what was missed may come on a substitute. */
    static final long MOVING_NS = TimeUnit.SECONDS.toNanos(1);

    /** A tick comes every few milliseconds: in a longer pause nobody listened. */
    static final long PAUSE_NS = SpyWatch.PAUSE_NS;

    /** Two heartbeats: so long silence goes on behind a pause. */
    static final long BEHIND_PAUSE_NS = SpyWatch.BEHIND_PAUSE_NS;

    /** So long a line that is to take the own one's place has to begin to speak: a publisher without listeners is asked every second. */
    static final long TRIAL_NS = TimeUnit.SECONDS.toNanos(3);

    private final LineJoins joins;
    private long own;
    private long before;
    private long trialNs;
    private final long present;
    private final long[] heardNs;
    private long joined;
    private long speaking;
    private long substitute;
    private long failedNs;
    private long movedNs;
    private long tickedNs;
    private boolean isPardoned;

    /**
     * A line that has its time to speak.
     *
     * @param joins says which line of several is joined.
     * @param count of lines.
     * @param nowNs the time.
     */
    LineSubstitute(LineJoins joins, int count, long nowNs) {
        this.joins = joins;
        this.present = (1L << count) - 1;
        this.own = joins.joined(present);
        this.joined = own;
        this.speaking = own;
        this.heardNs = new long[count];
        this.failedNs = nowNs - RETURN_NS;
        this.tickedNs = nowNs;
        Arrays.fill(heardNs, nowNs);
    }

    /** The lines were left, and are joined again: the own one, chosen anew, has its time to speak. */
    void restart(long nowNs) {
        own = joins.joined(present);
        before = 0;
        joined = own;
        speaking = own;
        failedNs = nowNs - RETURN_NS;
        tickedNs = nowNs;
        Arrays.fill(heardNs, nowNs);
    }

    /** Whether a substitute was taken just now: what was missed may still come. */
    boolean isMoving(long nowNs) {
        return joined != own && nowNs - movedNs < MOVING_NS;
    }

    /** The line that was chosen: joined, whatever is joined beside it. */
    long own() {
        return own;
    }

    /** The lines to be joined. */
    long joined() {
        return joined;
    }

    /**
     * Time has passed.
     *
     * @param nowNs the time.
     * @param up lines on NICs that are not known to be down.
     * @param refused lines that the driver does not open.
     * @param heard lines that have brought something since the last tick, and are as far as the stream is.
     * @return the lines to be joined.
     */
    long onTick(long nowNs, long up, long refused, long heard) {
        pardon(nowNs, heard);
        for (int line = 0; line < heardNs.length; line++) {
            long bit = 1L << line;
            if ((heard & bit) != 0) {
                heardNs[line] = nowNs;
                speaking |= bit;
            } else if (nowNs - heardNs[line] >= SILENT_NS) {
                speaking &= ~bit;
            }
        }
        settle(nowNs, up & present & ~refused);
        if ((own & up & ~refused & speaking) == 0) {
            failedNs = nowNs;
        }
        boolean wasAlone = joined == own;
        joined = nowNs - failedNs >= RETURN_NS ? own : own | beside(up & present & ~own);
        movedNs = wasAlone ? nowNs : movedNs;
        speaking &= joined;
        return joined;
    }

    /** Once a silence: whoever looks rarely finds out, too. */
    private void pardon(long nowNs, long heard) {
        isPardoned &= (heard & own) == 0;
        if (!isPardoned && nowNs - tickedNs > PAUSE_NS) {
            isPardoned = true;
            long latestNs = nowNs - SILENT_NS + BEHIND_PAUSE_NS;
            for (int line = 0; line < heardNs.length; line++) {
                heardNs[line] = latestNs - heardNs[line] > 0 ? latestNs : heardNs[line];
            }
        }
        tickedNs = nowNs;
    }

    /** Whether another line is to be the own one, or the one before again. */
    private void settle(long nowNs, long usable) {
        boolean isSpeaking = (own & usable & speaking) != 0;
        if (joined == own && isSpeaking) {
            before = 0;
            long to = joins.settled(own, usable, nowNs);
            if (to != own) {
                before = own;
                substitute = own;
                trialNs = nowNs;
                movedNs = nowNs - MOVING_NS;
                own = to;
            }
        } else if (before != 0 && !isSpeaking && nowNs - trialNs >= TRIAL_NS) {
            own = before;
            before = 0;
        }
    }

    /** One that speaks, the same while it does; where none speaks all, so that the first is heard. */
    private long beside(long usable) {
        long found = usable & speaking;
        if (found == 0) {
            substitute = 0;
            return usable;
        }
        if ((substitute & found) == 0) {
            substitute = joins.joined(found);
        }
        return substitute;
    }
}
