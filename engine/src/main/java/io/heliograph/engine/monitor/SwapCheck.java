// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Whether the kernel may put pages of the driver or of a program on a disk. */
final class SwapCheck implements Check {
    /** From here on the kernel prefers dropping files' pages to swapping. */
    private static final int LOW_SWAPPINESS = 10;

    @Override
    public String name() {
        return "swap";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        Optional<String> swaps = machine.text("/proc/swaps");
        OptionalLong swappiness = machine.number("/proc/sys/vm/swappiness");
        if (swaps.isEmpty()) {
            return List.of(Finding.unknown("no /proc/swaps here"));
        }
        // The first line says what the columns are.
        long areas = swaps.get().lines().count() - 1;
        if (areas <= 0) {
            return List.of(Finding.ok("none"));
        }
        if (swappiness.isEmpty()) {
            return List.of(Finding.unknown(Numbers.count(areas, "swap area") + ", and no /proc/sys/vm/swappiness"));
        }
        String found = Numbers.count(areas, "swap area") + ", vm.swappiness " + swappiness.getAsLong();
        return List.of(
                swappiness.getAsLong() <= LOW_SWAPPINESS
                        ? Finding.ok(found)
                        : Finding.advice(
                                found,
                                "a page that was swapped out stops its thread for a disk's time: ms, in driver or collector",
                                "swapoff -a; or sysctl -w vm.swappiness=1"));
    }
}
