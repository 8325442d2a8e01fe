// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A step of the ladder: who is asked, and from when on.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param name for people.
 * @param fromNs how long after a gap was found these are asked, if nobody before them has said sooner that he has nothing.
 * @param timeoutNs how long one of them is waited for until another one is asked as well.
 * @param sources in the order of preference.
 */
public record Rung(String name, long fromNs, long timeoutNs, List<GapSource> sources) {
    /** Copies the list. */
    public Rung {
        sources = List.copyOf(sources);
    }

    /** Of what an own journal, which a packet reaches as soon as it reaches the subscription, is ahead of its publisher. */
    private static final long OWN_NS = TimeUnit.MILLISECONDS.toNanos(5);

    /**
     * The rungs of a subscription of a stream whose publishers keep what they have sent: they are asked before other hosts'
     * journals, and the own host's journal, which costs nobody anything, before them.
     *
     * @param budgetNs the stream's budget.
     * @param linesNs what the other lines, or NAK, have before anybody is asked.
     * @param own the own host's journal.
     * @param publishers who keep what they have sent.
     * @param site the site's other journals.
     * @param origin the journals of the stream's own site, where that is another one.
     * @return rungs that have somebody.
     */
    public static List<Rung> of(
            long budgetNs,
            long linesNs,
            List<GapSource> own,
            List<GapSource> publishers,
            List<GapSource> site,
            List<GapSource> origin) {
        if (publishers.isEmpty()) {
            return of(
                    budgetNs,
                    linesNs,
                    Stream.concat(own.stream(), site.stream()).toList(),
                    origin);
        }
        long publishersNs = own.isEmpty() ? linesNs : linesNs + OWN_NS;
        long share = budgetNs / 8;
        List<Rung> rungs = new ArrayList<>();
        rungs.add(new Rung("own", linesNs, share, own));
        rungs.add(new Rung("publisher", publishersNs, share, publishers));
        rungs.add(new Rung("site", publishersNs + share, budgetNs / 4, site));
        rungs.add(new Rung("origin", budgetNs / 2, budgetNs / 2, origin));
        return rungs.stream().filter(rung -> !rung.sources().isEmpty()).toList();
    }

    /**
     * The rungs of a subscription, within its budget: the other lines have {@code linesNs} first; then this site is asked, and
     * from half of the budget on the stream's origin too.
     *
     * @param budgetNs the stream's budget.
     * @param linesNs what the other lines, or NAK, have before anybody is asked.
     * @param site the site's journals, the own host's first.
     * @param origin the journals of the stream's own site, where that is another one.
     * @return rungs that have somebody.
     */
    public static List<Rung> of(long budgetNs, long linesNs, List<GapSource> site, List<GapSource> origin) {
        Rung near = new Rung("site", linesNs, budgetNs / 4, site);
        Rung far = new Rung("origin", site.isEmpty() ? linesNs : budgetNs / 2, budgetNs / 2, origin);
        return List.of(near, far).stream()
                .filter(rung -> !rung.sources().isEmpty())
                .toList();
    }
}
