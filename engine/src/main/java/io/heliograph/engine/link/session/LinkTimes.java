// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

/**
 * How patient a session is.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param heartbeatNs between heartbeats.
 * @param missed so many heartbeats in a row may be missed; then the peer is dead.
 * @param helloNs from the connection's start until the peer's HELLO is there.
 * @param stallNs a peer for which octets wait, and that has taken none of them for so long, is given up.
 * @param byeNs from BYE to the end of a connection whose peer does not answer it.
 */
public record LinkTimes(long heartbeatNs, int missed, long helloNs, long stallNs, long byeNs) {
    /** 250 ms, dead after three; HELLO within 5 s, stalled for 30 s, BYE answered within 1 s. */
    public static final LinkTimes DEFAULT =
            new LinkTimes(250_000_000L, 3, 5_000_000_000L, 30_000_000_000L, 1_000_000_000L);

    /** Checks that all are above 0. */
    public LinkTimes {
        if (heartbeatNs <= 0 || missed <= 0 || helloNs <= 0 || stallNs <= 0 || byeNs <= 0) {
            throw new IllegalArgumentException("a time of a link is not above 0");
        }
    }

    /**
     * How long a peer may be silent: so many intervals as may be missed, and one in which the next is still to come.
     *
     * @return ns.
     */
    public long silenceNs() {
        return heartbeatNs * (missed + 1L);
    }
}
