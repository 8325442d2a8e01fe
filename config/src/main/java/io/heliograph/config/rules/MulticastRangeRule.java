// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.net.Places;
import io.heliograph.config.net.Subnet;
import io.heliograph.config.settings.Settings;

/**
 * A site's range is multicast, aligned, free to use, and neither too small nor too large.
 *
 * <p><b>Thread:</b> immutable.
 */
final class MulticastRangeRule implements Rule {

    private static final Subnet LOCAL_CONTROL = new Subnet(0xE0000000, 24);
    private static final Subnet SOURCE_SPECIFIC = new Subnet(0xE8000000, 8);
    private static final String EXAMPLE = "take a range of your own such as 239.20.0.0/20";

    @Override
    public void check(Element topology, Problems problems) {
        for (Element site : Find.sites(topology)) {
            site.value(Settings.SITE_MULTICAST).ifPresent(range -> judge(site, range, problems));
        }
    }

    private static void judge(Element site, Subnet range, Problems problems) {
        if (!range.isMulticast()) {
            add(site, range + " is no multicast range (those begin at 224.0.0.0 and end at 239.255.255.255)", problems);
        } else if (range.prefixLength() < Places.MIN_PREFIX_LENGTH) {
            add(site, range + " is larger than a /16: its ports would run over 65535", problems);
        } else if (range.prefixLength() > Places.MAX_PREFIX_LENGTH) {
            add(site, range + " is too small for a single line: one takes a data and a control group", problems);
        } else if (!range.isAligned()) {
            problems.add(
                    site.at(Settings.SITE_MULTICAST),
                    range + " is not aligned: a /" + range.prefixLength() + " doesn't begin there",
                    "write " + new Subnet(range.network(), range.prefixLength()));
        } else if (range.overlaps(LOCAL_CONTROL)) {
            add(site, range + " reaches into 224.0.0.0/24, which routing protocols use", problems);
        } else if (range.overlaps(SOURCE_SPECIFIC)) {
            add(site, range + " is in 232.0.0.0/8, where groups must be joined by their source", problems);
        }
    }

    private static void add(Element site, String what, Problems problems) {
        problems.add(site.at(Settings.SITE_MULTICAST), what, EXAMPLE);
    }
}
