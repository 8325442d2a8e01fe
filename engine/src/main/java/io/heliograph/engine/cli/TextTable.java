// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text in aligned columns, for a terminal and for a diff.
 *
 * <p><b>Thread:</b> one owner: the thread that builds it.
 */
final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; rows may differ in length. */
    TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** The rows as lines, each column as wide as its widest cell, no blanks at the end. */
    List<String> lines(String indent) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                int width = row.get(column).length();
                if (column == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(column, Math.max(widths.get(column), width));
                }
            }
        }
        return rows.stream().map(row -> line(indent, row, widths)).toList();
    }

    private static String line(String indent, List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder(indent);
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell)
                    .append(" ".repeat(widths.get(column) - cell.length()))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
