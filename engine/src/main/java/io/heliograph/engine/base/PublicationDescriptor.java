// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

/**
 * The counters that a publication, and the ring of many writers in front of one, shows.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum PublicationDescriptor implements CounterDescriptor {
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
    INTAKE_WRITERS(2023, "intake writers", "writers", "that hold a slot of the ring");

    @SuppressWarnings("ImmutableEnumChecker") // A record of a number and strings.
    private final Entry entry;

    PublicationDescriptor(int typeId, String label, String unit, String sentence) {
        this.entry = new Entry(typeId, label, unit, sentence);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
