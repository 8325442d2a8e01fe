// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

/**
 * The counters that an engine shows of the bridges that begin or end on its host.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum BridgeDescriptor implements CounterDescriptor {
    /** Handed to links, of all streams and peers (packets). */
    EGRESS_PACKETS(2500, "bridge egress packets", "packets", "handed to links, of all streams and peers"),
    /** Of these packets, as they go over the links (octets). */
    EGRESS_OCTETS(2501, "bridge egress octets", "octets", "of these packets, as they go over the links"),
    /** Of these packets before any were compressed (octets). */
    EGRESS_PLAIN_OCTETS(2502, "bridge egress plain octets", "octets", "of these packets before any were compressed"),
    /** That were compressed (batches). */
    EGRESS_COMPRESSED(2503, "bridge egress compressed", "batches", "that were compressed"),
    /** That peers may not have (pulls). */
    EGRESS_REFUSED(2504, "bridge egress refused", "pulls", "that peers may not have, and that were not answered"),
    /** Whether the path can be used, by {@code PeerState.code()} (state). */
    PATH_STATE(
            2510,
            "bridge path state",
            "state",
            "whether the path can be used: 0 not connected, 1 warming up, 2 silent, 3 busy, 4 back a moment ago, 5 available"),
    /** Of the streams that are pulled over the path, how many wait at its other end (messages). */
    PATH_BACKLOG(
            2511,
            "bridge path backlog",
            "messages",
            "of the streams that are pulled over the path, how many wait at its other end"),
    /** How many more may wait there before the path is busy (messages). */
    PATH_SPACE(
            2512,
            "bridge path space",
            "messages",
            "how many more may wait there before the path is busy; -1: as many as there are"),
    /** How long ago the last message before the oldest that waits there was sent (ns). */
    PATH_OLDEST(
            2513,
            "bridge path oldest",
            "ns",
            "how long ago the message ahead of the oldest that waits there was sent, by the origin's clock; 0: none waits"),
    /** The last round trip of the path's link (ns). */
    PATH_ROUND_TRIP(2514, "bridge path round trip", "ns", "the last of the path's link; -1 before the first"),
    /** By how much the other end's wall clock is ahead (ns). */
    PATH_CLOCK_OFFSET(
            2515,
            "bridge path clock offset",
            "ns",
            "by how much the other end's wall clock is ahead, by the quickest of the last 8 round trips"),
    /** By how much that offset may be wrong at most (ns). */
    PATH_CLOCK_ERROR(
            2516,
            "bridge path clock error",
            "ns",
            "by how much that offset may be wrong at most: half of that round trip; -1 before the first"),
    /** The numbering that the stream is in (epoch). */
    BRIDGED_EPOCH(2520, "bridged epoch", "epoch", "the numbering that the stream is in; 0 before the first"),
    /** The number that the stream needs next (sequence). */
    BRIDGED_NEXT(2521, "bridged next sequence", "sequence", "the number that the stream needs next"),
    /** Published in this site (messages). */
    BRIDGED_MESSAGES(2522, "bridged messages", "messages", "published in this site"),
    /** That came more than once, and were published once (messages). */
    BRIDGED_DUPLICATES(2523, "bridged duplicates", "messages", "that came more than once, and were published once"),
    /** Published: what no path could bring (gaps). */
    BRIDGED_GAPS(2524, "bridged gaps", "gaps", "published: what no path could bring"),
    /** In these gaps (messages). */
    BRIDGED_LOST(2525, "bridged lost", "messages", "in these gaps"),
    /** That could not be, and were not published (packets). */
    BRIDGED_REFUSED(2526, "bridged refused", "packets", "that could not be, and were not published"),
    /** The paths that the stream is pulled over: bit 0 is the first of the topology (mask). */
    BRIDGED_PATHS(
            2527,
            "bridged paths",
            "mask",
            "that the stream is pulled over: bit 0 is the first in the topology that leads to this host"),
    /** Of other content than was brought under the same numbers (seals). */
    BRIDGED_SEAL_MISMATCHES(
            2528, "bridged seal mismatches", "seals", "of other content than was brought under the same numbers");

    @SuppressWarnings("ImmutableEnumChecker") // A record of a number and strings.
    private final Entry entry;

    BridgeDescriptor(int typeId, String label, String unit, String sentence) {
        this.entry = new Entry(typeId, label, unit, sentence);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
