// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Whether the kernel tells the network in a way that switches understand which groups are joined here. */
final class IgmpCheck implements Check {
    private static final String FOLDER = "/proc/sys/net/ipv4/";

    private final Optional<HostUse> use;

    IgmpCheck(Optional<HostUse> use) {
        this.use = use;
    }

    @Override
    public String name() {
        return "IGMP";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        Set<String> places = new LinkedHashSet<>(List.of("all"));
        use.ifPresent(host -> host.nics().forEach(nic -> nic.device().ifPresent(places::add)));
        return List.of(version(machine, places), memberships(machine));
    }

    private static Finding version(Machine machine, Set<String> places) {
        String forced = "";
        for (String place : places) {
            OptionalLong version = machine.number(FOLDER + "conf/" + place + "/force_igmp_version");
            if (version.isEmpty()) {
                return Finding.unknown("no " + FOLDER + "conf/" + place + "/force_igmp_version here");
            }
            if (version.getAsLong() == 1) {
                return Finding.problem(
                        "IGMPv1 is forced on " + place,
                        "it has no leave, and its reports may not get through a snooping switch: lines stay silent",
                        "sysctl -w net.ipv4.conf." + place + ".force_igmp_version=0");
            }
            if (version.getAsLong() > 1) {
                forced += (forced.isEmpty() ? "" : ", ") + "v" + version.getAsLong() + " forced on " + place;
            }
        }
        return Finding.ok(forced.isEmpty() ? "version as the network's querier speaks it" : forced);
    }

    /** The limit is one socket's, and each line has a socket of its own that joins one group. */
    private static Finding memberships(Machine machine) {
        OptionalLong limit = machine.number(FOLDER + "igmp_max_memberships");
        if (limit.isEmpty()) {
            return Finding.unknown("no " + FOLDER + "igmp_max_memberships here");
        }
        return limit.getAsLong() < 1
                ? Finding.problem(
                        "igmp_max_memberships " + limit.getAsLong(),
                        "no socket can join a group: no line can be opened",
                        "sysctl -w net.ipv4.igmp_max_memberships=20")
                : Finding.ok(
                        "igmp_max_memberships " + limit.getAsLong() + " a socket, and each line's joins one group");
    }
}
