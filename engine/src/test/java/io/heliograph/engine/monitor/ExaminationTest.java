// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import static io.heliograph.engine.monitor.MachineTree.ETH0;
import static io.heliograph.engine.monitor.MachineTree.jvm;
import static io.heliograph.engine.monitor.MachineTree.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.DriverMode;
import io.heliograph.config.Profile;
import io.heliograph.engine.monitor.Examination.Result;
import io.heliograph.engine.monitor.Finding.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExaminationTest {
    /** Every file that a check reads. */
    private static final List<String> FILES = List.of(
            "/proc/net/snmp",
            "/proc/swaps",
            "/proc/sys/net/core/busy_poll",
            "/proc/sys/net/core/busy_read",
            "/proc/sys/net/core/rmem_max",
            "/proc/sys/net/core/wmem_max",
            "/proc/sys/net/ipv4/conf/all/force_igmp_version",
            "/proc/sys/net/ipv4/conf/eth0/force_igmp_version",
            "/proc/sys/net/ipv4/igmp_max_memberships",
            "/proc/sys/vm/swappiness",
            "/sys/class/net/eth0/bridge/multicast_querier",
            "/sys/class/net/eth0/bridge/multicast_snooping",
            "/sys/class/net/eth0/carrier",
            "/sys/class/net/eth0/flags",
            "/sys/class/net/eth0/mtu",
            "/sys/class/net/eth0/operstate",
            "/sys/devices/system/clocksource/clocksource0/available_clocksource",
            "/sys/devices/system/clocksource/clocksource0/current_clocksource",
            "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
            "/sys/devices/system/cpu/isolated",
            "/sys/devices/system/cpu/nohz_full",
            "/sys/devices/system/cpu/online",
            "/sys/fs/cgroup/cpu.max",
            "/sys/fs/cgroup/cpu/cpu.cfs_period_us",
            "/sys/kernel/mm/transparent_hugepage/defrag",
            "/sys/kernel/mm/transparent_hugepage/enabled");

    @TempDir
    private Path folder;

    @Test
    void shouldNotKnowWhenThereIsNeitherProcNorSys() {
        List<Result> results = examine();

        assertTrue(results.stream().noneMatch(result -> result.finding().state() == State.PROBLEM), results::toString);
        assertEquals(
                List.of(
                        "NIC",
                        "MTU",
                        "socket buffers",
                        "socket buffers",
                        "drops",
                        "IGMP",
                        "IGMP",
                        "busy polling",
                        "isolated cores",
                        "CPU governor",
                        "clock source",
                        "huge pages",
                        "swap",
                        "JVM flags"),
                results.stream()
                        .filter(result -> result.finding().state() == State.UNKNOWN)
                        .map(Result::check)
                        .toList());
    }

    @Test
    void shouldLookAtTheDriverOnlyWhereSomebodyNamesAHost() {
        List<String> checks =
                Examination.of(Optional.empty(), Optional.empty(), jvm(17, 2)).run(new Machine(folder)).stream()
                        .map(Result::check)
                        .toList();

        assertFalse(checks.contains("NIC") || checks.contains("MTU") || checks.contains("directory"), checks::toString);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void shouldNeverFailWhateverTheFilesHold(long seed) throws IOException {
        Random random = new Random(seed);
        for (String path : FILES) {
            Path file = folder.resolve(path.substring(1));
            Files.createDirectories(file.getParent());
            Files.write(file, content(random));
        }

        List<Result> results = examine();

        assertEquals(
                results.stream()
                        .sorted(Comparator.comparing(result -> result.finding().state()))
                        .toList(),
                results,
                () -> "seed " + seed + ": the worst first");
        for (Result result : results) {
            boolean isBad = result.finding().state().compareTo(State.UNKNOWN) < 0;
            assertEquals(isBad, !result.finding().cost().isEmpty(), () -> "seed " + seed + ": " + result);
            assertEquals(isBad, !result.finding().remedy().isEmpty(), () -> "seed " + seed + ": " + result);
        }
    }

    private static byte[] content(Random random) {
        List<String> texts = List.of(
                "",
                "0",
                "1",
                "2",
                "-1",
                "99999999999999999999",
                "9223372036854775807",
                "0x",
                "max",
                "max max",
                "1 1",
                "up",
                "[",
                "[]",
                "[always]",
                "-",
                "1-",
                "5-1",
                "0-3,",
                ",,,",
                "Udp: RcvbufErrors\nUdp: 1",
                "Udp: RcvbufErrors\nUdp:",
                "\n\n\n",
                "tsc");
        int choice = random.nextInt(texts.size() + 1);
        if (choice < texts.size()) {
            return texts.get(choice).getBytes(StandardCharsets.US_ASCII);
        }
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        return bytes;
    }

    private List<Result> examine() {
        HostUse use = use(DriverMode.PROCESS, Profile.LOW_LATENCY, ETH0);
        return Examination.of(Optional.of(use), Optional.of(folder.resolve("driver")), jvm(17, 2, "-Xint"))
                .run(new Machine(folder));
    }
}
