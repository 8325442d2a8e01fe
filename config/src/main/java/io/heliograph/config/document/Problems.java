// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.document;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gathers the mistakes of one file, so that all of them are said in one pass.
 *
 * <p><b>Thread:</b> one owner: the thread that reads the file.
 */
public final class Problems {
    private static final Comparator<Problem> BY_PLACE =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    private final String file;
    private final Set<Problem> found = new LinkedHashSet<>();

    /**
     * No mistakes yet.
     *
     * @param file as the user named it.
     */
    public Problems(String file) {
        this.file = file;
    }

    /**
     * Adds a mistake; the same one at the same place counts once.
     *
     * @param position where it is.
     * @param what is wrong.
     * @param remedy what to do.
     */
    public void add(Position position, String what, String remedy) {
        found.add(new Problem(file, position.line(), position.column(), oneLine(what), oneLine(remedy)));
    }

    private static String oneLine(String words) {
        return words.replaceAll("\\p{Cntrl}+", " ");
    }

    /** Takes over what was gathered elsewhere about the same file. */
    void addAll(Problems others) {
        for (Problem other : others.found) {
            add(new Position(other.line(), other.column()), other.what(), other.remedy());
        }
    }

    /**
     * Whether nothing is wrong so far.
     *
     * @return true without a mistake.
     */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * All mistakes.
     *
     * @return in the order of the file.
     */
    public List<Problem> list() {
        return found.stream().sorted(BY_PLACE).toList();
    }
}
