// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

/**
 * The catalogue of counters: every number that a publication, a subscription or an engine shows in its driver's counters file, where
 * Aeron's own tools ({@code AeronStat}) and other processes read it without a call.
 *
 * <p>A counter's label is {@code heliograph: NAME, stream STREAM} and, for a line's, {@code , line LINE} behind it; a NIC's is
 * {@code heliograph: NAME, host HOST, NIC NIC}.
 *
 * <p><b>Thread:</b> immutable. A counter has a single writer, the thread that owns the publication, subscription or monitor, and many
 * readers.
 */
public enum CounterDescriptor {
    /** The number that the next message gets (sequence). */
    PUBLICATION_NEXT_SEQUENCE(2000, "publication next sequence", "sequence", "the number that the next message gets"),
    /** The numbering that messages belong to (epoch). */
    PUBLICATION_EPOCH(2001, "publication epoch", "epoch", "the numbering that messages belong to"),
    /** Accepted since the publication was opened (messages). */
    PUBLICATION_MESSAGES(2002, "publication messages", "messages", "accepted since the publication was opened"),
    /** Data packets closed, the unheard among them (packets). */
    PUBLICATION_PACKETS(2003, "publication packets", "packets", "data packets closed, the unheard among them"),
    /** No line took a packet and the caller was told (times). */
    PUBLICATION_BACK_PRESSURED(
            2004, "publication back-pressured", "times", "no line took a packet and the caller was told"),
    /** Closed while nobody listened on any line (packets). */
    PUBLICATION_UNHEARD(2005, "publication unheard", "packets", "closed while nobody listened on any line"),
    /** That the stream is sent on now (lines). */
    PUBLICATION_LINES(2006, "publication lines", "lines", "that the stream is sent on now"),
    /** The stream took a line that it was not on before, because another was lost or came back (times). */
    PUBLICATION_MOVES(
            2007,
            "publication moves",
            "times",
            "the stream took a line that it was not on before, because another was lost or came back"),
    /** Of any kind that were sent once more: on another line than the one that was lost, or because they were asked for (packets). */
    PUBLICATION_RESENT(
            2008,
            "publication resent",
            "packets",
            "of any kind that were sent once more: on another line than the one that was lost, or because they were asked"
                    + " for"),
    /** 1: a stream that goes out on several lines is down to one. */
    PUBLICATION_SINGLE_LINE_RISK(
            2009,
            "publication single-line risk",
            "state",
            "1: a stream that goes out on several lines is down to one, and the next failure costs messages"),
    /** Of any kind that this line took (packets). */
    PUBLICATION_LINE_PACKETS(2010, "publication line packets", "packets", "of any kind that this line took"),
    /** This line refused a packet after all retries (times). */
    PUBLICATION_LINE_PUSHED_BACK(
            2011, "publication line pushed back", "times", "this line refused a packet after all retries"),
    /** That went out on other lines only, because this one pushed back (packets). */
    PUBLICATION_LINE_SKIPPED(
            2012,
            "publication line skipped",
            "packets",
            "that went out on other lines only, because this one pushed back"),
    /** 0 not sent on, 1 sent on, 2 catching up with what a lost line did not bring. */
    PUBLICATION_LINE_STATE(
            2013,
            "publication line state",
            "state",
            "0 not sent on, 1 sent on, 2 catching up with what a lost line did not bring"),
    /** Taken from the ring that several writers put into (messages). */
    INTAKE_MESSAGES(2020, "intake messages", "messages", "taken from the ring that several writers put into"),
    /** Given up because the writer's process was gone (claims). */
    INTAKE_ABANDONED(2021, "intake abandoned", "claims", "given up because the writer's process was gone"),
    /** A writer found no room in the ring (times). */
    INTAKE_FULL(2022, "intake full", "times", "a writer found no room in the ring"),
    /** That hold a slot of the ring (writers). */
    INTAKE_WRITERS(2023, "intake writers", "writers", "that hold a slot of the ring"),
    /** Delivered, once each and in order (messages). */
    SUBSCRIPTION_MESSAGES(2100, "subscription messages", "messages", "delivered, once each and in order"),
    /** Data packets from which at least one message was delivered (packets). */
    SUBSCRIPTION_PACKETS(
            2101, "subscription packets", "packets", "data packets from which at least one message was delivered"),
    /** Notices given of ranges that are lost for good (gaps). */
    SUBSCRIPTION_GAPS(2102, "subscription gaps", "gaps", "notices given of ranges that are lost for good"),
    /** Named by gap notices with a known end (messages). */
    SUBSCRIPTION_LOST(2103, "subscription lost", "messages", "named by gap notices with a known end"),
    /** That were known to be missing and came in time (messages). */
    SUBSCRIPTION_RECOVERED(
            2104, "subscription recovered", "messages", "that were known to be missing and came in time"),
    /** That came ahead of their turn and waited for it (messages). */
    SUBSCRIPTION_OUT_OF_ORDER(
            2105, "subscription out-of-order", "messages", "that came ahead of their turn and waited for it"),
    /** Dropped whole: their framing is wrong (packets). */
    SUBSCRIPTION_MALFORMED(2106, "subscription malformed", "packets", "dropped whole: their framing is wrong"),
    /** Dropped: their epoch is over (packets). */
    SUBSCRIPTION_OLD_EPOCH(2107, "subscription old epoch", "packets", "dropped: their epoch is over"),
    /** Dropped: they are another stream's (packets). */
    SUBSCRIPTION_FOREIGN(2108, "subscription foreign", "packets", "dropped: they are another stream's"),
    /** Dropped: their sequence cannot be true (packets). */
    SUBSCRIPTION_IMPLAUSIBLE(2109, "subscription implausible", "packets", "dropped: their sequence cannot be true"),
    /** Whose range was seen whole and is the same (seals). */
    SUBSCRIPTION_SEALS_CHECKED(
            2110, "subscription seals checked", "seals", "whose range was seen whole and is the same"),
    /** Whose range was joined late, has a gap, or came out of turn (seals). */
    SUBSCRIPTION_SEALS_UNCHECKED(
            2111,
            "subscription seals unchecked",
            "seals",
            "whose range was joined late, has a gap, or came out of turn"),
    /** Whose range was seen whole and differs (seals). */
    SUBSCRIPTION_SEAL_MISMATCHES(
            2112, "subscription seal mismatches", "seals", "whose range was seen whole and differs"),
    /** 0 joining, 1 live, 2 gap, 3 stale, 4 ended, 5 catching up, 6 recovering (state). */
    SUBSCRIPTION_QUALITY(
            2113,
            "subscription quality",
            "state",
            "0 joining, 1 live, 2 gap, 3 stale, 4 ended, 5 catching up, 6 recovering"),
    /** That this line brought first (messages). */
    SUBSCRIPTION_LINE_WON(2120, "subscription line won", "messages", "that this line brought first"),
    /** That this line brought after another one (messages). */
    SUBSCRIPTION_LINE_LOST(2121, "subscription line lost", "messages", "that this line brought after another one"),
    /** That this line brought more than once (messages). */
    SUBSCRIPTION_LINE_DUPLICATES(
            2122, "subscription line duplicates", "messages", "that this line brought more than once"),
    /** That never came on this line, as what came behind them shows (messages). */
    SUBSCRIPTION_LINE_MISSING(
            2123,
            "subscription line missing",
            "messages",
            "that never came on this line, as what came behind them shows"),
    /** Mean lead of this line when it won, in steps of the duty cycle (ns). */
    SUBSCRIPTION_LINE_LEAD_TIME(
            2124,
            "subscription line lead time",
            "ns",
            "mean lead of this line when it won, in steps of the duty cycle"),
    /** The line was left and joined anew: it stood still beyond its share of the budget, or its NIC was mended (times). */
    SUBSCRIPTION_LINE_REJOINS(
            2125,
            "subscription line rejoins",
            "times",
            "the line was left and joined anew: it stood still beyond its share of the budget, or its NIC was mended"),
    /** Not read: their source may not publish the stream (images). */
    SUBSCRIPTION_LINE_REJECTED_IMAGES(
            2126, "subscription line rejected images", "images", "not read: their source may not publish the stream"),
    /** Data packets from which this line brought a message first (packets). */
    SUBSCRIPTION_LINE_PACKETS_WON(
            2130,
            "subscription line packets won",
            "packets",
            "data packets from which this line brought a message first"),
    /** Missing on this line and brought by another one, or still waited for (messages). */
    SUBSCRIPTION_LINE_LOST_ONLY_HERE(
            2131,
            "subscription line lost only here",
            "messages",
            "missing on this line and brought by another one, or still waited for"),
    /** Missing on this line and on every other: named by a gap notice (messages). */
    SUBSCRIPTION_LINE_LOST_ON_ALL(
            2132,
            "subscription line lost on all",
            "messages",
            "missing on this line and on every other: named by a gap notice"),
    /** In the holes that the driver found on this line, by its loss report (octets). */
    SUBSCRIPTION_LINE_DRIVER_LOST(
            2133,
            "subscription line driver lost",
            "octets",
            "in the holes that the driver found on this line, by its loss report"),
    /** That NAK brought again on this line, estimated from the octets of the loss report (messages). */
    SUBSCRIPTION_LINE_REPAIRED(
            2134,
            "subscription line repaired",
            "messages",
            "that NAK brought again on this line, estimated from the octets of the loss report"),
    /** Half of this line's leads were at most as long; renewed every second, like the next two (ns). */
    SUBSCRIPTION_LINE_LEAD_P50(
            2135,
            "subscription line lead p50",
            "ns",
            "half of this line's leads were at most as long; renewed every second, like the next two"),
    /** Of a hundred of this line's leads 99 were at most as long (ns). */
    SUBSCRIPTION_LINE_LEAD_P99(
            2136, "subscription line lead p99", "ns", "of a hundred of this line's leads 99 were at most as long"),
    /** The longest lead of this line (ns). */
    SUBSCRIPTION_LINE_LEAD_MAX(2137, "subscription line lead max", "ns", "the longest lead of this line"),
    /** Skew alarm: by how much this line is constantly later than another; 0 within the bound (ns). */
    SUBSCRIPTION_LINE_LATE(
            2138,
            "subscription line late",
            "ns",
            "skew alarm: by how much this line is constantly later than another; 0 within the bound"),
    /** The skew alarm was raised for this line (times). */
    SUBSCRIPTION_LINE_SKEW_ALARMS(
            2139, "subscription line skew alarms", "times", "the skew alarm was raised for this line"),
    /** 1: the line that this subscription has chosen (state); with join="least-populated" only. */
    SUBSCRIPTION_LINE_CHOSEN(
            2140,
            "subscription line chosen",
            "state",
            "1: the line that this subscription has chosen; 0: another, or none while it hears its own host; with join=\"least-populated\" only"),
    /** 0 unknown, 1 up, 2 suspect, 3 down (state). */
    NIC_STATE(2200, "NIC state", "state", "0 unknown, 1 up, 2 suspect, 3 down"),
    /** What speaks against it: 0 nothing, 1 no address, 2 link, 3 carrier, 4 sending, 5 peers (cause). */
    NIC_CAUSE(
            2201,
            "NIC cause",
            "cause",
            "what speaks against it: 0 nothing, 1 no address, 2 link, 3 carrier, 4 sending, 5 peers"),
    /** It went down since the engine was started (times). */
    NIC_DOWNS(2202, "NIC downs", "times", "it went down since the engine was started"),
    /** It became suspect since the engine was started (times). */
    NIC_SUSPICIONS(2203, "NIC suspicions", "times", "it became suspect since the engine was started"),
    /** That are heard on it and hear this host on it (hosts). */
    NIC_PEERS(2204, "NIC peers", "hosts", "that are heard on it and hear this host on it"),
    /** That are heard, or hear this host, on another NIC and not on it (hosts). */
    NIC_PEERS_CUT(
            2205, "NIC peers cut off", "hosts", "that are heard, or hear this host, on another NIC and not on it"),
    /** That came to the probes' group and were no probes of peers on this NIC (datagrams). */
    NIC_PROBES_REFUSED(
            2206,
            "NIC probes refused",
            "datagrams",
            "that came to the probes' group and were no probes of peers on this NIC"),
    /** Until then a NIC that is down is known to have carried everything (ns of the host's monotonic clock). */
    NIC_GOOD_UNTIL(
            2207,
            "NIC good until",
            "ns",
            "of the host's monotonic clock: until then a NIC that is down is known to have carried everything"),
    /** That lines on it had to be joined: at the start, and after each fault that was over (times). */
    NIC_JOINS(
            2208,
            "NIC joins",
            "times",
            "that lines on it had to be joined: at the start, and after each fault that was over"),
    /** That it sent in the last second, of everything (bytes per second); -1 where the kernel does not say it. */
    NIC_SENT(
            2209,
            "NIC sent",
            "bytes/s",
            "that it sent in the last second, of everything; -1 where the kernel does not say it"),
    /** 1 while the kernel speaks against it (address, link, carrier) and until that was over for 100 ms; else 0 (state). */
    NIC_GONE(
            2210,
            "NIC gone",
            "state",
            "1 while the kernel speaks against it (address, link, carrier) and until that was over for 100 ms; else 0"),
    /** Of all hosts of the site that have chosen the line (subscriptions); with join="least-populated" only. */
    LINE_SUBSCRIBERS(
            2220,
            "line subscribers",
            "subscriptions",
            "of all hosts of the site that have chosen the line, by what their engines stated in the last second; with join=\"least-populated\" only"),
    /** The last message of its epoch that is in the journal, lost ones among them (sequence). */
    JOURNAL_APPENDED(
            2300,
            "journal appended",
            "sequence",
            "the last message of its epoch that is in the journal, lost ones among them"),
    /** The numbering that the last packet in the journal belongs to (epoch). */
    JOURNAL_EPOCH(2301, "journal epoch", "epoch", "the numbering that the last packet in the journal belongs to"),
    /** Appended since the journal was opened (packets). */
    JOURNAL_PACKETS(2302, "journal packets", "packets", "appended since the journal was opened"),
    /** Of packets appended since the journal was opened (octets). */
    JOURNAL_OCTETS(2303, "journal octets", "octets", "of packets appended since the journal was opened"),
    /** Gap records appended since the journal was opened (gaps). */
    JOURNAL_GAPS(2304, "journal gaps", "gaps", "gap records appended since the journal was opened"),
    /** That came too late for their place and were kept for it (packets). */
    JOURNAL_LATE(2305, "journal late", "packets", "that came too late for their place and were kept for it"),
    /** That were heard of and are not in the journal (messages). */
    JOURNAL_LAG(2306, "journal lag", "messages", "that were heard of and are not in the journal"),
    /** The last message that is on the disk; 0 without sync= (sequence). */
    JOURNAL_SYNCED(2307, "journal synced", "sequence", "the last message that is on the disk; 0 without sync="),
    /** 1 appending, 2 stopped because the disk is nearly full (state). */
    JOURNAL_STATE(2308, "journal state", "state", "1 appending, 2 stopped because the disk is nearly full"),
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

