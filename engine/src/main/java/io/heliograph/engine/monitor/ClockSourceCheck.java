// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which clock the kernel reads: one that needs no system call costs some ns, any other about a microsecond and more. */
final class ClockSourceCheck implements Check {
    private static final String FOLDER = "/sys/devices/system/clocksource/clocksource0/";

    /** Those that a process reads by itself: the kernel's vDSO knows them. */
    private static final Set<String> READ_IN_PROCESS =
            Set.of("tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter");

    @Override
    public String name() {
        return "clock source";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        Optional<String> current = machine.text(FOLDER + "current_clocksource");
        if (current.isEmpty()) {
            return List.of(Finding.unknown("no " + FOLDER + "current_clocksource here"));
        }
        if (READ_IN_PROCESS.contains(current.get())) {
            return List.of(Finding.ok(current.get() + ", read without a system call"));
        }
        boolean hasTsc = List.of(machine.text(FOLDER + "available_clocksource")
                        .orElse("")
                        .split(" ", -1))
                .contains("tsc");
        return List.of(Finding.advice(
                current.get() + ", read by a system call",
                "every turn of a driver's and of a program's duty cycle, and every packet, reads it: up to some us each",
                hasTsc
                        ? "echo tsc > " + FOLDER + "current_clocksource"
                        : "boot with clocksource=tsc tsc=reliable where dmesg | grep -i tsc shows a stable TSC"));
    }
}
