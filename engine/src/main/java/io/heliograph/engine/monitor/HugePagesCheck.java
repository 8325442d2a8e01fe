// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import java.util.List;
import java.util.Optional;

/** Whether the kernel makes huge pages unasked. */
final class HugePagesCheck implements Check {
    private static final String FOLDER = "/sys/kernel/mm/transparent_hugepage/";

    @Override
    public String name() {
        return "huge pages";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        Optional<String> mode = chosen(machine, "enabled");
        if (mode.isEmpty()) {
            return List.of(Finding.unknown("no " + FOLDER + "enabled here"));
        }
        String found = "transparent huge pages: " + mode.get() + ", defrag "
                + chosen(machine, "defrag").orElse("unknown");
        return List.of(
                mode.get().equals("always")
                        ? Finding.advice(
                                found,
                                "a page fault may stop a thread while the kernel compacts memory for it",
                                "echo madvise > " + FOLDER + "enabled")
                        : Finding.ok(found));
    }

    /** Of {@code always [madvise] never} the one in brackets. */
    private static Optional<String> chosen(Machine machine, String file) {
        return machine.text(FOLDER + file).map(text -> text.replaceFirst(".*\\[(.*)].*", "$1"));
    }
}
