// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.perf.bench.control.ControlLine;
import java.util.ArrayList;
import java.util.List;

/**
 * A snapshot as a line between two processes; without best prices, which only the first subscriber shows.
 *
 * <p><b>Thread:</b> any thread.
 */
final class SnapshotLine {
    static final String VERB = "seen";

    private SnapshotLine() {}

    static ControlLine of(SubscriberSnapshot seen) {
        ControlLine line = new ControlLine(VERB)
                .with("ready", seen.isReady())
                .with("status", seen.status())
                .with("messages", seen.messages())
                .with("behind", seen.behind())
                .with("gaps", seen.gaps())
                .with("gone", seen.lost())
                .with("copies", seen.duplicates())
                .with("recovered", seen.recovered())
                .with("outOfOrder", seen.outOfOrder())
                .with("replayed", seen.replayed())
                .with("p50", seen.p50Ns())
                .with("p99", seen.p99Ns())
                .with("lines", seen.lines().size());
        for (int i = 0; i < seen.lines().size(); i++) {
            SubscriberSnapshot.Line each = seen.lines().get(i);
            line.with("name" + i, each.name())
                    .with("won" + i, each.won())
                    .with("lost" + i, each.lost())
                    .with("duplicates" + i, each.duplicates())
                    .with("missing" + i, each.missing());
        }
        return line;
    }

    static SubscriberSnapshot read(ControlLine line) {
        List<SubscriberSnapshot.Line> lines = new ArrayList<>();
        for (int i = 0; i < line.number("lines"); i++) {
            lines.add(new SubscriberSnapshot.Line(
                    line.text("name" + i),
                    line.number("won" + i),
                    line.number("lost" + i),
                    line.number("duplicates" + i),
                    line.number("missing" + i)));
        }
        return new SubscriberSnapshot(
                Boolean.parseBoolean(line.text("ready")),
                line.text("status"),
                line.number("messages"),
                line.number("behind"),
                line.number("gaps"),
                line.number("gone"),
                line.number("copies"),
                line.number("recovered"),
                line.number("outOfOrder"),
                line.number("replayed"),
                lines,
                line.number("p50"),
                line.number("p99"),
                List.of());
    }
}
