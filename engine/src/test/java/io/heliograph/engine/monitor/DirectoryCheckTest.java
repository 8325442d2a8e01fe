// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.DriverMode;
import io.heliograph.engine.media.DirectoryOccupancy;
import io.heliograph.engine.media.DriverException;
import io.heliograph.engine.media.DriverMark;
import io.heliograph.engine.monitor.Finding.State;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DirectoryCheckTest {
    private static final Path DIRECTORY = Path.of("/dev/shm/heliograph-me-t-one");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            PROCESS,  -,         -,         0,   OK,      nobody holds
            PROCESS,  -,         -,         77,  PROBLEM, Heliograph did not start (process 77)
            PROCESS,  process 7, process 8, 8,   OK,      a driver (process 8) works
            PROCESS,  process 7, process 8, 8,   OK,      the engine (process 7) holds it
            PROCESS,  -,         process 8, 8,   OK,      no engine watches it
            PROCESS,  process 7, process 8, 0,   PROBLEM, does not work
            PROCESS,  process 7, -,         0,   PROBLEM, another engine (process 7) holds
            EXTERNAL, -,         -,         0,   PROBLEM, no media driver is alive
            EXTERNAL, process 7, -,         77,  OK,      (process 77) works
            """)
    void shouldJudgeWhoIsThere(DriverMode mode, String engine, String driver, long pid, State state, String part) {
        Optional<DriverMark> living = pid == 0 ? Optional.empty() : Optional.of(new DriverMark(pid, 1, 2));
        DirectoryOccupancy occupancy =
                new DirectoryOccupancy(Optional.ofNullable(engine), Optional.ofNullable(driver), living);

        Finding finding = new MachineTree(folder).only(new DirectoryCheck(mode, DIRECTORY, path -> occupancy));

        assertEquals(state, finding.state());
        assertTrue(finding.what().contains(part), finding::what);
        assertTrue(finding.what().contains(DIRECTORY.toString()), finding::what);
    }

    @Test
    void shouldNotKnowWhenTheDirectoryIsSomebodyElses() {
        Check check = new DirectoryCheck(DriverMode.PROCESS, DIRECTORY, path -> {
            throw new DriverException("cannot read it");
        });

        assertEquals(Finding.unknown("cannot read it"), new MachineTree(folder).only(check));
    }
}
