// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.stream.PublicationTick;
import io.heliograph.engine.stream.StreamPublication;

/**
 * What a publication holds beside its lines and gives back when it is closed: its counters, what holds it back, then the stream's lock, so that
 * the stream can be published again.
 *
 * <p><b>Thread:</b> the one that publishes.
 */
record HeldEpoch(PublicationTick counters, PublicationTick gate, EpochFile file) implements PublicationTick {
    @Override
    public void publish(StreamPublication publication) {
        gate.publish(publication);
        counters.publish(publication);
    }

    @Override
    public void close() {
        try (file) {
            gate.close();
            counters.close();
        }
    }
}
