// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.document;

/**
 * One mistake of a file, with its cure.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param file as it was named by the caller.
 * @param line 1 and up.
 * @param column 1 and up.
 * @param what is wrong.
 * @param remedy what to do.
 */
public record Problem(String file, int line, int column, String what, String remedy) {
    /** The form in which users see it: {@code file:line:column: what; remedy}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + what + "; " + remedy;
    }
}
