// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.Host;
import io.heliograph.config.Line;
import io.heliograph.config.LineAddress;
import io.heliograph.config.Lines;
import io.heliograph.config.Site;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.LineChoice;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line with the reasons for it: what {@code plan} shows.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param line itself.
 * @param hosts those of the site that have its NIC, and so may hear it.
 * @param isReserve whether it carries something only when another line can't.
 * @param carries what is sent on it.
 * @param why it is that NIC and that place.
 */
record PlannedLine(Line line, List<Host> hosts, boolean isReserve, String carries, String why) {
    /** In the stream's own site. */
    static List<PlannedLine> of(Topology topology, Stream stream) {
        return of(topology, stream, stream.site());
    }

    /** In a site that the stream reaches: who sends there chooses among his own lines. */
    static List<PlannedLine> of(Topology topology, Stream stream, String siteName) {
        Site site = topology.site(siteName).orElseThrow();
        List<PlannedLine> planned = new ArrayList<>();
        Lines.of(topology, stream, siteName).stream()
                .collect(Collectors.groupingBy(Line::senders, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(lines -> {
                    LineChoice choice = LineChoice.of(stream, Lines.policy(topology, stream, siteName), lines);
                    List<Long> turns = turns(choice, lines.size());
                    for (int i = 0; i < lines.size(); i++) {
                        planned.add(of(site, stream, lines, i, choice, turns));
                    }
                });
        planned.sort(Comparator.comparingInt(each -> each.line().index()));
        return planned;
    }

    private static PlannedLine of(
            Site site, Stream stream, List<Line> lines, int index, LineChoice choice, List<Long> turns) {
        Line line = lines.get(index);
        return new PlannedLine(
                line,
                site.hosts().stream()
                        .filter(host -> host.nic(line.nic()).isPresent())
                        .toList(),
                !LineChoice.has(turns.get(0), index),
                carries(lines, turns, index),
                choice.why(index) + "; " + place(site, stream, line));
    }

    /** The group and port; of a line by unicast, that there is none. */
    String sentTo() {
        return line.isMulticast() ? line.address().text() : "each subscriber";
    }

    /** Where receivers answer: a group, or the publisher itself. */
    String control() {
        return line.address() instanceof LineAddress.Multicast groups
                ? groups.control().getHostAddress()
                : controls().stream()
                        .map(control -> control + ":" + line.port())
                        .collect(Collectors.joining(" "));
    }

    /** Addresses that subscribers of a line by unicast ask for its packets; none of a line by multicast. */
    List<String> controls() {
        return line.address() instanceof LineAddress.Unicast asked
                ? asked.controls().stream().map(Inet4Address::getHostAddress).toList()
                : List.of();
    }

    /** The lines that are sent on first, and those that are while none of the ones before them can be. */
    private static List<Long> turns(LineChoice choice, int count) {
        List<Long> turns = new ArrayList<>();
        for (long healthy = LineChoice.all(count); healthy != 0; ) {
            long sends = choice.sends(healthy);
            turns.add(sends);
            healthy &= ~sends;
        }
        return turns;
    }

    private static String carries(List<Line> lines, List<Long> turns, int index) {
        if (lines.size() == 1) {
            return "all: the only line";
        }
        if (turns.size() == 1) {
            return "all, like every line";
        }
        String before = turns.stream()
                .takeWhile(turn -> !LineChoice.has(turn, index))
                .map(turn -> lines.get(Long.numberOfTrailingZeros(turn)).name())
                .collect(Collectors.joining(" and "));
        return before.isEmpty() ? "all if its NIC is up" : "all if " + before + " can't";
    }

    private static String place(Site site, Stream stream, Line line) {
        int place = Lines.place(site, stream, line.index());
        if (stream.groups() != Stream.BY_ID) {
            return "place " + place + ", as groups says";
        }
        String number = stream.carrier() == null ? "" : " (CRC-32C of " + stream.carrier() + ")";
        return "place (8 x " + stream.linesId() + number + " + " + line.index() + ") mod "
                + site.places().count() + " = " + place;
    }
}
