// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.cli;

import io.heliograph.perf.bench.Scenario;
import io.heliograph.perf.bench.Scenarios;
import java.util.Iterator;

/** The scenarios' names, for help and completion. <b>Thread:</b> any thread. */
final class ScenarioNames implements Iterable<String> {
    ScenarioNames() {}

    @Override
    public Iterator<String> iterator() {
        return Scenarios.all().stream().map(Scenario::name).iterator();
    }
}
