// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.settings.Elements;
import io.heliograph.config.settings.Setting;
import io.heliograph.config.settings.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds elements by what the file calls them.
 *
 * <p><b>Thread:</b> immutable.
 */
final class Find {
    private Find() {}

    static List<Element> sites(Element topology) {
        return topology.children(Elements.SITE);
    }

    static List<Element> hosts(Element site) {
        return site.children(Elements.HOST);
    }

    static List<Element> nics(Element host) {
        return host.children(Elements.NIC);
    }

    static List<Element> bonds(Element site) {
        return site.children(Elements.BOND);
    }

    static List<Element> streams(Element topology) {
        return topology.children(Elements.STREAM);
    }

    /** The streams whose origin is a site. */
    static List<Element> streamsOf(Element topology, Element site) {
        Optional<String> name = site.value(Settings.SITE_NAME);
        return streams(topology).stream()
                .filter(stream ->
                        name.isPresent() && stream.value(Settings.STREAM_SITE).equals(name))
                .toList();
    }

    /** Of streams those with lines of their own, and the first of each carrier. */
    static List<Element> owners(List<Element> streams) {
        Set<String> carriers = new HashSet<>();
        return streams.stream()
                .filter(stream ->
                        stream.value(Settings.STREAM_CARRIER).map(carriers::add).orElse(true))
                .toList();
    }

    /** What a message calls the one that has a stream's lines: its carrier, or itself. */
    static String ownerTitle(Element stream) {
        return stream.value(Settings.STREAM_CARRIER)
                .map(carrier -> "carrier " + carrier)
                .orElseGet(() -> title(stream, Settings.STREAM_NAME));
    }

    /** The NICs of a stream's bond, by name; none when the file names no bond that the site has. */
    static List<String> bondNics(Element site, Element stream) {
        return stream.value(Settings.STREAM_BOND)
                .flatMap(bond -> named(bonds(site), Settings.BOND_NAME, bond))
                .flatMap(bond -> bond.value(Settings.BOND_NICS))
                .orElse(List.of());
    }

    static Optional<Element> named(List<Element> elements, Setting<String> setting, String name) {
        return elements.stream()
                .filter(element -> element.value(setting).equals(Optional.of(name)))
                .findFirst();
    }

    static List<String> names(List<Element> elements, Setting<String> setting) {
        return elements.stream()
                .flatMap(element -> element.value(setting).stream())
                .distinct()
                .toList();
    }

    /** Whether all of them have a name that can be read: else an unknown name may be one of those. */
    static boolean areNamed(List<Element> elements, Setting<String> setting) {
        return elements.stream().allMatch(element -> element.value(setting).isPresent());
    }

    /** What a message calls an element: its kind and, where it has one, its name. */
    static String title(Element element, Setting<String> setting) {
        return element.value(setting).map(name -> element.name() + " " + name).orElse("this " + element.name());
    }
}
