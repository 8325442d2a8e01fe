// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

/**
 * Words in lines of at most {@value #WIDTH} characters, the first indented by two, the others by four.
 *
 * <p><b>Thread:</b> any thread.
 */
final class Paragraph {
    private static final int WIDTH = 78;
    private static final String INDENT = "  ";

    private Paragraph() {}

    /** The lines, each with its end. */
    static String of(String words) {
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder(INDENT);
        boolean isEmpty = true;
        for (String word : words.split(" ", -1)) {
            if (!isEmpty && line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line.setLength(0);
                line.append(INDENT).append(INDENT);
                isEmpty = true;
            }
            line.append(isEmpty ? "" : " ").append(word);
            isEmpty = false;
        }
        return text.append(line).append('\n').toString();
    }
}
