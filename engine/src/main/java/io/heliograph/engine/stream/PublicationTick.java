// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * Shows a publication's figures, every few milliseconds: in counters.
 *
 * <p><b>Thread:</b> the one that publishes.
 */
@FunctionalInterface
public interface PublicationTick extends AutoCloseable {
    /** Shows nothing. */
    PublicationTick NONE = publication -> {};

    /**
     * Shows the figures.
     *
     * @param publication whose figures to show.
     */
    void publish(StreamPublication publication);

    @Override
    default void close() {}
}
