// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.engine.stream.MessageHeader;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Latency from the publisher's clock, when a packet's first message was offered, to the handler: the clock is read once a
 * packet, and counts for each of the packet's messages.
 *
 * <p>Publisher and subscriber on one host share a clock; between hosts the figure is as good as their synchronisation, and
 * one below 0 counts as 0.
 *
 * <p><b>Thread:</b> one owner: the one that handles the stream's messages.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class Latencies {
    private static final long MAX_NS = 3_600_000_000_000L;

    private final Histogram histogram = new Histogram(MAX_NS, 3);
    private final EpochNanoClock clock;
    private long latencyNs;
    private int messages;

    /**
     * None recorded yet.
     *
     * @param clock the wall clock.
     */
    public Latencies(EpochNanoClock clock) {
        this.clock = clock;
    }

    /**
     * A message has come.
     *
     * @param header of it.
     */
    public void onMessage(MessageHeader header) {
        if (messages++ == 0) {
            latencyNs = Math.min(MAX_NS, Math.max(0, clock.nanoTime() - header.sentEpochNs()));
        }
        if (header.isEndOfPacket()) {
            histogram.recordValueWithCount(latencyNs, messages);
            messages = 0;
        }
    }

    /**
     * All that was recorded.
     *
     * @return in ns; live.
     */
    public Histogram histogram() {
        return histogram;
    }
}
