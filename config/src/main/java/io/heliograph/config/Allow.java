// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import io.heliograph.config.settings.Patterns;
import java.util.List;

/**
 * What nodes may do over links. Names are patterns, in which {@code *} stands for any run of characters.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param node pattern of the nodes' names, as their certificates say them.
 * @param pull patterns of streams that they may have.
 * @param serve patterns of services whose answers from them count.
 * @param ask patterns of services that they may ask.
 */
public record Allow(String node, List<String> pull, List<String> serve, List<String> ask) {
    /** Copies the lists. */
    public Allow {
        pull = List.copyOf(pull);
        serve = List.copyOf(serve);
        ask = List.copyOf(ask);
    }

    /**
     * Whether a pattern fits a name.
     *
     * @param pattern in which {@code *} stands for any run of characters, none among them.
     * @param name of a node, a stream or a service.
     * @return whether it fits the name whole.
     */
    public static boolean fits(String pattern, String name) {
        return Patterns.fits(pattern, name);
    }
}
