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
 * @param spies the same lines as the host's driver may send them; none where somebody else may publish the stream too.
 * @param health of the NICs of the lines.
 * @param joins {@link LineJoins#ALL}, or the policy of one line.
 * @param carried ids of all streams of the carrier whose lines they are; none where they are one stream's.
 */
public record LinesIn(
        List<LineChannel> network, List<LineChannel> spies, LineHealth health, LineJoins joins, List<Integer> carried) {
    /** Copies the list. */
    public LinesIn {
        carried = List.copyOf(carried);
    }
}
