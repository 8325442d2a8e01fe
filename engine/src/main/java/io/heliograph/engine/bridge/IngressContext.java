// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.priority.Marks;
import io.heliograph.engine.priority.PriorityTimes;
import java.util.concurrent.TimeUnit;

/**
 * How an ingress uses its paths.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param use which of the available paths carry a stream.
 * @param isSkipping whether an egress may leave out what is old: then its gaps are taken at once.
 * @param times how patient the choice of a path is.
 * @param highMark messages that wait at a path's other end from which on it is busy; {@link Long#MAX_VALUE}: never.
 * @param lowMark messages at which it no longer is.
 * @param gapNs so long another path is given to bring what one says is lost, ns.
 * @param penaltyNs so long a stream is not pulled over a path that brought what cannot be, ns.
 * @param quietNs a stream of which nothing was heard for so long is not said to live, ns.
 */
public record IngressContext(
        Use use,
        boolean isSkipping,
        PriorityTimes times,
        long highMark,
        long lowMark,
        long gapNs,
        long penaltyNs,
        long quietNs) {
    /** Which of the available paths of the best level carry a stream. */
    public enum Use {
        /** One carries all, the others wait. */
        FAILOVER,
        /** Each stream goes over one of them, so that they share the load. */
        SPREAD,
        /** Each stream goes over all of them; what comes first is taken. */
        HEDGE
    }

    /**
     * The same, with another patience.
     *
     * @param patience as {@code times} above.
     * @return a changed copy.
     */
    public IngressContext with(PriorityTimes patience) {
        return new IngressContext(use, isSkipping, patience, highMark, lowMark, gapNs, penaltyNs, quietNs);
    }

    /**
     * The same, with other marks.
     *
     * @param marks as {@code highMark} and {@code lowMark} above.
     * @return a changed copy.
     */
    public IngressContext with(Marks marks) {
        return new IngressContext(use, isSkipping, times, marks.high(), marks.low(), gapNs, penaltyNs, quietNs);
    }

    /**
     * The defaults: back after 5 s, a gap is asked for elsewhere for 1 s, a penalty lasts 5 s; no path is ever busy.
     *
     * @param use as above.
     * @param isSkipping as above.
     * @return the context.
     */
    public static IngressContext of(Use use, boolean isSkipping) {
        return new IngressContext(
                use,
                isSkipping,
                PriorityTimes.DEFAULT,
                Long.MAX_VALUE,
                0,
                TimeUnit.SECONDS.toNanos(1),
                TimeUnit.SECONDS.toNanos(5),
                TimeUnit.SECONDS.toNanos(1));
    }
}
