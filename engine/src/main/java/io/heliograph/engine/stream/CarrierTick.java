// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * Shows a carrier subscription's figures, every few milliseconds: in counters.
 *
 * <p><b>Thread:</b> the one that polls.
 */
@FunctionalInterface
public interface CarrierTick extends AutoCloseable {
    /** Shows nothing. */
    CarrierTick NONE = subscription -> {};

    /**
     * Shows the figures.
     *
     * @param subscription whose figures to show.
     */
    void publish(CarrierSubscription subscription);

    @Override
    default void close() {}
}
