// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import io.heliograph.config.settings.Rates;
import io.heliograph.engine.monitor.HostUse.PathUse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether what a bridge's path carries in a round trip fits the buffers that its sockets get. At the end of a path that is what they
 * receive with, at its beginning what they send with.
 */
final class LinkBufferCheck implements Check {
    /** A round trip for examples: New York and London, and something to spare. */
    private static final double EXAMPLE_SECONDS = 0.08;

    private final List<PathUse> paths;

    LinkBufferCheck(List<PathUse> paths) {
        this.paths = paths;
    }

    @Override
    public String name() {
        return "link buffers";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        return paths.stream()
                .map(path -> path.bufferOctets() == 0 ? tuned(machine, path) : asked(machine, path))
                .toList();
    }

    /** The system cuts what is asked for down to its limit without a word. */
    private static Finding asked(Machine machine, PathUse path) {
        String name = path.isEnd() ? "rmem_max" : "wmem_max";
        OptionalLong limit = machine.number("/proc/sys/net/core/" + name);
        if (limit.isEmpty()) {
            return Finding.unknown("path " + path.title() + ": /proc/sys/net/core/" + name
                    + " cannot be read: a network namespace of its own hides it");
        }
        String found = "path " + path.title() + " asks for buffers of " + Numbers.bytes(path.bufferOctets())
                + "; net.core." + name + " " + limit.getAsLong() + " (" + Numbers.bytes(limit.getAsLong()) + ")";
        return limit.getAsLong() < path.bufferOctets()
                ? Finding.advice(
                        found,
                        "cut to it, the path carries at most " + rate(limit.getAsLong())
                                + " over a round trip of 80 ms, and not " + rate(path.bufferOctets()),
                        "sysctl -w net.core." + name + "=" + path.bufferOctets())
                : Finding.ok(found);
    }

    /** Without buffer= the system makes them larger as it sees fit, up to the last of three numbers, half of which is for packets' heads. */
    private static Finding tuned(Machine machine, PathUse path) {
        String name = path.isEnd() ? "tcp_rmem" : "tcp_wmem";
        Optional<String> text = machine.text("/proc/sys/net/ipv4/" + name);
        String[] numbers = text.orElse("").split("\\s+", -1);
        OptionalLong most = numbers.length == 3 ? Numbers.parse(numbers[2]) : OptionalLong.empty();
        if (most.isEmpty()) {
            return Finding.unknown("path " + path.title() + ": /proc/sys/net/ipv4/" + name + " cannot be read");
        }
        long window = most.getAsLong() / 2;
        String found = "path " + path.title() + ": the system's own, up to " + Numbers.bytes(most.getAsLong()) + " ("
                + name + "): " + rate(window) + " over a round trip of 80 ms";
        double neededOctets = path.rateBps() / 8.0 * EXAMPLE_SECONDS;
        return neededOctets > window
                ? Finding.advice(
                        found,
                        "less than the " + Rates.format(path.rateBps())
                                + " of its rate= over a round trip of more than "
                                + Math.round(window * 8e3 / path.rateBps()) + " ms",
                        "buffer= at the path in the topology: its bandwidth times its round trip")
                : Finding.ok(found);
    }

    /** What so many octets in each such round trip are, in two figures or more. */
    private static String rate(long octets) {
        double mbps = octets * 8 / EXAMPLE_SECONDS / 1e6;
        return mbps < 1_000 ? Math.round(mbps) + " Mbit/s" : Rates.format(Math.round(mbps / 10) * 10_000_000);
    }
}
