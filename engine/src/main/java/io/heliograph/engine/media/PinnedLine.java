// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

/**
 * One line, the first that is healthy in the order in which the bond names its NICs: a large stream on a NIC of its own.
 *
 * <p><b>Thread:</b> immutable.
 */
final class PinnedLine implements LineChoice {

    @Override
    public long sends(long healthy) {
        return Long.lowestOneBit(healthy);
    }

    @Override
    public long joins(long present, long healthy, Joiner joiner) {
        return present;
    }

    @Override
    public String summary(String bond) {
        return "on the first NIC of bond " + bond + " that is up; a subscriber joins every line";
    }

    @Override
    public String why(int index) {
        return "NIC " + (index + 1) + " of the bond, in its order";
    }
}
