// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.priority;

import java.util.concurrent.TimeUnit;

/**
 * How patient the choice is.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param silenceNs a peer of which nothing was heard for longer is not alive; {@link Long#MAX_VALUE} where its connection ends by
 *     itself then.
 * @param settleNs so long a peer that was lost has to be there again before work goes back to it.
 * @param holdDownNs so long a peer that was busy stays so at least.
 * @param mostNs a peer that is lost, or busy, again and again has to wait twice as long each time, up to this.
 */
public record PriorityTimes(long silenceNs, long settleNs, long holdDownNs, long mostNs) {
    /** Back after 5 s, busy for 1 s at least, a minute at most; connections end by themselves. */
    public static final PriorityTimes DEFAULT = new PriorityTimes(
            Long.MAX_VALUE, TimeUnit.SECONDS.toNanos(5), TimeUnit.SECONDS.toNanos(1), TimeUnit.MINUTES.toNanos(1));

    /** Checks them. */
    public PriorityTimes {
        if (silenceNs <= 0 || settleNs < 0 || holdDownNs < 0 || mostNs < Math.max(settleNs, holdDownNs)) {
            throw new IllegalArgumentException("silence above 0, the others 0 and up, and none above the most: "
                    + silenceNs + ", " + settleNs + ", " + holdDownNs + ", " + mostNs);
        }
    }
}
