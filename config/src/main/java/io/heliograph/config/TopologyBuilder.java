// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import io.heliograph.config.document.Element;
import io.heliograph.config.net.Ipv4;
import io.heliograph.config.net.Places;
import io.heliograph.config.net.Subnet;
import io.heliograph.config.settings.Elements;
import io.heliograph.config.settings.Retain;
import io.heliograph.config.settings.Setting;
import io.heliograph.config.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Makes records of a tree that has passed every check.
 *
 * <p><b>Thread:</b> immutable.
 *
 * <p><b>Failure:</b> none: whatever could fail, the checks before would have said.
 */
final class TopologyBuilder {
    /** 14 ms at 300 MB/s: a journal's usual way behind is below a tenth of it. */
    private static final long DEFAULT_LAG_OCTETS = 4_000_000;

    /** As long as a stream's budget. */
    private static final long DEFAULT_LAG_BOUND_NS = 1_000_000_000;

    private TopologyBuilder() {}

    static Topology build(Element topology) {
        return new Topology(
                of(topology, Settings.TOPOLOGY_NAME),
                topology.children(Elements.SITE).stream()
                        .map(TopologyBuilder::site)
                        .toList(),
                topology.children(Elements.STREAM).stream()
                        .flatMap(TopologyBuilder::partitions)
                        .toList(),
                topology.children(Elements.BRIDGE).stream()
                        .map(TopologyBuilder::bridge)
                        .toList(),
                word(LinkSecurity.class, of(topology, Settings.TOPOLOGY_SECURITY)),
                topology.children(Elements.ALLOW).stream()
                        .map(TopologyBuilder::allow)
                        .toList());
    }

    private static Bridge bridge(Element bridge) {
        Lag lag = word(Lag.class, of(bridge, Settings.BRIDGE_LAG));
        return new Bridge(
                of(bridge, Settings.BRIDGE_FROM),
                of(bridge, Settings.BRIDGE_TO),
                of(bridge, Settings.BRIDGE_STREAMS),
                of(bridge, Settings.BRIDGE_BOND),
                word(LinePolicy.class, of(bridge, Settings.BRIDGE_LINES)),
                word(Select.class, of(bridge, Settings.BRIDGE_SELECT)),
                lag,
                lag == Lag.SKIP ? bridge.value(Settings.BRIDGE_LAG_BOUND).orElse(DEFAULT_LAG_BOUND_NS) : 0L,
                bridge.value(Settings.BRIDGE_RATE).orElse(0L),
                word(Compress.class, of(bridge, Settings.BRIDGE_COMPRESS)),
                highMark(bridge),
                bridge.value(Settings.BRIDGE_LWM).map(Integer::longValue).orElse(highMark(bridge) / 2),
                bridge.children(Elements.PATH).stream()
                        .map(TopologyBuilder::path)
                        .toList());
    }

    private static long highMark(Element bridge) {
        return bridge.value(Settings.BRIDGE_HWM).map(Integer::longValue).orElse(Bridge.NEVER_BUSY);
    }

    private static BridgePath path(Element path) {
        return new BridgePath(
                of(path, Settings.PATH_FROM),
                of(path, Settings.PATH_TO),
                path.value(Settings.PATH_PRIORITY).orElse(BridgePath.BY_DISTANCE),
                word(Opens.class, of(path, Settings.PATH_OPENS)),
                path.value(Settings.PATH_BUFFER).map(Math::toIntExact).orElse(BridgePath.SYSTEM_BUFFER));
    }

    private static Allow allow(Element allow) {
        return new Allow(
                of(allow, Settings.ALLOW_NODE),
                allow.value(Settings.ALLOW_PULL).orElse(List.of()),
                allow.value(Settings.ALLOW_SERVE).orElse(List.of()),
                allow.value(Settings.ALLOW_ASK).orElse(List.of()));
    }

    private static Site site(Element site) {
        boolean hasRange = site.has(Settings.SITE_MULTICAST);
        return new Site(
                of(site, Settings.SITE_NAME),
                site.value(Settings.SITE_MULTICAST)
                        .map(range -> new MulticastRange(Ipv4.address(range.address()), range.prefixLength()))
                        .orElse(null),
                site.children(Elements.HOST).stream()
                        .map(host -> host(host, hasRange))
                        .toList(),
                site.children(Elements.BOND).stream().map(TopologyBuilder::bond).toList());
    }

