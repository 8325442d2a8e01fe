// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Setting;
import io.heliograph.config.settings.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A list names nobody twice.
 *
 * <p><b>Thread:</b> immutable.
 */
final class RepeatedNamesRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            for (Element bond : Find.bonds(site)) {
                once(bond, Settings.BOND_NICS, problems);
            }
        }
        for (Element stream : Find.streams(topology)) {
            once(stream, Settings.STREAM_PUBLISHERS, problems);
            once(stream, Settings.STREAM_JOURNAL, problems);
        }
    }

    private static void once(Element element, Setting<List<String>> setting, Problems problems) {
        Set<String> seen = new HashSet<>();
        for (String name : element.value(setting).orElse(List.of())) {
            if (!seen.add(name)) {
                problems.add(
                        element.at(setting),
                        setting.attribute() + " names '" + name + "' more than once",
                        "name each one once");
            }
        }
    }
}
