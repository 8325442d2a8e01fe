// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import java.util.List;

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
