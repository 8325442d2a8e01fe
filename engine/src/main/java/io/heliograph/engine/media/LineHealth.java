// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

/**
 * What the host's engine states of a stream's lines and their NICs: which can be used at the moment, and more. Lines are counted
 * as the host has them: those on whose NICs it is, in order, from 0.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Allocation:</b> none.
 */
@FunctionalInterface
public interface LineHealth {
    /** Of lines about which nobody says anything: all are used. */
    LineHealth UNKNOWN = () -> -1L;

    /**
     * The lines whose NICs are not known to be down.
     *
     * @return a mask, bit 0 for the first line; bits behind the last line mean nothing.
     */
    long up();

    /**
     * Until when a line that is down is known to have carried everything.
     *
     * @param line 0 for the first.
     * @return ns of the host's monotonic clock; {@link Long#MAX_VALUE} where nobody says it.
     */
    default long goodUntilNs(int line) {
        return Long.MAX_VALUE;
    }

    /**
     * How often a line had to be joined: after each fault of its NIC that was over, once more. The kernel may have forgotten
     * the membership then, and a switch that snoops hears of it only by a new one.
     *
     * @param line 0 for the first.
     * @return 1 and up; 0 where nobody says it.
     */
    default long joins(int line) {
        return 0;
    }

    /**
     * Whether a line's NIC is away: not there, without its address, set down, or without a carrier; true as long as it is held
     * down for that. Sockets that were opened on it, or what the switch knows of the groups that they have joined, do not come back with it.
     *
     * @param line 0 for the first.
     * @return true only where the engine says so.
     */
    default boolean isGone(int line) {
        return false;
    }

    /**
     * Whether a line's NIC that was away is there again and only held down, in case that it goes again: better than nothing.
     *
     * @param line 0 for the first.
     * @return true only where the engine says so.
     */
    default boolean isMended(int line) {
        return false;
    }

    /**
     * What a line's NIC has sent in the last second, of everything.
     *
     * @param line 0 for the first.
     * @return bytes per second; negative where nobody says it.
     */
    default long sentPerSecond(int line) {
        return -1;
    }

    /**
     * How many subscriptions of the site have chosen a line for themselves, where they choose by that.
     *
     * @param line 0 for the first.
     * @return 0 and up; negative where nobody says it.
     */
    default long subscribers(int line) {
        return -1;
    }
}
