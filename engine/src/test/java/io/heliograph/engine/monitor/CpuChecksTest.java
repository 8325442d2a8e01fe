// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import static io.heliograph.engine.monitor.MachineTree.ETH0;
import static io.heliograph.engine.monitor.MachineTree.jvm;
import static io.heliograph.engine.monitor.MachineTree.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.DriverMode;
import io.heliograph.config.Profile;
import io.heliograph.engine.monitor.Finding.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clock source, governor, isolated cores, number of cores. */
final class CpuChecksTest {
    private static final String CLOCKS = "/sys/devices/system/clocksource/clocksource0/";
    private static final String CPUS = "/sys/devices/system/cpu/";

    @TempDir
    private Path folder;

    private MachineTree machine;

    @BeforeEach
    void setUp() {
        machine = new MachineTree(folder);
    }

    @ParameterizedTest
    @CsvSource({"tsc, OK", "kvm-clock, OK", "arch_sys_counter, OK", "hpet, ADVICE", "acpi_pm, ADVICE", "xen, ADVICE"})
    void shouldWantAClockThatNeedsNoSystemCall(String source, State state) {
        machine.put(CLOCKS + "current_clocksource", source);

        assertEquals(state, machine.only(new ClockSourceCheck()).state());
    }

    @Test
    void shouldSwitchToTscOnlyWhereItIsOffered() {
        machine.put(CLOCKS + "current_clocksource", "hpet").put(CLOCKS + "available_clocksource", "hpet acpi_pm");
        assertTrue(machine.only(new ClockSourceCheck()).remedy().startsWith("boot with"));

        machine.put(CLOCKS + "available_clocksource", "tsc hpet acpi_pm");
        assertEquals(
                "echo tsc > " + CLOCKS + "current_clocksource",
                machine.only(new ClockSourceCheck()).remedy());
    }

    @Test
    void shouldWantEveryCoreAtItsFullRate() {
        machine.put(CPUS + "cpu0/cpufreq/scaling_governor", "performance").put(CPUS + "cpufreq/policy0", "not a core");
        assertEquals(State.OK, machine.only(new GovernorCheck()).state());

        machine.put(CPUS + "cpu1/cpufreq/scaling_governor", "powersave")
                .put(CPUS + "cpu10/cpufreq/scaling_governor", "powersave");
        Finding finding = machine.only(new GovernorCheck());

        assertEquals(State.ADVICE, finding.state());
        assertEquals("performance on 1 core, powersave on 2 cores", finding.what());
    }

    @Test
    void shouldNotKnowTheGovernorWhenTheHostSetsIt() {
        machine.put(CPUS + "cpu0/cpuidle/current_driver", "haltpoll");

        assertEquals(State.UNKNOWN, machine.only(new GovernorCheck()).state());
    }

    @ParameterizedTest
    @CsvSource({
        "'', PROCESS, LOW_LATENCY, ADVICE",
        "'', PROCESS, DEFAULT, OK",
        "'', EMBEDDED, LOW_LATENCY, OK",
        "2-4, PROCESS, LOW_LATENCY, OK"
    })
    void shouldWantIsolatedCoresWhereADriverSpins(String isolated, DriverMode mode, Profile profile, State state) {
        machine.put(CPUS + "isolated", isolated).put(CPUS + "nohz_full", "  (null)");

        Finding finding = machine.only(new IsolatedCoresCheck(Optional.of(use(mode, profile, ETH0))));

        assertEquals(state, finding.state());
        assertEquals(isolated.isEmpty(), !finding.what().contains("timer ticks on all"), finding::what);
    }

    @ParameterizedTest
    @CsvSource({
        "PROCESS, DEFAULT, 1, ADVICE", "PROCESS, DEFAULT, 2, OK", "EMBEDDED, LOW_LATENCY, 1, OK",
        "PROCESS, LOW_LATENCY, 3, ADVICE", "PROCESS, LOW_LATENCY, 4, OK", "ENGINE, LOW_LATENCY, 8, OK"
    })
    void shouldWantACoreForEachThreadThatIsBusy(DriverMode mode, Profile profile, int processors, State state) {
        Optional<HostUse> use = Optional.of(use(mode, profile, ETH0));

        assertEquals(
                state,
                machine.only(new CoreCountCheck(use, jvm(17, processors))).state());
    }

    @Test
    void shouldSayWhenAContainerHasAPartOfTheCores() {
        machine.put(CPUS + "online", "0-15,20");

        assertEquals(
                "4 of 17 cores; 1 driver thread and one a program, which backs off",
                machine.only(new CoreCountCheck(Optional.empty(), jvm(17, 4))).what());
    }

    @ParameterizedTest
    @CsvSource({"max 100000, 1", "150000 100000, 2", "nonsense, 1"})
    void shouldWarnOfAQuotaOfCpuTime(String limit, int findings) {
        machine.put("/sys/fs/cgroup/cpu.max", limit);

        assertEquals(
                findings,
                machine.examine(new CoreCountCheck(Optional.empty(), jvm(17, 2)))
                        .size());
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "50000, 2"})
    void shouldReadTheQuotaOfTheFirstControlGroupsToo(String quota, int findings) {
        machine.put("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", quota).put("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");

        List<Finding> found = machine.examine(new CoreCountCheck(Optional.empty(), jvm(17, 2)));

        assertEquals(findings, found.size());
    }
}
