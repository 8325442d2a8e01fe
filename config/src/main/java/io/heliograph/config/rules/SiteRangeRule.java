// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Settings;

/**
 * A site that streams come from has a range.
 *
 * <p><b>Thread:</b> immutable.
 */
final class SiteRangeRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            if (!site.has(Settings.SITE_MULTICAST)
                    && !Find.streamsOf(topology, site).isEmpty()) {
                problems.add(
                        site.position(),
                        Find.title(site, Settings.SITE_NAME) + " has no multicast range, and streams come from it",
                        "add multicast=\"239.20.0.0/20\" or a range of your own");
            }
        }
    }
}
