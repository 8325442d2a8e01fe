// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * Shows a subscription's figures, every few milliseconds: in counters.
 *
 * <p><b>Thread:</b> the one that polls.
 */
@FunctionalInterface
public interface SubscriptionTick extends AutoCloseable {
    /** Shows nothing. */
    SubscriptionTick NONE = subscription -> {};

    /**
     * Shows the figures.
     *
     * @param subscription whose figures to show.
     */
    void publish(StreamSubscription subscription);

    @Override
    default void close() {}
}
