// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

/**
 * The counters that an engine shows of its links, and of what is asked for over them.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum LinkDescriptor implements CounterDescriptor {
    /** Open now, of either side's making (sessions). */
    LINK_SESSIONS(2400, "link sessions", "sessions", "open now, of either side's making"),
    /** Accepted from a socket (connections). */
    LINK_ACCEPTED(2401, "link accepted", "connections", "accepted from a socket"),
    /** That broke without a word (connections). */
    LINK_BROKEN(2402, "link broken", "connections", "that broke without a word"),
    /** Peers that were not let in or were rejected, for the reason in the label (times). */
    LINK_REJECTS(
            2403, "link rejects", "times", "peers that were not let in or were rejected, for the reason in the label"),
    /** Requests that came (requests). */
    LINK_REQUESTS(2404, "link requests", "requests", "that came"),
    /** Requests that were refused by status (requests). */
    LINK_REQUESTS_REFUSED(
            2405,
            "link requests refused",
            "requests",
            "that were answered with another status than ok by the link itself"),
    /** The last round trip that was measured, of any session (ns). */
    LINK_ROUND_TRIP(2406, "link round trip", "ns", "the last that was measured, of any session; -1 before the first"),
    /** That came to the service replay (requests). */
    REPLAY_REQUESTS(2410, "replay requests", "requests", "that came to the service replay, refused ones among them"),
    /** That were refused in words, for the reason in the label (requests). */
    REPLAY_REFUSED(2411, "replay refused", "requests", "that were refused in words, for the reason in the label"),
    /** That were told to come again later (requests). */
    REPLAY_WAITS(2412, "replay waits", "requests", "that were told to come again later"),
    /** Pages of answers (octets). */
    REPLAY_OCTETS(2413, "replay octets", "octets", "of pages that answered requests"),
    /** Sent on streams' lines, because many had lost them (packets). */
    REPLAY_LINE_PACKETS(2414, "replay line packets", "packets", "sent on streams' lines, because many had lost them"),
    /** To other hosts, for the processes of this one (requests). */
    REPLAY_FETCHES(2415, "replay fetches", "requests", "to other hosts, for the processes of this one");

    @SuppressWarnings("ImmutableEnumChecker") // A record of a number and strings.
    private final Entry entry;

    LinkDescriptor(int typeId, String label, String unit, String sentence) {
        this.entry = new Entry(typeId, label, unit, sentence);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
