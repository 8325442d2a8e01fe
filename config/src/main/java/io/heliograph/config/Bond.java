// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import java.util.List;

/**
 * A named set of NICs that streams are spread over, by the NICs' names, so that it holds on every host of the site.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param name unique in its site.
 * @param nics names of NICs, 1 to 8, in order: the first is line A.
 */
public record Bond(String name, List<String> nics) {
    /** Copies the list. */
    public Bond {
        nics = List.copyOf(nics);
    }
}
