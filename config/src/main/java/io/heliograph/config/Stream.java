// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import java.util.List;

/**
 * The unit of distribution: a named, totally ordered sequence of messages with one origin site.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param name unique in the topology.
 * @param id unique in the topology, 1 and up; packets carry it, and it decides the stream's groups.
 * @param site of origin.
 * @param publishers names of hosts of that site, at least one; the first publishes.
 * @param bond name of the bond of that site that it is sent on.
 * @param lines which NICs of the bond it is sent on.
 * @param join which line a subscriber joins, with {@link LinePolicy#SPREAD}.
 * @param flow who sets the pace.
 * @param repair how lost packets come back.
 * @param budgetNs how long an epoch whose end was not heard is waited for when a higher one is heard, ns.
 * @param reorderNs how long a packet that came early waits for the ones before it until the gap is given up, ns; at most the
 *     budget.
 * @param resendNs how far back a publisher that moves to another line can send again, ns.
 * @param seals whether the publisher states checksums of ranges.
 * @param writers who gives it its messages.
 * @param rateBps what it is declared to need, bits per second of packets on one line; 0 when the topology doesn't say.
 */
public record Stream(
        String name,
        int id,
        String site,
        List<String> publishers,
        String bond,
        LinePolicy lines,
        LineJoin join,
        Flow flow,
        Repair repair,
        long budgetNs,
        long reorderNs,
        long resendNs,
        boolean seals,
        Writers writers,
        long rateBps) {
    /** Between a feed's name and a partition's number: no name of the file has it. */
    public static final char PARTITION_MARK = '/';

    /** Copies the list. */
    public Stream {
        publishers = List.copyOf(publishers);
    }

    /**
     * The feed that this is a partition of.
     *
     * @return the name without a partition's number; of a stream that is not split its own name.
     */
    public String feed() {
        int mark = name.indexOf(PARTITION_MARK);
        return mark < 0 ? name : name.substring(0, mark);
    }
}
