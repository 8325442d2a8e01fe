// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import io.heliograph.engine.monitor.HostUse.NicUse;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Whether each NIC takes the packets that the topology puts on it in one piece. */
final class MtuCheck implements Check {
    private final HostUse host;

    MtuCheck(HostUse host) {
        this.host = host;
    }

    @Override
    public String name() {
        return "MTU";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        return host.nics().stream()
                .flatMap(use -> use.device().stream().flatMap(device -> Stream.of(examine(machine, use, device))))
                .toList();
    }

    private static Finding examine(Machine machine, NicUse use, String device) {
        OptionalLong mtu = machine.number("/sys/class/net/" + device + "/mtu");
        if (mtu.isEmpty()) {
            return Finding.unknown(use.label() + ": no /sys/class/net/" + device + "/mtu here");
        }
        long takes = mtu.getAsLong();
        String found = use.label() + " takes packets of " + takes + " bytes";
        if (takes < use.packetLength()) {
            return Finding.problem(
                    found + ", and " + sender(use) + " sends up to " + use.packetLength(),
                    "every full packet becomes IP fragments: one lost loses all, and none is accelerated",
                    "ip link set dev " + device + " mtu " + use.nic().mtu() + "; or mtu=\"" + takes
                            + "\" at this NIC in the topology");
        }
        return takes < use.nic().mtu()
                ? Finding.advice(
                        found + ", and the topology says " + use.nic().mtu(),
                        "packets of " + use.packetLength() + " fit here; a VLAN tag or a tunnel on the way may not",
                        "ip link set dev " + device + " mtu " + use.nic().mtu())
                : Finding.ok(found + "; " + sender(use) + " sends up to " + use.packetLength());
    }

    private static String sender(NicUse use) {
        return use.stream().isEmpty() ? "a stream" : "stream " + use.stream();
    }
}
