// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.Host;
import io.heliograph.config.Line;
import io.heliograph.config.LinePolicy;
import io.heliograph.config.Lines;
import io.heliograph.config.MulticastRange;
import io.heliograph.config.Site;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import java.util.List;
import java.util.Optional;

/**
 * A line with the reasons for it: what {@code plan} shows.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param line itself.
 * @param hosts those of the stream's site that have its NIC, and so may hear it.
 * @param isReserve whether it carries something only when another line can't.
 * @param carries what is sent on it.
 * @param why it is that NIC and that place.
 */
record PlannedLine(Line line, List<Host> hosts, boolean isReserve, String carries, String why) {
    static List<PlannedLine> of(Topology topology, Stream stream) {
        Site site = topology.site(stream.site()).orElseThrow();
        List<Line> lines = Lines.of(topology, stream);
        return lines.stream()
                .map(line -> new PlannedLine(
                        line,
                        site.hosts().stream()
                                .filter(host -> host.nic(line.nic()).isPresent())
                                .toList(),
                        stream.lines() == LinePolicy.PIN && line.index() > 0,
                        carries(stream, lines, line),
                        why(site, stream, line)))
                .toList();
    }

    String endpoint() {
        return line.group().getHostAddress() + ":" + line.port();
    }

    private static String carries(Stream stream, List<Line> lines, Line line) {
        if (lines.size() == 1) {
            return "all: the only line";
        }
        if (stream.lines() == LinePolicy.REDUNDANT) {
            return "all, like every line";
        }
        List<String> before =
                lines.subList(0, line.index()).stream().map(Line::name).toList();
        return before.isEmpty() ? "all if its NIC is up" : "all if " + String.join(" and ", before) + " can't";
    }

    private static String why(Site site, Stream stream, Line line) {
        int count = Optional.ofNullable(site.multicast())
                .map(MulticastRange::places)
                .orElseThrow()
                .count();
        return "NIC " + (line.index() + 1) + " of bond " + stream.bond() + "; place (8 x " + stream.id() + " + "
                + line.index() + ") mod " + count + " = " + place(site, stream, line);
    }

    private static int place(Site site, Stream stream, Line line) {
        return Optional.ofNullable(site.multicast())
                .map(MulticastRange::places)
                .orElseThrow()
                .place(stream.id(), line.index());
    }
}
