// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import java.util.List;

/**
 * The forwarding of streams from one site's journals to another site's lines.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param from the site that streams come out of: their own, or one that another bridge leads them to.
 * @param to the site that they are sent in.
 * @param streams patterns of their names; partitions go with their feed.
 * @param bond name of the bond of the site it leads to that they are sent on there.
 * @param lines which NICs of that bond.
 * @param select how paths of one priority are used.
 * @param lag what becomes of what is behind.
 * @param lagBoundNs with {@link Lag#SKIP} how far behind it may be, ns; else 0.
 * @param rateBps the most that one path sends, bits per second; 0: no limit.
 * @param compress whether batches are compressed.
 * @param highMark messages that wait at a path's other end from which on it is busy; {@link #NEVER_BUSY}: however many.
 * @param lowMark messages at which it no longer is.
 * @param paths at least one.
 */
public record Bridge(
        String from,
        String to,
        List<String> streams,
        String bond,
        LinePolicy lines,
        Select select,
        Lag lag,
        long lagBoundNs,
        long rateBps,
        Compress compress,
        long highMark,
        long lowMark,
        List<BridgePath> paths) {
    /** A high-water mark that is never reached. */
    public static final long NEVER_BUSY = Long.MAX_VALUE;

    /** Copies the lists. */
    public Bridge {
        streams = List.copyOf(streams);
        paths = List.copyOf(paths);
    }

    /**
     * Whether it carries a stream.
     *
     * @param stream of any site.
     * @return whether one of its patterns fits the name of the stream's feed.
     */
    public boolean carries(Stream stream) {
        return streams.stream().anyMatch(pattern -> Allow.fits(pattern, stream.feed()));
    }

    /**
     * The hosts that send its streams in the site it leads to.
     *
     * @return each once, in the order of the paths.
     */
    public List<String> ingresses() {
        return paths.stream().map(BridgePath::to).distinct().toList();
    }

    /**
     * The hosts whose journals it reads.
     *
     * @return each once, in the order of the paths.
     */
    public List<String> egresses() {
        return paths.stream().map(BridgePath::from).distinct().toList();
    }

    /**
     * The paths that lead to one of its ingresses.
     *
     * @param host name of the ingress.
     * @return in the order of the file; none when it is no ingress of this bridge.
     */
    public List<BridgePath> pathsTo(String host) {
        return paths.stream().filter(path -> path.to().equals(host)).toList();
    }

    /**
     * The paths that begin at one of its egresses.
     *
     * @param host name of the egress.
     * @return in the order of the file; none when it is no egress of this bridge.
     */
    public List<BridgePath> pathsFrom(String host) {
        return paths.stream().filter(path -> path.from().equals(host)).toList();
    }
}
