// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Elements;
import io.heliograph.config.settings.Settings;
import java.util.List;

/**
 * A host runs one engine.
 *
 * <p><b>Thread:</b> immutable.
 */
final class OneEngineRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            for (Element host : Find.hosts(site)) {
                List<Element> engines = host.children(Elements.ENGINE);
                for (Element second : engines.stream().skip(1).toList()) {
                    problems.add(
                            second.position(),
                            "a second engine in " + Find.title(host, Settings.HOST_NAME) + "; the first is in line "
                                    + engines.get(0).position().line(),
                            "put all attributes on one of them");
                }
            }
        }
    }
}
