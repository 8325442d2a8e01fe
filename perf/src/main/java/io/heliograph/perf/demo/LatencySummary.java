// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.cli.JsonLine;
import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.subscribers.cli.Latencies;
import org.HdrHistogram.Histogram;

/**
 * Percentiles of a subscriber's latency, from the publisher's offer to the handler.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param p50Ns the median; 0 where nothing came by lines.
 * @param p90Ns of ten messages nine took no longer.
 * @param p99Ns of a hundred.
 * @param p999Ns of a thousand.
 * @param maxNs the longest.
 * @param early messages that came before they were sent.
 * @param earliestNs by how much the earliest.
 */
record LatencySummary(long p50Ns, long p90Ns, long p99Ns, long p999Ns, long maxNs, long early, long earliestNs) {
    static LatencySummary of(Latencies latencies) {
        Histogram histogram = latencies.histogram();
        return new LatencySummary(
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue(),
                latencies.early(),
                latencies.earliestNs());
    }

    static LatencySummary of(ControlLine line) {
        return new LatencySummary(
                line.number("p50"),
                line.number("p90"),
                line.number("p99"),
                line.number("p999"),
                line.number("max"),
                line.number("early"),
                line.number("earliest"));
    }

    ControlLine line(String verb) {
        return new ControlLine(verb)
                .with("p50", p50Ns)
                .with("p90", p90Ns)
                .with("p99", p99Ns)
                .with("p999", p999Ns)
                .with("max", maxNs)
                .with("early", early)
                .with("earliest", earliestNs);
    }

    void print(JsonLine json) {
        json.object(
                "latencyNs",
                object -> object.put("p50", p50Ns)
                        .put("p90", p90Ns)
                        .put("p99", p99Ns)
                        .put("p999", p999Ns)
                        .put("max", maxNs)
                        .put("early", early)
                        .put("earliest", earliestNs));
    }
}
