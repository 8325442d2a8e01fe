// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * Shows the figures of lines that several publications share, every few milliseconds: in counters.
 *
 * <p><b>Thread:</b> the one that publishes.
 */
@FunctionalInterface
public interface LinesTick extends AutoCloseable {
    /** Shows nothing: the lines are one publication's, which shows their figures with its own. */
    LinesTick NONE = lines -> {};

    /**
     * Shows the figures.
     *
     * @param lines whose figures to show.
     */
    void publish(PublicationLines lines);

    @Override
    default void close() {}
}
