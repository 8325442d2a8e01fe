// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Settings;
import java.util.Optional;

/**
 * A path that is busy is so until less waits than made it so.
 *
 * <p><b>Thread:</b> immutable.
 */
final class BridgeMarksRule implements Rule {
    @Override
    public void check(Element topology, Problems problems) {
        for (Element bridge : Bridges.of(topology)) {
            Optional<Integer> high = bridge.value(Settings.BRIDGE_HWM);
            Optional<Integer> low = bridge.value(Settings.BRIDGE_LWM);
            if (low.isEmpty()) {
                continue;
            }
            if (!bridge.has(Settings.BRIDGE_HWM)) {
                problems.add(
                        bridge.at(Settings.BRIDGE_LWM),
                        "lwm of " + Bridges.title(bridge) + ", whose paths are never busy",
                        "write hwm, the number of waiting messages that makes one busy, too, or leave lwm out");
            } else if (high.isPresent() && low.get() >= high.get()) {
                problems.add(
                        bridge.at(Settings.BRIDGE_LWM),
                        "lwm=\"" + low.get() + "\" of " + Bridges.title(bridge) + " is not below hwm=\"" + high.get()
                                + "\"",
                        "write less than hwm, such as " + high.get() / 2);
            }
        }
    }
}
