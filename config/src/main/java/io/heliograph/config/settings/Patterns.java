// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.settings;

/**
 * Names in which a star stands for any run of characters.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class Patterns {
    private Patterns() {}

    /**
     * Whether a pattern fits a name.
     *
     * @param pattern in which {@code *} stands for any run of characters, none among them.
     * @param name of a node, a stream or a service.
     * @return whether it fits the name whole.
     */
    public static boolean fits(String pattern, String name) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(name);
        }
        if (!name.startsWith(pattern.substring(0, star))) {
            return false;
        }
        String rest = pattern.substring(star + 1);
        for (int from = star; from <= name.length(); from++) {
            if (fits(rest, name.substring(from))) {
                return true;
            }
        }
        return false;
    }
}
