// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import io.heliograph.config.NicMode;
import io.heliograph.engine.monitor.HostUse.NicUse;
import java.util.List;
import java.util.Optional;

/** Whether this machine has the topology's NICs, with their carrier, and whether they take multicast. */
final class NicCheck implements Check {
    /** Of {@code /sys/class/net/DEVICE/flags}: IFF_MULTICAST. */
    private static final long MULTICAST = 0x1000;

    private final HostUse host;

    NicCheck(HostUse host) {
        this.host = host;
    }

    @Override
    public String name() {
        return "NIC";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        return host.nics().stream().map(use -> examine(machine, use)).toList();
    }

    private static Finding examine(Machine machine, NicUse use) {
        Optional<String> found = use.device();
        if (found.isEmpty()) {
            return Finding.problem(
                    use.label() + ": nothing on this machine has its address "
                            + use.nic().address(),
                    "its lines don't open; with no other NIC in the bond its streams don't start",
                    "ip address add " + use.nic().address() + " dev DEVICE; or mend its address= in the topology");
        }
        String device = found.get();
        Optional<String> state = machine.text("/sys/class/net/" + device + "/operstate");
        if (state.isEmpty()) {
            return Finding.unknown(use.label() + ": no /sys/class/net/" + device + " here");
        }
        if (!isUsable(state.get())) {
            return Finding.problem(
                    use.label() + " is " + state.get() + ", carrier " + carrier(machine, device),
                    "its lines carry nothing; redundant streams have no second line",
                    "ip link set dev " + device + " up; and look at the cable and the switch's port");
        }
        long flags = machine.number("/sys/class/net/" + device + "/flags").orElse(MULTICAST);
        boolean needsMulticast =
                use.nic().mode() == NicMode.MULTICAST && !use.nic().address().isLoopback();
        return needsMulticast && (flags & MULTICAST) == 0
                ? Finding.problem(
                        use.label() + " does not take multicast",
                        "nothing arrives on its lines",
                        "ip link set dev " + device + " multicast on")
                : Finding.ok(use.label() + " has " + use.nic().address() + ", state " + state.get());
    }

    /** Loopback and tunnels keep no state of their own. */
    private static boolean isUsable(String state) {
        return state.equals("up") || state.equals("unknown");
    }

    private static String carrier(Machine machine, String device) {
        return machine.text("/sys/class/net/" + device + "/carrier")
                .map(carrier -> carrier.equals("1") ? "on" : "off")
                .orElse("off");
    }
}
