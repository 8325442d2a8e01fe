// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

/**
 * Every packet on every line, every line joined: the loss of a NIC, a cable or a switch costs nothing.
 *
 * <p><b>Thread:</b> immutable.
 */
final class RedundantLines implements LineChoice {

    @Override
    public long sends(long healthy) {
        return healthy;
    }

    /** The unhealthy ones too: they bring something again as soon as they are mended. */
    @Override
    public long joins(long present, long healthy, Joiner joiner) {
        return present;
    }

    @Override
    public String summary(String bond) {
        return "on every NIC of bond " + bond + "; a subscriber joins every line, the first arrival wins";
    }

    @Override
    public String why(int index) {
        return "NIC " + (index + 1) + " of the bond";
    }
}
