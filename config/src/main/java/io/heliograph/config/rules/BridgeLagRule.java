// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Settings;
import java.util.Optional;

/**
 * How far behind a bridge may be is said only where it skips.
 *
 * <p><b>Thread:</b> immutable.
 */
final class BridgeLagRule implements Rule {
    @Override
    public void check(Element topology, Problems problems) {
        for (Element bridge : Bridges.of(topology)) {
            boolean isKept = bridge.value(Settings.BRIDGE_LAG).equals(Optional.of("keep"));
            if (isKept && bridge.has(Settings.BRIDGE_LAG_BOUND)) {
                problems.add(
                        bridge.at(Settings.BRIDGE_LAG_BOUND),
                        "lag-bound of " + Bridges.title(bridge) + ", which keeps everything, however late",
                        "write lag=\"skip\" too, or leave lag-bound out");
            }
        }
    }
}
