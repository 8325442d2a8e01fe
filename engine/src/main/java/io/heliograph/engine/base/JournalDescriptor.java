// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

/**
 * The counters that an engine shows of the journals that it keeps.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum JournalDescriptor implements CounterDescriptor {
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
    JOURNAL_STATE(2308, "journal state", "state", "1 appending, 2 stopped because the disk is nearly full");

    @SuppressWarnings("ImmutableEnumChecker") // A record of a number and strings.
    private final Entry entry;

    JournalDescriptor(int typeId, String label, String unit, String sentence) {
        this.entry = new Entry(typeId, label, unit, sentence);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
