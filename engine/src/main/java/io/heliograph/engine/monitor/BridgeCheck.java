// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether a software bridge of this machine forgets who joined a group. */
final class BridgeCheck implements Check {
    private static final String FOLDER = "/sys/class/net/";

    private final Optional<HostUse> use;

    BridgeCheck(Optional<HostUse> use) {
        this.use = use;
    }

    @Override
    public String name() {
        return "bridges";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        return bridges(machine).stream().map(bridge -> examine(machine, bridge)).toList();
    }

    /** Those that the host's NICs are, or are ports of; all where nobody says which NICs count. */
    private Set<String> bridges(Machine machine) {
        Set<String> bridges = new TreeSet<>();
        if (use.isEmpty()) {
            machine.names(FOLDER).stream()
                    .filter(device -> isBridge(machine, device))
                    .forEach(bridges::add);
            return bridges;
        }
        use.get()
                .nics()
                .forEach(nic -> nic.device().ifPresent(device -> {
                    machine.target(FOLDER + device + "/brport/bridge").ifPresent(bridges::add);
                    if (isBridge(machine, device)) {
                        bridges.add(device);
                    }
                }));
        return bridges;
    }

    private static boolean isBridge(Machine machine, String device) {
        return machine.isDirectory(FOLDER + device + "/bridge");
    }

    private static Finding examine(Machine machine, String bridge) {
        Optional<String> snooping = machine.text(FOLDER + bridge + "/bridge/multicast_snooping");
        Optional<String> querier = machine.text(FOLDER + bridge + "/bridge/multicast_querier");
        if (snooping.isEmpty() || querier.isEmpty()) {
            return Finding.unknown(bridge + " does not say whether it snoops");
        }
        if (snooping.get().equals("0")) {
            return Finding.ok(bridge + " floods multicast (no snooping)");
        }
        return querier.get().equals("0")
                ? Finding.advice(
                        bridge + " snoops and does not query",
                        "unless another querier is on the network, groups age out after 260 s and lines fall silent",
                        "ip link set dev " + bridge + " type bridge mcast_querier 1")
                : Finding.ok(bridge + " snoops and queries");
    }
}
