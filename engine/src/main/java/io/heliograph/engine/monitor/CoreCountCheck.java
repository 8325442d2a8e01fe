// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import io.heliograph.config.DriverMode;
import io.heliograph.config.Profile;
import io.heliograph.engine.media.DriverContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether there are cores for the threads that are busy at the same time, and whether anything takes them away. */
final class CoreCountCheck implements Check {
    private static final int DEDICATED_THREADS = 3;

    private final Optional<HostUse> use;
    private final RunningJvm jvm;

    CoreCountCheck(Optional<HostUse> use, RunningJvm jvm) {
        this.use = use;
        this.jvm = jvm;
    }

    @Override
    public String name() {
        return "cores";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        List<Finding> findings = new ArrayList<>();
        findings.add(threads(machine));
        quota(machine).ifPresent(findings::add);
        return findings;
    }

    private Finding threads(Machine machine) {
        int driver = driverThreads();
        int busy = driver + 1;
        String found = cores(machine) + "; "
                + (driver == 0 ? "no driver thread" : Numbers.count(driver, "driver thread")) + " and one a program";
        if (jvm.processors() >= busy) {
            return Finding.ok(found + idling(driver));
        }
        return Finding.advice(
                found + idling(driver),
                "they take turns on the cores: each waits for the others, in the median too",
                driver == DEDICATED_THREADS
                        ? "profile=\"default\" or driver=\"embedded\" at this host's engine; or more cores"
                        : "driver=\"embedded\" at this host's engine; or more cores");
    }

    private int driverThreads() {
        if (use.isEmpty()) {
            return 1;
        }
        if (use.get().driver() == DriverMode.EMBEDDED) {
            return 0;
        }
        return use.get().profile() == Profile.LOW_LATENCY ? DEDICATED_THREADS : 1;
    }

    private String idling(int driver) {
        if (driver != DEDICATED_THREADS) {
            return driver == 0 ? "" : ", which backs off";
        }
        return jvm.processors() >= DriverContext.SPIN_CORES
                ? ", sender and receiver spin"
                : ", sender and receiver yield (they spin from " + DriverContext.SPIN_CORES + " cores on)";
    }

    private String cores(Machine machine) {
        int online = machine.text("/sys/devices/system/cpu/online")
                .map(Numbers::countOf)
                .orElse(jvm.processors());
        return jvm.processors() == online
                ? Numbers.count(online, "core")
                : jvm.processors() + " of " + Numbers.count(online, "core");
    }

    /** A share of the cores' time, as containers get it: used up, every thread stands until the period is over. */
    private static Optional<Finding> quota(Machine machine) {
        String[] words = machine.text("/sys/fs/cgroup/cpu.max").orElse("max").split(" ", -1);
        long quotaUs = Numbers.parse(words[0])
                .orElse(machine.number("/sys/fs/cgroup/cpu/cpu.cfs_quota_us").orElse(-1));
        long periodUs = words.length == 2
                ? Numbers.parse(words[1]).orElse(0)
                : machine.number("/sys/fs/cgroup/cpu/cpu.cfs_period_us").orElse(0);
        if (quotaUs <= 0 || periodUs <= 0) {
            return Optional.empty();
        }
        return Optional.of(Finding.advice(
                "a control group allows " + quotaUs + " us of CPU time in every " + periodUs + " us",
                "a thread that spins uses it up, and then all of them stand for the rest of the period",
                "give the container whole cores (docker: --cpuset-cpus instead of --cpus)"));
    }
}
