// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.perf.bench.control.ControlLine;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanWindowsTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldDropWindowsInWhichEitherEndStoodStill() {
        ControlLine sent =
                new ControlLine("done").with("pauses", 90 * MS + ":" + 101 * MS).with("longestPauseNs", 11 * MS);
        ControlLine received = new ControlLine("done")
                .with("pauses", 350 * MS + ":" + 351 * MS)
                .with("longestPauseNs", MS)
                .with("windows", "0:10,100000000:20,200000000:30,300000000:40,400000000:50");

        CleanWindows windows = CleanWindows.of(new Reading(sent, received));

        assertEquals(List.of(30.0, 50.0), windows.p99sNs());
        assertEquals(5, windows.windows());
        assertEquals(40.0, windows.medianNs());
        assertEquals(11 * MS, windows.longestPauseNs());
    }

    @Test
    void shouldKnowThatNoWindowIsClean() {
        ControlLine sent = new ControlLine("done").with("pauses", "0:200").with("longestPauseNs", 200);
        ControlLine received = new ControlLine("done")
                .with("pauses", "")
                .with("longestPauseNs", 0)
                .with("windows", "0:10");

        assertTrue(CleanWindows.of(new Reading(sent, received)).isEmpty());
    }
}
