// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.Bridge;
import io.heliograph.config.Flow;
import io.heliograph.config.Host;
import io.heliograph.config.LinePolicy;
import io.heliograph.config.Lines;
import io.heliograph.config.Nic;
import io.heliograph.config.Repair;
import io.heliograph.config.Site;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.config.settings.Durations;
import io.heliograph.engine.media.LineChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A topology's dataflow in words and columns.
 *
 * <p><b>Thread:</b> immutable.
 */
final class PlanText {
    private PlanText() {}

    static List<String> of(Topology topology) {
        List<String> text = new ArrayList<>();
        text.add("topology " + topology.name());
        for (Site site : topology.sites()) {
            text.add("");
            site(topology, site, text);
        }
        for (Stream stream : Lines.owners(topology.streams())) {
            text.add("");
            stream(topology, stream, text);
            List<String> sites = topology.sitesOf(stream);
            sites.subList(1, sites.size()).forEach(site -> BridgeText.elsewhere(topology, stream, site, text));
        }
        for (Bridge bridge : topology.bridges()) {
            text.add("");
            BridgeText.bridge(topology, bridge, text);
        }
        return text;
    }

    /** The multicast range of a site, or that it has none, and how many of its places are taken. */
    static String range(Topology topology, Site site) {
        long lines = Lines.owners(topology.streamsIn(site.name())).stream()
                .mapToLong(stream -> Lines.of(topology, stream, site.name()).size())
                .sum();
        String kind = site.multicast() == null ? "no multicast, unicast throughout" : "multicast " + site.multicast();
        return kind + ", " + lines + " of " + site.places().count() + " places taken";
    }

    private static void site(Topology topology, Site site, List<String> text) {
        text.add("site " + site.name() + ": " + range(topology, site));
        TextTable table = new TextTable().row("host", "NIC", "address", "mtu", "mode", "driver");
        for (Host host : site.hosts()) {
            for (Nic nic : host.nics()) {
                table.row(
                        host.name(),
                        nic.name(),
                        nic.address().toString(),
                        String.valueOf(nic.mtu()),
                        nic.mode().name().toLowerCase(Locale.ROOT),
                        driver(host));
            }
        }
        text.addAll(table.lines("  "));
    }

    private static String driver(Host host) {
        String directory = host.engine().directory();
        return directory == null ? host.engine().driver().name().toLowerCase(Locale.ROOT) : directory;
    }

    private static void stream(Topology topology, Stream stream, List<String> text) {
        List<PlannedLine> lines = PlannedLine.of(topology, stream);
        text.add(title(stream) + ", from site " + stream.site());
        TextTable about = carried(topology, stream)
                .row(
                        "lines",
                        stream.lines().name().toLowerCase(Locale.ROOT).replace('_', '-') + ": "
                                + LineChoice.of(stream, Lines.of(topology, stream))
                                        .summary(stream.bond()))
                .row("published by", publishers(stream))
                .row("open to", subscribers(topology, stream, stream.site(), lines))
                .row("packets", "up to " + Lines.mtu(topology, stream) + " bytes" + sealed(topology, stream))
                .row("pace", stream.flow() == Flow.MIN ? "the slowest subscriber's" : "the publisher's")
                .row("repair", repair(stream));
        text.addAll(about.lines("  "));
        TextTable table = new TextTable().row("line", "NIC", "sent to", "control", "carries", "why");
        for (PlannedLine planned : lines) {
            table.row(
                    planned.line().name(),
                    planned.line().nic(),
                    planned.sentTo(),
                    planned.control(),
                    planned.carries(),
                    planned.why());
        }
        text.addAll(table.lines("  "));
    }

    private static String title(Stream stream) {
        return stream.carrier() == null ? "stream " + stream.name() + ", id " + stream.id() : stream.linesOwner();
    }

    /** Of a carrier, which streams are on it. */
    private static TextTable carried(Topology topology, Stream stream) {
        TextTable table = new TextTable();
        if (stream.carrier() == null) {
            return table;
        }
        return table.row(
                "carries",
                topology.carried(stream.carrier()).stream()
                        .map(each -> each.name() + " (id " + each.id() + ")")
                        .collect(Collectors.joining(", ")));
    }

    private static String sealed(Topology topology, Stream stream) {
        List<Stream> sharing = topology.sharing(stream);
        String sealed = sharing.stream().filter(Stream::seals).map(Stream::name).collect(Collectors.joining(", "));
        boolean isEach = sharing.stream().allMatch(Stream::seals);
        return sealed.isEmpty() ? "" : isEach ? ", sealed" : ", sealed: " + sealed;
    }

    private static String publishers(Stream stream) {
        List<String> names = stream.publishers();
        String reserve = String.join(", ", names.subList(1, names.size()));
        return names.get(0) + (reserve.isEmpty() ? "" : "; in its place " + reserve);
    }

    /** Every host of the site that has a NIC of a line, with the lines that it can join. */
    static String subscribers(Topology topology, Stream stream, String siteName, List<PlannedLine> lines) {
        LinePolicy policy = Lines.policy(topology, stream, siteName);
        return topology.sites().stream()
                .flatMap(site -> site.hosts().stream())
                .filter(host -> !joins(policy, host, lines).isEmpty())
                .map(host -> host.name() + " on " + joins(policy, host, lines))
                .collect(Collectors.joining(", "));
    }

    private static String joins(LinePolicy policy, Host host, List<PlannedLine> lines) {
        return lines.stream()
                .filter(planned -> planned.hosts().contains(host))
                .map(planned -> planned.line().name())
                .collect(Collectors.joining(policy == LinePolicy.SPREAD ? " or " : "+"));
    }

    private static String repair(Stream stream) {
        String how = stream.repair() == Repair.NAK ? "by asking again" : "none on the lines";
        return how + "; a gap is given up after " + Durations.format(stream.reorderNs())
                + ", an unfinished epoch is waited for " + Durations.format(stream.budgetNs());
    }
}
