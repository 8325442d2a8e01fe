// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that was probably meant.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class Suggestion {
    private static final int LETTERS_PER_SLIP = 2;
    private static final int SHORT = 2;

    private Suggestion() {}

    /**
     * What to do about a name that isn't known.
     *
     * @param written the unknown name.
     * @param known the names that exist here, at least one.
     * @return a remedy: the nearest name when one is near enough, and else all of them.
     */
    public static String of(String written, Collection<String> known) {
        Optional<String> nearest = nearest(written, known);
        String all = "known here: " + String.join(", ", known);
        return nearest.map(name -> "did you mean '" + name + "'?").orElse(all);
    }

    /** The name that was probably meant; empty when none is near enough. */
    static Optional<String> nearest(String written, Collection<String> known) {
        int slips = written.length() <= SHORT ? 0 : written.length() / LETTERS_PER_SLIP;
        return known.stream()
                .filter(name -> distance(written, name) <= slips)
                .min(Comparator.comparingInt(name -> distance(written, name)));
    }

    /** How many letters have to be changed, added or dropped to make one of the other; case doesn't count. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
