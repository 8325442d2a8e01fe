// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import java.util.concurrent.TimeUnit;

/**
 * The end of a publication's epoch: announced once everything has left, and repeated for a second, so that one who lost the
 * end hears it again.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 */
final class EpochEnd {
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(1);

    private boolean isBegun;
    private boolean isTold;
    private boolean isTimed;
    private long lingerUntilNs;

    void begin() {
        isBegun = true;
    }

    /** No further message is accepted. */
    boolean isBegun() {
        return isBegun;
    }

    /** True once: when the end has not been announced so far. */
    boolean isToTell() {
        boolean isFirst = !isTold;
        isTold = true;
        return isFirst;
    }

    void onDutyCycle(long nowNs) {
        if (isBegun && !isTimed) {
            isTimed = true;
            lingerUntilNs = nowNs + LINGER_NS;
        }
    }

    boolean isLingering(long nowNs) {
        return isBegun && (!isTimed || nowNs - lingerUntilNs < 0);
    }
}
