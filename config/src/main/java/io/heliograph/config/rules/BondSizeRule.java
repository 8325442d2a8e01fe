// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.net.Places;
import io.heliograph.config.settings.Settings;

/**
 * A bond has no more NICs than a stream has places.
 *
 * <p><b>Thread:</b> immutable.
 */
final class BondSizeRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            for (Element bond : Find.bonds(site)) {
                bond.value(Settings.BOND_NICS)
                        .filter(nics -> nics.size() > Places.LINES_PER_STREAM)
                        .ifPresent(nics -> problems.add(
                                bond.at(Settings.BOND_NICS),
                                Find.title(bond, Settings.BOND_NAME) + " has " + nics.size() + " NICs",
                                "name at most " + Places.LINES_PER_STREAM));
            }
        }
    }
}
