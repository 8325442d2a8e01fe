// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import io.heliograph.config.net.Places;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * @param carrier name of the carrier whose lines it shares with others; null: it has lines of its own.
 * @param groups the place of line A in the site's range; {@link #BY_ID}: the one that the id, or the carrier's name, gives.
 * @param journaling who keeps a journal of it, and how.
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
        long rateBps,
        @Nullable String carrier,
        int groups,
        Journaling journaling) {
    /** The place of line A is a function of the id, or of the carrier's name. */
    public static final int BY_ID = -1;

    /** Between a feed's name and a partition's number: no name of the file has it. */
    public static final char PARTITION_MARK = '/';

    /** Copies the list. */
    public Stream {
        publishers = List.copyOf(publishers);
    }

    /**
     * A stream that has lines of its own, where its id puts them.
     *
     * @param name as above.
     * @param id as above.
     * @param site as above.
     * @param publishers as above.
     * @param bond as above.
     * @param lines as above.
     * @param join as above.
     * @param flow as above.
     * @param repair as above.
     * @param budgetNs as above.
     * @param reorderNs as above.
     * @param resendNs as above.
     * @param seals as above.
     * @param writers as above.
     * @param rateBps as above.
     */
    public Stream(
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
        this(
                name,
                id,
                site,
                publishers,
                bond,
                lines,
                join,
                flow,
                repair,
                budgetNs,
                reorderNs,
                resendNs,
                seals,
                writers,
                rateBps,
                null,
                BY_ID);
    }

    /**
     * A stream without a journal.
     *
     * @param name as above.
     * @param id as above.
     * @param site as above.
     * @param publishers as above.
     * @param bond as above.
     * @param lines as above.
     * @param join as above.
     * @param flow as above.
     * @param repair as above.
     * @param budgetNs as above.
     * @param reorderNs as above.
     * @param resendNs as above.
     * @param seals as above.
     * @param writers as above.
     * @param rateBps as above.
     * @param carrier as above.
     * @param groups as above.
     */
    public Stream(
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
            long rateBps,
            @Nullable String carrier,
            int groups) {
        this(
                name,
                id,
                site,
                publishers,
                bond,
                lines,
                join,
                flow,
                repair,
                budgetNs,
                reorderNs,
                resendNs,
                seals,
                writers,
                rateBps,
                carrier,
                groups,
                Journaling.NONE);
    }

    /**
     * The number by which its lines are found, and Aeron's stream id on them.
     *
     * @return its id; of one that is carried {@link Places#idOf} its carrier.
     */
    public int linesId() {
        return carrier == null ? id : Places.idOf(carrier);
    }

    /**
     * Whose lines it is sent on, for people.
     *
     * @return {@code stream NAME} or {@code carrier NAME}.
     */
    public String linesOwner() {
        return carrier == null ? "stream " + name : "carrier " + carrier;
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
