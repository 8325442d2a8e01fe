// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.media.LineChoice;
import java.util.concurrent.TimeUnit;

/**
 * Which lines of a publication are without a listener while another one has some: status messages that stop on one line only
 * are a failed path, or subscribers whose hosts have no NIC there, and sending on it alone would reach nobody either way.
 *
 * <p>It takes two looks: the driver says that a line has no listener 1.5 s after its last status message
 * ({@code DriverContext}); here it has to stay so for another quarter of a second, because the lines of a subscriber that comes
 * or goes do so one by one. Together less than the resend window of 2 s, so that a move loses nothing. A line whose NIC comes
 * back has to be heard first, and one that is heard again is usable at once: leaving the other one takes its time anyway.
 *
 * <p>It says nothing where spies read the publication: Aeron takes them for listeners on every line of theirs
 * ({@code ssc=true}). Probes see that path too.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class HeardLines {
    /** A line stays without a listener for so long before it counts. */
    static final long UNHEARD_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private final PublicationLine[] lines;
    private final long[] unheardSinceNs;
    private long usableBefore = -1L;
    private long unheard;

    HeardLines(PublicationLine[] lines) {
        this.lines = lines;
        this.unheardSinceNs = new long[lines.length];
    }

    /**
     * Takes from a set the lines that nobody hears, if one of them is heard.
     *
     * @param usable lines that can be sent on as far as their NICs are concerned.
     * @param nowNs the time.
     * @return a part of them; all where none is heard.
     */
    long of(long usable, long nowNs) {
        long heard = 0;
        for (int i = 0; i < lines.length; i++) {
            heard |= LineChoice.has(usable, i) && lines[i].isConnected() ? LineChoice.bit(i) : 0;
        }
        long silent = heard == 0 ? 0 : usable & ~heard;
        long left = usable;
        for (int i = 0; i < lines.length; i++) {
            if (LineChoice.has(silent, i)) {
                if (!LineChoice.has(unheard, i)) {
                    unheardSinceNs[i] = LineChoice.has(usableBefore, i) ? nowNs : nowNs - UNHEARD_NS;
                }
                left &= nowNs - unheardSinceNs[i] >= UNHEARD_NS ? ~LineChoice.bit(i) : -1L;
            }
        }
        unheard = silent;
        usableBefore = usable;
        return left;
    }
}
