// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.Bridge;
import io.heliograph.config.BridgePath;
import io.heliograph.config.Lag;
import io.heliograph.config.Line;
import io.heliograph.config.LinePolicy;
import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.config.settings.Durations;
import io.heliograph.config.settings.Rates;
import io.heliograph.engine.media.LineChoice;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Bridges in words and columns, and the lines that they give streams in other sites.
 *
 * <p><b>Thread:</b> immutable.
 */
final class BridgeText {
    private BridgeText() {}

    /** A stream in a site that bridges lead it to. */
    static void elsewhere(Topology topology, Stream stream, String site, List<String> text) {
        List<PlannedLine> lines = PlannedLine.of(topology, stream, site);
        List<Bridge> bridges = topology.bridgesInto(site, stream);
        LinePolicy policy = Lines.policy(topology, stream, site);
        List<Line> all = lines.stream().map(PlannedLine::line).toList();
        String bonds = bridges.stream().map(Bridge::bond).distinct().collect(Collectors.joining(" or "));
        text.add("  in site " + site + ", over "
                + bridges.stream().map(BridgeText::title).collect(Collectors.joining(", ")));
        TextTable about = new TextTable()
                .row(
                        "lines",
                        word(policy) + ": " + LineChoice.of(stream, policy, all).summary(bonds))
                .row(
                        "sent by",
                        all.stream()
                                .flatMap(line -> line.senders().stream())
                                .distinct()
                                .collect(Collectors.joining(", ")))
                .row("open to", PlanText.subscribers(topology, stream, site, lines))
                .row("packets", "up to " + Lines.mtu(topology, stream, site) + " bytes");
        text.addAll(about.lines("    "));
        TextTable table = new TextTable().row("line", "NIC", "from", "sent to", "control", "carries", "why");
        for (PlannedLine planned : lines) {
            table.row(
                    planned.line().name(),
                    planned.line().nic(),
                    String.join(" ", planned.line().senders()),
                    planned.sentTo(),
                    planned.control(),
                    planned.carries(),
                    planned.why());
        }
        text.addAll(table.lines("    "));
    }

    static void bridge(Topology topology, Bridge bridge, List<String> text) {
        text.add(title(bridge));
        TextTable about = new TextTable()
                .row("carries", String.join(", ", carried(topology, bridge)))
                .row("paths", select(bridge))
                .row("behind", lag(bridge))
                .row("limit", limit(bridge))
                .row("packed", packed(bridge));
        if (hasMarks(bridge)) {
            about.row("busy", marks(bridge));
        }
        text.addAll(about.lines("  "));
        boolean hasBuffers = bridge.paths().stream().anyMatch(BridgeText::hasBuffer);
        TextTable paths = new TextTable();
        paths.row(columns(hasBuffers, "path", "priority", "connects", "at", "buffer"));
        for (BridgePath path : bridge.paths()) {
            paths.row(columns(
                    hasBuffers,
                    path.from() + " to " + path.to(),
                    String.valueOf(path.level()),
                    path.opener() + " to " + path.listener(),
                    places(topology, path),
                    hasBuffer(path) ? buffer(path) : "the system's"));
        }
        text.addAll(paths.lines("  "));
    }

    /** The last one only where it says something. */
    private static String[] columns(boolean hasLast, String... all) {
        return hasLast ? all : Arrays.copyOf(all, all.length - 1);
    }

    static boolean hasMarks(Bridge bridge) {
        return bridge.highMark() != Bridge.NEVER_BUSY;
    }

    static boolean hasBuffer(BridgePath path) {
        return path.bufferOctets() != BridgePath.SYSTEM_BUFFER;
    }

    private static String marks(Bridge bridge) {
        return "a path where " + bridge.highMark() + " messages wait, until no more than " + bridge.lowMark() + " do";
    }

    /** As the topology writes it. */
    static String buffer(BridgePath path) {
        return BigDecimal.valueOf(path.bufferOctets(), 6).stripTrailingZeros().toPlainString() + " MB";
    }

    static String title(Bridge bridge) {
        return "bridge " + bridge.from() + " to " + bridge.to();
    }

    static List<String> carried(Topology topology, Bridge bridge) {
        return topology.streams().stream()
                .filter(bridge::carries)
                .map(Stream::name)
                .toList();
    }

    /** In a word each: how paths are used, and what becomes of what is behind. */
    static String summary(Bridge bridge) {
        String lag = bridge.lag() == Lag.KEEP ? "keep" : "skip beyond " + Durations.format(bridge.lagBoundNs());
        String rate = bridge.rateBps() == 0 ? "" : ", " + Rates.format(bridge.rateBps()) + " a path";
        String busy = hasMarks(bridge) ? ", busy from " + bridge.highMark() + " to " + bridge.lowMark() : "";
        return word(bridge.select()) + ", " + lag + rate + busy;
    }

    /** Where the one that connects finds the other. */
    static String places(Topology topology, BridgePath path) {
        return topology.host(path.listener()).map(found -> found.host().engine().links()).orElse(List.of()).stream()
                .map(Object::toString)
                .collect(Collectors.joining(" "));
    }

    private static String select(Bridge bridge) {
        return switch (bridge.select()) {
            case FAILOVER -> "failover: one at a time, another when it is not available";
            case SPREAD -> "spread: each stream on one of a priority, by what they have to send";
            case HEDGE -> "hedge: all of a priority at once, what arrives first counts";
        };
    }

    private static String lag(Bridge bridge) {
        return bridge.lag() == Lag.KEEP
                ? "keep: everything, however late"
                : "skip: what is more than " + Durations.format(bridge.lagBoundNs()) + " behind, with a gap notice";
    }

    private static String limit(Bridge bridge) {
        return bridge.rateBps() == 0 ? "none" : Rates.format(bridge.rateBps()) + " a path";
    }

    private static String packed(Bridge bridge) {
        return switch (bridge.compress()) {
            case AUTO -> "auto: where it pays";
            case ON -> "on: always";
            case OFF -> "off: never";
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
