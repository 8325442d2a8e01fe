// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.net.Places;
import io.heliograph.config.net.Subnet;
import io.heliograph.config.settings.Settings;
import java.util.Optional;

/**
 * The multicast ranges of sites, and the ports of those without.
 *
 * <p><b>Thread:</b> immutable.
 */
final class Ranges {
    private Ranges() {}

    /** The places of a site, by its range or without one; empty when the range that it has cannot be used. */
    static Optional<Places> places(Element site) {
        return site.has(Settings.SITE_MULTICAST) ? usable(site).map(Places::new) : Optional.of(Places.WITHOUT_RANGE);
    }

    /** A site's range; empty when it has none that can be used. */
    static Optional<Subnet> usable(Element site) {
        return site.value(Settings.SITE_MULTICAST).filter(Ranges::isUsable);
    }

    private static boolean isUsable(Subnet range) {
        return range.isMulticast()
                && range.isAligned()
                && range.prefixLength() >= Places.MIN_PREFIX_LENGTH
                && range.prefixLength() <= Places.MAX_PREFIX_LENGTH;
    }
}
