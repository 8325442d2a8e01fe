// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.bridge.PathView;
import io.heliograph.engine.priority.PeerState;
import io.heliograph.engine.priority.PeerView;
import java.util.Locale;

/**
 * A path of a bridge that leads to a host, as its engine tells it to who asks.
 *
 * <p><b>Layout:</b> a line of UTF-8, the components in their order with tabs between them.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param bridge what the host calls it.
 * @param peer the host at the other end.
 * @param level 1 to 16; the lower is used first.
 * @param state whether it can be used.
 * @param why in words.
 * @param sinceNs for how long it has been in that state, ns.
 * @param pulled streams that are pulled over it.
 * @param streams of the bridge.
 * @param backlog messages of these that wait at the other end.
 * @param space how many more may wait before it is busy; {@link PeerView#UNBOUNDED}: however many.
 * @param oldestNs how long ago the message ahead of the oldest that waits was sent; 0: none waits.
 * @param roundTripNs the last; -1 before the first.
 * @param clockOffsetNs by how much the other end's wall clock is ahead.
 * @param clockErrorNs by how much that may be wrong; -1: nothing is known of it.
 */
public record PathCard(
        String bridge,
        String peer,
        int level,
        PeerState state,
        String why,
        long sinceNs,
        int pulled,
        int streams,
        long backlog,
        long space,
        long oldestNs,
        long roundTripNs,
        long clockOffsetNs,
        long clockErrorNs) {
    private static final int FIELDS = 14;

    static PathCard of(String bridge, PathView path, long nowNs) {
        PeerView peer = path.peer();
        return new PathCard(
                bridge,
                peer.name(),
                peer.level(),
                peer.state(),
                peer.why(),
                nowNs - peer.sinceNs(),
                path.pulled(),
                path.streams(),
                peer.backlog(),
                peer.space(),
                peer.oldestNs(),
                path.timing().roundTripNs(),
                path.timing().clockOffsetNs(),
                path.timing().clockErrorNs());
    }

    /** As it is sent. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%s\t%s\t%d\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d",
                bridge,
                peer,
                level,
                state.name(),
                why,
                sinceNs,
                pulled,
                streams,
                backlog,
                space,
                oldestNs,
                roundTripNs,
                clockOffsetNs,
                clockErrorNs);
    }

    /**
     * Reads what was sent.
     *
     * @throws IllegalArgumentException when it is no such line.
     */
    static PathCard parse(String line) {
        String[] is = line.split("\t", -1);
        if (is.length != FIELDS) {
            throw new IllegalArgumentException("a path has " + FIELDS + " fields, not " + is.length);
        }
        return new PathCard(
                is[0],
                is[1],
                Integer.parseInt(is[2]),
                PeerState.valueOf(is[3]),
                is[4],
                Long.parseLong(is[5]),
                Integer.parseInt(is[6]),
                Integer.parseInt(is[7]),
                Long.parseLong(is[8]),
                Long.parseLong(is[9]),
                Long.parseLong(is[10]),
                Long.parseLong(is[11]),
                Long.parseLong(is[12]),
                Long.parseLong(is[13]));
    }
}
