// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.cli.JsonLine;
import io.heliograph.engine.stream.MessageHeader;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Latency from the publisher's clock, when a packet's first message was offered, to the handler: the clock is read once a
 * packet, and counts for each of the packet's messages.
 *
 * <p>By {@link HostClock} publisher and subscriber on one host share a clock. Between hosts the figure is as good as their
 * synchronisation: messages that seem to have come before they were sent are not in the histogram, but counted as
 * {@link #early()}. What took longer than an hour counts as an hour.
 *
 * <p><b>Thread:</b> one owner: the one that handles the stream's messages.
 *
 * <p><b>Allocation:</b> none per message.
 */
public final class Latencies {
    private static final long MAX_NS = 3_600_000_000_000L;

    private final Histogram histogram = new Histogram(MAX_NS, 3);
    private final EpochNanoClock clock;
    private long latencyNs;
    private int messages;
    private long early;
    private long earliestNs;

    /** None recorded yet; by the host's clock. */
    public Latencies() {
        this(HostClock.INSTANCE);
    }

    /**
     * None recorded yet.
     *
     * @param clock the wall clock: the publisher's, or one that agrees with it.
     */
    public Latencies(EpochNanoClock clock) {
        this.clock = clock;
    }

    /**
     * What several streams have recorded, together.
     *
     * @param parts of them; as they are now.
     * @return a sum that stays as it is.
     */
    static Latencies sum(Iterable<Latencies> parts) {
        Latencies sum = new Latencies();
        for (Latencies part : parts) {
            sum.histogram.add(part.histogram);
            sum.early += part.early;
            sum.earliestNs = Math.max(sum.earliestNs, part.earliestNs);
        }
        return sum;
    }

    /**
     * A message has come.
     *
     * @param header of it.
     */
    public void onMessage(MessageHeader header) {
        if (messages++ == 0) {
            latencyNs = clock.nanoTime() - header.sentEpochNs();
        }
        if (header.isEndOfPacket()) {
            record();
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

    /**
     * What the message at hand took.
     *
     * @return ns; negative when the clocks disagree.
     */
    public long latencyNs() {
        return latencyNs;
    }

    /**
     * Messages that came before they were sent: the publisher's clock is ahead of this host's.
     *
     * @return how many.
     */
    public long early() {
        return early;
    }

    /**
     * By how much the earliest was early: at least so far are the clocks apart.
     *
     * @return ns, 0 when none was.
     */
    public long earliestNs() {
        return earliestNs;
    }

    /**
     * The percentiles as fields of a JSON object.
     *
     * @param json gets the object {@code latencyNs}.
     */
    public void print(JsonLine json) {
        json.object(
                "latencyNs",
                object -> object.put("p50", histogram.getValueAtPercentile(50))
                        .put("p90", histogram.getValueAtPercentile(90))
                        .put("p99", histogram.getValueAtPercentile(99))
                        .put("p999", histogram.getValueAtPercentile(99.9))
                        .put("max", histogram.getMaxValue())
                        .put("early", early)
                        .put("earliest", earliestNs));
    }

    /**
     * The percentiles in words.
     *
     * @return one line.
     */
    public String words() {
        return histogram.getTotalCount() == 0
                ? "not known"
                : String.format(
                        Locale.ROOT,
                        "p50 %,.1f us, p90 %,.1f, p99 %,.1f, p99.9 %,.1f, max %,.1f (from the publisher's offer to here)",
                        histogram.getValueAtPercentile(50) / 1e3,
                        histogram.getValueAtPercentile(90) / 1e3,
                        histogram.getValueAtPercentile(99) / 1e3,
                        histogram.getValueAtPercentile(99.9) / 1e3,
                        histogram.getMaxValue() / 1e3);
    }

    /**
     * What is wrong with the clocks, in words.
     *
     * @return empty when nothing is.
     */
    public String complaint() {
        return early == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%,d messages came before they were sent, by up to %,.1f us: the publisher's clock is ahead of"
                                + " this one's, synchronise them; latency is of the others",
                        early,
                        earliestNs / 1e3);
    }

    private void record() {
        if (latencyNs >= 0) {
            histogram.recordValueWithCount(Math.min(MAX_NS, latencyNs), messages);
        } else {
            early += messages;
            earliestNs = Math.max(earliestNs, -latencyNs);
        }
    }
}
