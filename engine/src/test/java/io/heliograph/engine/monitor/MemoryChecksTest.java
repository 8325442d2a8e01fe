// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import static io.heliograph.engine.monitor.MachineTree.ETH0;
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

/** Huge pages, swap, shared memory. */
final class MemoryChecksTest {
    @TempDir
    private Path folder;

    private MachineTree machine;

    @BeforeEach
    void setUp() {
        machine = new MachineTree(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "[always] madvise never, always, ADVICE",
        "always [madvise] never, madvise, OK",
        "always madvise [never], never, OK"
    })
    void shouldNotWantHugePagesThatNobodyAskedFor(String mode, String chosen, State state) {
        machine.put("/sys/kernel/mm/transparent_hugepage/enabled", mode);

        Finding finding = machine.only(new HugePagesCheck());

        assertEquals(state, finding.state());
        assertEquals("transparent huge pages: " + chosen + ", defrag unknown", finding.what());
    }

    @ParameterizedTest
    @CsvSource({"0, 60, OK", "1, 60, ADVICE", "2, 1, OK", "1, ?, UNKNOWN"})
    void shouldNotWantSwapThatTheKernelUsesGladly(int areas, String swappiness, State state) {
        machine.put(
                        "/proc/swaps",
                        "Filename\tType\tSize\tUsed\tPriority" + "\n/dev/sda2 partition 1 0 -2".repeat(areas))
                .put("/proc/sys/vm/swappiness", swappiness);

        assertEquals(state, machine.only(new SwapCheck()).state());
    }

    @Test
    void shouldWantSharedMemoryWhenThereIsNone() {
        assertEquals(
                State.ADVICE,
                machine.only(new SharedMemoryCheck(Optional.empty())).state());
    }

    @Test
    void shouldWantRoomForTheCountersOfADriverOfOurs() {
        machine.put("/dev/shm/x", "");
        HostUse ours = new HostUse(DriverMode.PROCESS, Profile.DEFAULT, List.of(ETH0), 0, 0, List.of());
        HostUse theirs = new HostUse(DriverMode.EXTERNAL, Profile.DEFAULT, List.of(ETH0), 0, 0, List.of());

        String own = machine.only(new SharedMemoryCheck(Optional.of(ours))).what();
        String other = machine.only(new SharedMemoryCheck(Optional.of(theirs))).what();

        assertTrue(own.contains(" 56 MiB wanted when all 0 buffers"), own);
        assertTrue(other.contains(" 16 MiB wanted when all 0 buffers"), other);
    }

    @Test
    void shouldWantRoomForTheBuffersOfAllLines() {
        machine.put("/dev/shm/x", "");
        HostUse vast =
                new HostUse(DriverMode.PROCESS, Profile.DEFAULT, List.of(ETH0), 100_000_000, 100_000_000, List.of());

        Finding finding = machine.only(new SharedMemoryCheck(Optional.of(vast)));

        assertEquals(State.PROBLEM, finding.state());
        assertTrue(finding.what().contains("572.2 TiB wanted when all 200000000 buffers"), finding::what);
        assertTrue(finding.remedy().startsWith("mount -o remount,size="), finding::remedy);
    }
}