    private static Host host(Element host, boolean hasRange) {
        List<Element> engines = host.children(Elements.ENGINE);
        return new Host(
                of(host, Settings.HOST_NAME),
                host.children(Elements.NIC).stream()
                        .map(nic -> nic(nic, hasRange))
                        .toList(),
                engines.isEmpty() ? Engine.DEFAULT : engine(engines.get(0)));
    }

    /** Without a range no NIC of the site has multicast. */
    private static Nic nic(Element nic, boolean hasRange) {
        Subnet address = of(nic, Settings.NIC_ADDRESS);
        return new Nic(
                of(nic, Settings.NIC_NAME),
                new NicAddress(Ipv4.address(address.address()), address.prefixLength()),
                of(nic, Settings.NIC_MTU),
                hasRange ? word(NicMode.class, of(nic, Settings.NIC_MODE)) : NicMode.UNICAST,
                nic.value(Settings.NIC_RATE).orElse(0L));
    }

    private static Engine engine(Element engine) {
        String driver = of(engine, Settings.ENGINE_DRIVER);
        Profile profile = word(Profile.class, of(engine, Settings.ENGINE_PROFILE));
        String journal = engine.value(Settings.ENGINE_JOURNAL).orElse(null);
        List<LinkPlace> links = engine.value(Settings.ENGINE_LINK).orElse(List.of()).stream()
                .map(port -> new LinkPlace(Ipv4.address(port.address()), port.port()))
                .toList();
        return driver.startsWith("/")
                ? new Engine(DriverMode.EXTERNAL, driver, profile, journal, links)
                : new Engine(word(DriverMode.class, driver), null, profile, journal, links);
    }

    private static Bond bond(Element bond) {
        return new Bond(of(bond, Settings.BOND_NAME), of(bond, Settings.BOND_NICS));
    }

    private static java.util.stream.Stream<Stream> partitions(Element stream) {
        int count = of(stream, Settings.STREAM_PARTITIONS);
        return IntStream.range(0, count).mapToObj(index -> stream(stream, index, count));
    }

    private static Stream stream(Element stream, int index, int count) {
        String feed = of(stream, Settings.STREAM_NAME);
        return new Stream(
                count == 1 ? feed : feed + Stream.PARTITION_MARK + index,
                of(stream, Settings.STREAM_ID) + index,
                of(stream, Settings.STREAM_SITE),
                of(stream, Settings.STREAM_PUBLISHERS),
                of(stream, Settings.STREAM_BOND),
                word(LinePolicy.class, of(stream, Settings.STREAM_LINES)),
                word(LineJoin.class, of(stream, Settings.STREAM_JOIN)),
                word(Flow.class, of(stream, Settings.STREAM_FLOW)),
                word(Repair.class, of(stream, Settings.STREAM_REPAIR)),
                of(stream, Settings.STREAM_BUDGET),
                of(stream, Settings.STREAM_REORDER),
                of(stream, Settings.STREAM_RESEND),
                of(stream, Settings.STREAM_SEALS),
                word(Writers.class, of(stream, Settings.STREAM_WRITERS)),
                stream.value(Settings.STREAM_RATE).orElse(0L) / count,
                stream.value(Settings.STREAM_CARRIER).orElse(null),
                stream.value(Settings.STREAM_GROUPS)
                        .map(first -> first + Places.LINES_PER_STREAM * index)
                        .orElse(Stream.BY_ID),
                journaling(stream));
    }

    private static Journaling journaling(Element stream) {
        return new Journaling(
                stream.value(Settings.STREAM_JOURNAL).orElse(List.of()),
                stream.value(Settings.STREAM_SYNC).orElse(0L),
                stream.value(Settings.STREAM_RETAIN).orElse(Retain.ALL),
                of(stream, Settings.STREAM_JOURNAL_MODE).equals("required")
                        ? stream.value(Settings.STREAM_JOURNAL_LAG).orElse(DEFAULT_LAG_OCTETS)
                        : 0L);
    }

    private static <T> T of(Element element, Setting<T> setting) {
        return element.value(setting).orElseThrow();
    }

    private static <E extends Enum<E>> E word(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
