// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import java.util.List;

/** The catalogue of benchmarks. <b>Thread:</b> immutable. */
public final class Scenarios {
    private static final List<Scenario> ALL = List.of(
            ThroughputScenario.oneLine(),
            ThroughputScenario.twoLines(),
            ThroughputScenario.jumbo(),
            new LatencyScenario(),
            new StreamsScenario(),
            new LinesScenario(),
            new DecodeScenario(),
            new BookScenario(),
            new LinkScenario(),
            new BridgeScenario(),
            new BridgeStreamsScenario(),
            new BridgedScenario(),
            new JournalScenario(),
            JournaledScenario.latency(),
            JournaledScenario.cpu(),
            new JoinScenario(),
            new LostScenario());

    private Scenarios() {}

    /**
     * All of them, in the order in which they run.
     *
     * @return the scenarios.
     */
    public static List<Scenario> all() {
        return ALL;
    }
}
