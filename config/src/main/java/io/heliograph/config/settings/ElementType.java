// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.settings;

import java.util.List;

/**
 * One element of the topology file: what it may hold.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param name its name.
 * @param children elements that it may hold, in any order and number.
 * @param required those of them that it must hold at least once.
 * @param sentence what it stands for, for the reference.
 */
public record ElementType(String name, List<String> children, List<String> required, String sentence) {
    /** Copies the lists. */
    public ElementType {
        children = List.copyOf(children);
        required = List.copyOf(required);
    }
}
