// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.document;

/**
 * A place in a file.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param line 1 and up.
 * @param column 1 and up, in UTF-16 units.
 */
public record Position(int line, int column) {
    /** Where a file begins, and what stands for a mistake of the whole file. */
    public static final Position START = new Position(1, 1);

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
