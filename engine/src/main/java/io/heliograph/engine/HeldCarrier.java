// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.media.DirectoryLock;
import io.heliograph.engine.stream.LinesTick;
import io.heliograph.engine.stream.PublicationLines;

/**
 * What a carrier's lines hold and give back when the last of its streams is closed: their counters, then the carrier's lock, so
 * that the carrier can be published again.
 *
 * <p><b>Thread:</b> the one that publishes.
 */
record HeldCarrier(LinesTick counters, DirectoryLock lock) implements LinesTick {
    @Override
    public void publish(PublicationLines lines) {
        counters.publish(lines);
    }

    @Override
    public void close() {
        try (lock) {
            counters.close();
        }
    }
}
