// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import java.util.List;
import java.util.OptionalLong;

/** Whether the kernel has dropped datagrams because a socket was full. */
final class DroppedDatagramsCheck implements Check {
    private static final String FILE = "/proc/net/snmp";
    private static final String COLUMN = "RcvbufErrors";

    @Override
    public String name() {
        return "drops";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        OptionalLong dropped = count(machine);
        if (dropped.isEmpty()) {
            return List.of(Finding.unknown(FILE + " does not say"));
        }
        if (dropped.getAsLong() == 0) {
            return List.of(Finding.ok("no UDP datagram was dropped at a full socket since the start of the system"));
        }
        return List.of(Finding.advice(
                Numbers.count(dropped.getAsLong(), "UDP datagram")
                        + " dropped at full sockets since the start of the system, by all its programs together",
                "each is a loss on a line: arbitration or NAK has to repair it",
                "see whether it grows: watch -d -n 1 'grep ^Udp: " + FILE + "'; then socket buffers, cores, profile"));
    }

    /** The line of names comes before the line of numbers, both beginning with the protocol. */
    private static OptionalLong count(Machine machine) {
        List<String[]> lines = machine.text(FILE)
                .orElse("")
                .lines()
                .filter(line -> line.startsWith("Udp:"))
                .map(line -> line.split(" +", -1))
                .toList();
        if (lines.size() == 2) {
            int column = List.of(lines.get(0)).indexOf(COLUMN);
            if (column >= 0 && column < lines.get(1).length) {
                return Numbers.parse(lines.get(1)[column]);
            }
        }
        return OptionalLong.empty();
    }
}
