// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Removes the oldest cycles of a journal: those older than the bound, and as many as make the rest smaller than the bound in
 * octets. What somebody holds stays until the disk is nearly full.
 *
 * <p><b>Thread:</b> one owner: the keeper's.
 */
final class Retention {
    private final JournalContext context;
    private final Consumer<String> warnings;
    private String told = "";

    Retention(JournalContext context, Consumer<String> warnings) {
        this.context = context;
        this.warnings = warnings;
    }

    /**
     * Removes what need not be kept.
     *
     * @param current the cycle that is written to: it is never removed, nor anything behind it; -1: none so far, then the last
     *     stays.
     * @param holds asked of each cycle.
     * @param isFull whether the disk is nearly full: then what is held goes too, loudly.
     * @return cycles removed.
     */
    int apply(int current, List<JournalHold> holds, boolean isFull) throws IOException {
        if (context.retainMs() == JournalContext.KEEP_ALL && context.retainBytes() == JournalContext.KEEP_ALL) {
            return 0;
        }
        int[] cycles = Cycles.in(context.directory());
        long[] octets = new long[cycles.length];
        long total = 0;
        for (int i = 0; i < cycles.length; i++) {
            octets[i] = octets(cycles[i]);
            total += octets[i];
        }
        int removed = 0;
        for (int i = 0; i < cycles.length - 1 && (current < 0 || cycles[i] < current); i++) {
            if (!isOver(cycles[i + 1]) && total <= context.retainBytes()) {
                break;
            }
            String holders = holders(cycles[i + 1], holds);
            if (!holders.isEmpty() && !isFull) {
                break;
            }
            remove(cycles[i], holders);
            total -= octets[i];
            removed++;
        }
        if (removed > 0) {
            removeFills(cycles[removed]);
        }
        return removed;
    }

    /**
     * Who needs something of the cycle before this one, or may: where that cannot be known the cycle stays, and an alarm says so.
     */
    private String holders(int following, List<JournalHold> holds) {
        if (holds.isEmpty()) {
            return "";
        }
        Place first = null;
        String why = "where " + Cycles.file(context.directory(), following) + " begins cannot be read";
        try (CyclePlaces places = new CyclePlaces(context.directory(), new CycleList(context.directory()), following)) {
            first = places.first(true);
        } catch (JournalException unreadable) {
            why = String.valueOf(unreadable.getMessage());
        }
        StringJoiner holders = new StringJoiner(", ");
        for (JournalHold hold : holds) {
            if (first == null || isHeld(first, hold)) {
                holders.add(hold.who());
            }
        }
        if (first == null) {
            alarm(why + ": nothing before it is removed, " + holders + " may need it");
        }
        return holders.toString();
    }

    private boolean isHeld(Place first, JournalHold hold) {
        try {
            return first.isAfter(hold.epoch(), hold.sequence());
        } catch (RuntimeException unreadable) {
            alarm("how far " + hold.who() + " has come cannot be known (" + JournalQueue.inOneLine(unreadable)
                    + "): nothing is removed that it may need");
            return true;
        }
    }

    private void alarm(String what) {
        if (!what.equals(told)) {
            told = what;
            warnings.accept("journal of stream " + context.stream() + ": " + what);
        }
    }

    /** Whether a cycle's packets are all too old: those before the following cycle began. */
    private boolean isOver(int following) {
        long endMs = Cycles.beginMs(following);
        return context.retainMs() != JournalContext.KEEP_ALL && context.clock().time() - endMs >= context.retainMs();
    }

    private void remove(int cycle, String holders) throws IOException {
        Path file = Cycles.file(context.directory(), cycle);
        if (!holders.isEmpty()) {
            warnings.accept(String.format(
                    Locale.ROOT,
                    "journal of stream %s: the disk is nearly full: %s is removed, which %s has not read; it gets a gap",
                    context.stream(),
                    file,
                    holders));
        }
        Files.deleteIfExists(file);
        Files.deleteIfExists(Cycles.places(context.directory(), cycle));
    }

    /** What came too late for a cycle came while that was written to or later. */
    private void removeFills(int oldest) throws IOException {
        Path fills = StreamJournal.fills(context.directory());
        if (Files.isDirectory(fills)) {
            int[] cycles = Cycles.in(fills);
            for (int i = 0; i < cycles.length - 1 && cycles[i] < oldest; i++) {
                Files.deleteIfExists(Cycles.file(fills, cycles[i]));
            }
        }
    }

    /** By the last place: a file's own length says little, it is lengthened ahead. */
    private long octets(int cycle) {
        @Nullable Places places = Places.read(context.directory(), cycle).orElse(null);
        if (places == null) {
            return 0;
        }
        try (places) {
            long last = places.refresh() - 1;
            return last >= 0 && places.load(last) ? places.place().position() : 0;
        }
    }
}
