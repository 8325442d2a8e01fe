// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import io.heliograph.config.Profile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Whether a thread that reads a socket looks into the NIC's queue itself, instead of waiting for its interrupt. */
final class BusyPollCheck implements Check {
    private final Optional<HostUse> use;

    BusyPollCheck(Optional<HostUse> use) {
        this.use = use;
    }

    @Override
    public String name() {
        return "busy polling";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        OptionalLong read = machine.number("/proc/sys/net/core/busy_read");
        OptionalLong poll = machine.number("/proc/sys/net/core/busy_poll");
        if (read.isEmpty() || poll.isEmpty()) {
            return List.of(Finding.unknown("/proc/sys/net/core/busy_read and busy_poll cannot be read"));
        }
        String found = "net.core.busy_read " + read.getAsLong() + " us, busy_poll " + poll.getAsLong() + " us";
        if (read.getAsLong() > 0 && poll.getAsLong() > 0) {
            return List.of(Finding.ok(found));
        }
        if (use.isPresent() && use.get().isLoopbackOnly()) {
            return List.of(Finding.ok(found + "; loopback has no queue to look into"));
        }
        if (use.isPresent() && use.get().profile() != Profile.LOW_LATENCY) {
            return List.of(Finding.ok(found + "; it helps threads that spin, and the profile is default"));
        }
        return List.of(Finding.advice(
                found,
                "each packet waits for the NIC's interrupt, however hard the driver's receiver spins",
                "sysctl -w net.core.busy_read=50 net.core.busy_poll=50"));
    }
}
