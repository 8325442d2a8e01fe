// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.heliograph.config.LineJoin;

/**
 * Every packet on every line, one line joined by each subscriber: the work of receiving is shared among NICs and switches.
 *
 * <p>Who has drawn a line that is not healthy takes the next one that is, so that nobody else moves. By this object
 * join="least-populated" is a draw too: it knows of no subscribers; {@code LeastPopulatedLine} goes by them.
 *
 * <p><b>Thread:</b> immutable.
 */
final class SpreadLines implements LineChoice {
    private final LineJoin join;

    SpreadLines(LineJoin join) {
        this.join = join;
    }

    @Override
    public long sends(long healthy) {
        return healthy;
    }

    @Override
    public boolean isJoinedInPart() {
        return true;
    }

    @Override
    public long joins(long present, long healthy, Joiner joiner) {
        int count = Long.bitCount(present);
        if (count == 0) {
            return 0;
        }
        long number = join == LineJoin.MAC_XOR ? joiner.steady() : joiner.random();
        long wanted = nth(present, (int) Long.remainderUnsigned(number, count));
        long usable = present & healthy;
        if (usable == 0 || (usable & wanted) != 0) {
            return wanted;
        }
        long later = usable & -wanted;
        return Long.lowestOneBit(later == 0 ? usable : later);
    }

    @Override
    public String summary(String bond) {
        String which = switch (join) {
            case RANDOM -> "any, drawn when it subscribes";
            case MAC_XOR ->
                "the one that the XOR of its NIC's MAC address gives (without one, a hash of its" + " address)";
            case LEAST_POPULATED ->
                "the one that the fewest subscribers of the site are on, as the engines state it (any, where no engine"
                        + " does), and changes to one that has two fewer and more";
        };
        return "on every NIC of bond " + bond + "; a subscriber joins one line: " + which;
    }

    @Override
    public String why(int index) {
        return "NIC " + (index + 1) + " of the bond";
    }

    /** The member of a set that has a number of members below it. */
    private static long nth(long mask, int below) {
        long rest = mask;
        for (int i = 0; i < below; i++) {
            rest &= rest - 1;
        }
        return Long.lowestOneBit(rest);
    }
}
