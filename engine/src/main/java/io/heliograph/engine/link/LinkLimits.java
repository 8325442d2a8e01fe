// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

/**
 * How much a server takes on.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param acceptsPerSecond connections accepted in a second at each address; further ones wait in the kernel's queue.
 * @param connections at the same time; further ones are closed at once.
 */
public record LinkLimits(int acceptsPerSecond, int connections) {
    /** 100 a second, 1,024 in all. */
    public static final LinkLimits DEFAULT = new LinkLimits(100, 1_024);

    /** Checks that there can be a connection at all. */
    public LinkLimits {
        if (acceptsPerSecond < 1 || connections < 1) {
            throw new IllegalArgumentException("a server that accepts nothing");
        }
    }
}
