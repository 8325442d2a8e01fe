// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.media.LineChannel;
import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.media.LineJoins;
import java.util.List;

/**
 * The lines of a stream that a host can hear, and which of them it joins.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param network its lines, in the order of their names.
 * @param spies those of the same lines that nobody but this host sends on, as its driver may send them, in the same order.
 * @param spied which lines those are: a bit mask, bit 0 for the first.
 * @param health of the NICs of the lines.
 * @param joins {@link LineJoins#ALL}, or the policy of one line.
 * @param carried ids of all streams of the carrier whose lines they are; none where they are one stream's.
 */
public record LinesIn(
        List<LineChannel> network,
        List<LineChannel> spies,
        long spied,
        LineHealth health,
        LineJoins joins,
        List<Integer> carried) {
    /** Copies the list. */
    public LinesIn {
        carried = List.copyOf(carried);
        if (Long.bitCount(spied) != spies.size()) {
            throw new IllegalArgumentException(spies.size() + " spies for lines " + Long.toBinaryString(spied));
        }
    }

    /** The place among the spies of a line that is one; -1 for any other. */
    int spyOf(int line) {
        return (spied & 1L << line) == 0 ? -1 : Long.bitCount(spied & ((1L << line) - 1));
    }
}
