// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.aeron.Publication;
import org.agrona.DirectBuffer;

/**
 * Offers one packet, the same octets, to every line, and knows which of them took it already.
 *
 * <p>A line that pushes back is asked again for a bounded time once another one has taken the packet, and then skipped, so
 * that a slow line never delays another; with {@code lossless} (flow="min") the packet waits for every line that has a
 * listener. A line whose driver is gone pushes back like any other. Where one line can take over from another, the packet is
 * kept; a line that catches up has it from there.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class LineFanout {
    /** The packet is done with: taken, or nobody listens. */
    static final int DONE = 0;

    /** Offer the same packet again later. */
    static final int REFUSED = 1;

    /** Of a line that catches up, with each packet that leaves: so it comes nearer whatever the rate. */
    private static final int CATCH_UP_LIMIT = 8;

    private final SendingLines sending;
    private final PublicationLine[] lines;
    private final boolean isLossless;
    private long taken;
    private long unheard;

    LineFanout(SendingLines sending, boolean isLossless) {
        this.sending = sending;
        this.lines = sending.all();
        this.isLossless = isLossless;
    }

    /** Packets that no line had a listener for. */
    long unheard() {
        return unheard;
    }

    int send(DirectBuffer buffer, int offset, int length) {
        long open = sending.sending() & ~taken;
        long refused = 0;
        for (int i = 0; i < lines.length; i++) {
            long bit = 1L << i;
            if ((open & bit) != 0) {
                long outcome = lines[i].offer(buffer, offset, length);
                if (outcome > 0) {
                    taken |= bit;
                } else if (outcome != Publication.NOT_CONNECTED) {
                    refused |= bit;
                }
            }
        }
        if (refused == 0 && taken != 0 && sending.kept() == null) {
            taken = 0;
            return DONE;
        }
        return settle(refused, buffer, offset, length);
    }

    /** Nobody waits for a line that pushes back as long as no other is ahead of it: the caller has better to do meanwhile. */
    private int settle(long refused, DirectBuffer buffer, int offset, int length) {
        if (refused != 0 && (isLossless || taken == 0)) {
            return REFUSED;
        }
        for (int i = 0; refused != 0 && i < lines.length; i++) {
            if ((refused & (1L << i)) != 0 && lines[i].insist(buffer, offset, length) < 0) {
                lines[i].onSkipped();
            }
        }
        if (!sending.keep(buffer, offset, length, isLossless)) {
            return REFUSED;
        }
        if (taken == 0 && !sending.isAnyConnected(sending.catchingUp())) {
            unheard++;
        }
        taken = 0;
        if (sending.isBehind()) {
            sending.catchUp(CATCH_UP_LIMIT);
        }
        return DONE;
    }
}
