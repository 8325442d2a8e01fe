// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.link.session.LinkTiming;
import io.heliograph.engine.priority.PeerView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Looks at the paths of an ingress now and then, for others to see, and says when others carry something than before.
 *
 * <p><b>Thread:</b> one owner, the ingress's; {@link #views} any.
 *
 * <p><b>Allocation:</b> some objects with each look.
 */
final class PathWatch {
    private final BridgeCard card;
    private final Ingress ingress;
    private volatile List<PathView> views = List.of();
    private long toldInUse;

    PathWatch(BridgeCard card, Ingress ingress, long nowNs) {
        this.card = card;
        this.ingress = ingress;
        look(path -> LinkTiming.NONE, nowNs);
        views = views.stream().map(PathWatch::notBegun).toList();
    }

    private static PathView notBegun(PathView path) {
        PeerView peer = path.peer();
        PeerView waiting = new PeerView(
                peer.name(),
                peer.level(),
                peer.state(),
                "nothing is pulled before this host's journals of the streams are open",
                false,
                0,
                peer.space(),
                0,
                peer.sinceNs());
        return new PathView(waiting, path.timing(), 0, path.streams());
    }

    /** The paths in order, as of the last look. */
    List<PathView> views() {
        return views;
    }

    /** Looks; returns words about which paths carry something, when others do than before, else none. */
    String look(IntFunction<LinkTiming> timings, long nowNs) {
        int[] pulled = new int[card.peers().length];
        long inUse = 0;
        for (int id : card.streamIds()) {
            long over = ingress.pulling(id);
            inUse |= over;
            for (long rest = over; rest != 0; rest &= rest - 1) {
                pulled[Long.numberOfTrailingZeros(rest)]++;
            }
        }
        List<PathView> seen = new ArrayList<>();
        for (int path = 0; path < pulled.length; path++) {
            seen.add(new PathView(
                    ingress.view(path, nowNs), timings.apply(path), pulled[path], card.streamIds().length));
        }
        views = List.copyOf(seen);
        if (inUse == toldInUse) {
            return "";
        }
        toldInUse = inUse;
        return "from " + card.from() + ": pulled over " + words(seen);
    }

    private static String words(List<PathView> paths) {
        StringBuilder used = new StringBuilder();
        StringBuilder others = new StringBuilder();
        for (PathView path : paths) {
            PeerView peer = path.peer();
            if (path.pulled() > 0) {
                used.append(used.isEmpty() ? "" : ", ").append(peer.name());
            } else {
                others.append("; ").append(peer.name()).append(": ").append(peer.why());
            }
        }
        return (used.isEmpty() ? "no path" : used.toString()) + others;
    }
}
