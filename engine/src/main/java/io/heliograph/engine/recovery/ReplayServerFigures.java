// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

/**
 * What a replay server has done.
 *
 * <p><b>Thread:</b> single writer, the thread that runs the server; what another one reads may be a moment old.
 */
public final class ReplayServerFigures {
    long requests;
    long waits;
    long pages;
    long pagesRead;
    long octets;
    long lineRanges;
    long linePackets;
    long lineOctets;
    long lineGivenUp;
    final long[] refused = new long[ReplayPeer.REASONS];

    /** Nothing was done so far. */
    public ReplayServerFigures() {}

    /**
     * Requests of all peers.
     *
     * @return requests, refused ones among them.
     */
    public long requests() {
        return requests;
    }

    /**
     * Requests that were told to come again later.
     *
     * @return requests.
     */
    public long waits() {
        return waits;
    }

    /**
     * Pages that were sent.
     *
     * @return pages.
     */
    public long pages() {
        return pages;
    }

    /**
     * Pages that were read from a journal: fewer than were sent where several asked for the same.
     *
     * @return pages.
     */
    public long pagesRead() {
        return pagesRead;
    }

    /**
     * Octets of the pages that were sent.
     *
     * @return octets.
     */
    public long octets() {
        return octets;
    }

    /**
     * Ranges that were sent on lines, because many asked for them.
     *
     * @return ranges.
     */
    public long lineRanges() {
        return lineRanges;
    }

    /**
     * Packets that were sent on lines.
     *
     * @return packets.
     */
    public long linePackets() {
        return linePackets;
    }

    /**
     * Octets of the packets that were sent on lines.
     *
     * @return octets.
     */
    public long lineOctets() {
        return lineOctets;
    }

    /**
     * Ranges that the lines did not take in time, or the journal did not have by then.
     *
     * @return ranges.
     */
    public long lineGivenUp() {
        return lineGivenUp;
    }

    /**
     * Requests that were refused.
     *
     * @param reason a constant of {@link ReplayPeer}.
     * @return requests.
     */
    public long refused(int reason) {
        return refused[reason];
    }
}
