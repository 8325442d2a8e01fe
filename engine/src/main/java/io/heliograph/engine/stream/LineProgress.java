// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import java.util.concurrent.TimeUnit;

/**
 * Whether a line is as far as the stream is. After a silence a driver may still repair what was missed then; a line that brings
 * only that does not bring the stream.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none.
 */
final class LineProgress {
    /** A line may be later than the stream by this, at the least, and by twice as much at most. */
    static final long LATE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private long wanted;
    private long latest;
    private long latestAtNs;

    LineProgress(long nowNs) {
        this.latestAtNs = nowNs;
    }

    /**
     * Time has passed.
     *
     * @param nowNs the time.
     * @param streamNext the sequence that the stream delivers next; less than before in a new epoch.
     */
    void onTick(long nowNs, long streamNext) {
        if (nowNs - latestAtNs >= LATE_NS || streamNext < latest) {
            wanted = Math.min(latest, streamNext);
            latest = streamNext;
            latestAtNs = nowNs;
        }
    }

    /**
     * Whether a line is with the stream.
     *
     * @param lineNext the sequence that the line should bring next.
     */
    boolean isWithStream(long lineNext) {
        return lineNext >= wanted;
    }
}
