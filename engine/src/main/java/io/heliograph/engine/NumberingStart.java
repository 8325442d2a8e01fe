// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import java.util.Locale;

/**
 * In which epoch, and from which message on, a publication numbers: decided by what the earlier publisher on this host has
 * left, and by where this host's journal ends.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param isNew whether it is a new epoch.
 * @param isFirst whether nothing is known of an earlier one.
 * @param epoch of the publication.
 * @param first the sequence that its first message will have.
 * @param words what was decided and why, in a line.
 */
record NumberingStart(boolean isNew, boolean isFirst, long epoch, long first, String words) {
    /** Seals cover fixed ranges of so many messages: who begins at one's first can seal it. */
    private static final long RANGE = 4_096;

    /**
     * Where this host's journal of the stream ends.
     *
     * @param epoch of its last message; -1: it has none, or there is no journal.
     * @param last sequence in it.
     * @param isEnded whether the epoch is complete in it.
     * @param isKept whether there is a journal.
     */
    record JournalPlace(long epoch, long last, boolean isEnded, boolean isKept) {
        /** No journal on this host. */
        static final JournalPlace NONE = new JournalPlace(-1, 0, false, false);
    }

    /**
     * Decides.
     *
     * @param kept of the earlier publisher.
     * @param journal of this host.
     * @param asked for.
     * @param isSole whether no other host publishes the stream.
     * @param utcSecond now.
     */
    static NumberingStart of(
            EpochFile.Kept kept, JournalPlace journal, Numbering asked, boolean isSole, long utcSecond) {
        String why = whyNew(kept, journal, asked, isSole);
        if (!why.isEmpty()) {
            long epoch = Math.max(utcSecond, Math.max(kept.epoch(), journal.epoch()) + 1);
            return new NumberingStart(
                    true,
                    kept.next() == 0 && journal.epoch() < 0,
                    epoch,
                    1,
                    String.format(Locale.ROOT, "begins epoch %d at message 1: %s", epoch, why));
        }
        long journaled = journal.epoch() == kept.epoch() ? journal.last() : 0;
        if (asked.kind() == Numbering.Kind.GO_ON) {
            long first = Math.max(kept.next(), journaled + 1);
            return goOn(kept, first, "what was sent before may have come as far as message " + count(first - 1));
        }
        long had = journal.isKept() ? journaled : Math.max(0, kept.sending() - 1);
        long first = (had & -RANGE) + 1;
        String where = journal.isKept() ? "this host's journal ends at message " : "what was sent ends at message ";
        return goOn(
                kept,
                first,
                where + count(had) + ", and up to " + count(kept.next() - 1)
                        + " were numbered; what comes twice is the same");
    }

    private static NumberingStart goOn(EpochFile.Kept kept, long first, String why) {
        return new NumberingStart(
                false,
                false,
                kept.epoch(),
                first,
                "goes on in epoch " + kept.epoch() + " at message " + count(first) + ": " + why);
    }

    /** Why it cannot go on in the epoch that was; empty when it can. */
    private static String whyNew(EpochFile.Kept kept, JournalPlace journal, Numbering asked, boolean isSole) {
        boolean isLeft = kept.next() > 0 && !kept.isEnded();
        String left = isLeft
                ? "; epoch " + kept.epoch() + " was left in front of message " + count(kept.next())
                : open(journal);
        if (asked.kind() == Numbering.Kind.NEW_EPOCH) {
            return "as asked for" + left;
        }
        if (kept.next() == 0) {
            return "no place of an earlier publisher is kept on this host" + left;
        }
        if (kept.isEnded() || (journal.epoch() == kept.epoch() && journal.isEnded())) {
            return "epoch " + kept.epoch() + " was ended";
        }
        if (journal.epoch() > kept.epoch()) {
            return "epoch " + kept.epoch() + " was followed by " + journal.epoch() + " already, from another host";
        }
        if (!isSole && journal.epoch() != kept.epoch()) {
            return "another host may have published since" + left;
        }
        return asked.kind() == Numbering.Kind.AGAIN && asked.source() != kept.source()
                ? "another source than before" + left
                : "";
    }

    private static String open(JournalPlace journal) {
        return journal.epoch() < 0 || journal.isEnded()
                ? ""
                : "; epoch " + journal.epoch() + " is left behind, the journal has it up to message "
                        + count(journal.last());
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
