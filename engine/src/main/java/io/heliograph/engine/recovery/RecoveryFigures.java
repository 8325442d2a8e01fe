// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

/**
 * What a recovery has done.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the recovery.
 */
public final class RecoveryFigures {
    private long lastAsk;
    long asks;
    long timeouts;
    long failures;
    long busy;
    long damagedPages;
    long packets;
    long octets;
    long nobodyHad;

    /** Nothing was done so far. */
    public RecoveryFigures() {}

    /** A number for an ask that none had before. */
    long nextAsk() {
        return ++lastAsk;
    }

    /**
     * Requests.
     *
     * @return requests.
     */
    public long asks() {
        return asks;
    }

    /**
     * Requests that were not answered in time.
     *
     * @return requests.
     */
    public long timeouts() {
        return timeouts;
    }

    /**
     * Requests that came to nothing, those that were not answered in time among them.
     *
     * @return requests.
     */
    public long failures() {
        return failures;
    }

    /**
     * Requests to which a source said that it was asked too much.
     *
     * @return requests.
     */
    public long busy() {
        return busy;
    }

    /**
     * Pages that were dropped whole: their framing or their CRC is wrong.
     *
     * @return pages.
     */
    public long damagedPages() {
        return damagedPages;
    }

    /**
     * Packets that were handed to the subscription.
     *
     * @return packets.
     */
    public long packets() {
        return packets;
    }

    /**
     * Octets of these.
     *
     * @return octets.
     */
    public long octets() {
        return octets;
    }

    /**
     * Messages that nobody had.
     *
     * @return messages.
     */
    public long nobodyHad() {
        return nobodyHad;
    }
}