    private final int typeId;
    private final String label;
    private final String unit;
    private final String sentence;

    CounterDescriptor(int typeId, String label, String unit, String sentence) {
        this.typeId = typeId;
        this.label = label;
        this.unit = unit;
        this.sentence = sentence;
    }

    /** {@return what tells the counter from all others in a counters file: Aeron's type id, 2000 and up} */
    public int typeId() {
        return typeId;
    }

    /** {@return the name that labels begin with} */
    public String label() {
        return label;
    }

    /** {@return what it counts in: a word, such as {@code packets}} */
    public String unit() {
        return unit;
    }

    /** {@return what it says: half a sentence} */
    public String sentence() {
        return sentence;
    }

    /**
     * The label of a stream's counter.
     *
     * @param stream its name.
     * @return for {@code Aeron.addCounter}.
     */
    public String labelOf(String stream) {
        return labelOfOwner("stream " + stream);
    }

    /**
     * The label of a line's counter.
     *
     * @param stream its name.
     * @param line its letter.
     * @return for {@code Aeron.addCounter}.
     */
    public String labelOf(String stream, String line) {
        return labelOfOwner("stream " + stream, line);
    }

    /**
     * The label of a counter of a stream, or of a carrier, whose lines several streams share.
     *
     * @param owner {@code stream NAME} or {@code carrier NAME}.
     * @return for {@code Aeron.addCounter}.
     */
    public String labelOfOwner(String owner) {
        return "heliograph: " + label + ", " + owner;
    }

    /**
     * The label of a line's counter, of a stream or a carrier.
     *
     * @param owner {@code stream NAME} or {@code carrier NAME}.
     * @param line its letter.
     * @return for {@code Aeron.addCounter}.
     */
    public String labelOfOwner(String owner, String line) {
        return labelOfOwner(owner) + ", line " + line;
    }

    /**
     * The label of a counter of a host's links.
     *
     * @param host that has the links.
     * @return for {@code Aeron.addCounter}.
     */
    public String labelOfHost(String host) {
        return labelOfOwner("host " + host);
    }

    /**
     * The label of a NIC's counter.
     *
     * @param host that has the NIC: an external driver may serve several.
     * @param nic its name in the topology.
     * @return for {@code Aeron.addCounter}.
     */
    public String labelOfNic(String host, String nic) {
        return "heliograph: " + label + ", host " + host + ", NIC " + nic;
    }
}
