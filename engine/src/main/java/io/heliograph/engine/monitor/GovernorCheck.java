// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether cores keep their clock rate up: the others must be woken first. */
final class GovernorCheck implements Check {
    private static final String FOLDER = "/sys/devices/system/cpu/";
    private static final String RIGHT = "performance";

    @Override
    public String name() {
        return "CPU governor";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        Map<String, Integer> cores = new TreeMap<>();
        for (String name : machine.names(FOLDER)) {
            if (name.matches("cpu\\d+")) {
                machine.text(FOLDER + name + "/cpufreq/scaling_governor")
                        .ifPresent(governor -> cores.merge(governor, 1, Integer::sum));
            }
        }
        if (cores.isEmpty()) {
            return List.of(Finding.unknown(
                    "the kernel sets no clock rates here: a virtual machine's host does, or its firmware"));
        }
        StringBuilder found = new StringBuilder();
        cores.forEach((governor, count) -> found.append(found.isEmpty() ? "" : ", ")
                .append(governor)
                .append(" on ")
                .append(Numbers.count(count, "core")));
        return List.of(
                cores.keySet().stream().allMatch(RIGHT::equals)
                        ? Finding.ok(found.toString())
                        : Finding.advice(
                                found.toString(),
                                "a core that was idle begins a burst at a low clock rate: the first packets take longer",
                                "cpupower frequency-set -g performance"));
    }
}
