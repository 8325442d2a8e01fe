// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import io.heliograph.config.DriverMode;
import io.heliograph.config.Profile;
import java.util.List;
import java.util.Optional;

/** Whether the kernel keeps cores free for threads that are put there by hand. */
final class IsolatedCoresCheck implements Check {
    private static final String FOLDER = "/sys/devices/system/cpu/";

    private final Optional<HostUse> use;

    IsolatedCoresCheck(Optional<HostUse> use) {
        this.use = use;
    }

    @Override
    public String name() {
        return "isolated cores";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        Optional<String> isolated = machine.text(FOLDER + "isolated");
        if (isolated.isEmpty()) {
            return List.of(Finding.unknown("no " + FOLDER + "isolated here"));
        }
        if (!isolated.get().isEmpty()) {
            String ticks = machine.text(FOLDER + "nohz_full")
                    .filter(cores -> cores.matches("[0-9,-]+"))
                    .map(cores -> "without timer ticks: " + cores)
                    .orElse("timer ticks on all");
            return List.of(Finding.ok(isolated.get() + " (" + ticks + "); threads come there by taskset only"));
        }
        boolean isBusy = use.isPresent()
                && use.get().profile() == Profile.LOW_LATENCY
                && use.get().driver() != DriverMode.EMBEDDED;
        return List.of(
                isBusy
                        ? Finding.advice(
                                "none",
                                "other work and timer ticks interrupt the driver's threads: the tail of the latency grows",
                                "boot with isolcpus=2-4 nohz_full=2-4 rcu_nocbs=2-4 (your cores), then taskset -cp CORE"
                                        + " for each thread (engine/README.md)")
                        : Finding.ok("none, and none asked for (profile=\"low-latency\" wants some)"));
    }
}
