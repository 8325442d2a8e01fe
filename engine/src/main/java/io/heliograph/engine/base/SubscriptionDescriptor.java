// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

/**
 * The counters that a subscription shows.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum SubscriptionDescriptor implements CounterDescriptor {
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
            "1: the line that this subscription has chosen; 0: another, or none while it hears its own host; with join=\"least-populated\" only");

    @SuppressWarnings("ImmutableEnumChecker") // A record of a number and strings.
    private final Entry entry;

    SubscriptionDescriptor(int typeId, String label, String unit, String sentence) {
        this.entry = new Entry(typeId, label, unit, sentence);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
