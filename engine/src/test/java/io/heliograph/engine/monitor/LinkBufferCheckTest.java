// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.engine.monitor.Finding.State;
import io.heliograph.engine.monitor.HostUse.PathUse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the system makes of the buffers that a bridge's paths need. */
final class LinkBufferCheckTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSayWhatAPathLosesWhereTheSystemCutsItsBuffer() {
        MachineTree machine = new MachineTree(folder).put("/proc/sys/net/core/rmem_max", "4194304");

        Finding finding = machine.only(check(true, 10_000_000, 0));

        assertEquals(State.ADVICE, finding.state());
        assertEquals("path ny1 to ldn1 asks for buffers of 9.5 MiB; net.core.rmem_max 4194304 (4 MiB)", finding.what());
        assertEquals(
                "cut to it, the path carries at most 419 Mbit/s over a round trip of 80 ms, and not 1 Gbit/s",
                finding.cost());
        assertEquals("sysctl -w net.core.rmem_max=10000000", finding.remedy());
    }

    @Test
    void shouldLookAtWhatIsSentWithWhereAPathBegins() {
        MachineTree machine = new MachineTree(folder)
                .put("/proc/sys/net/core/rmem_max", "4194304")
                .put("/proc/sys/net/core/wmem_max", "16777216");

        assertEquals(State.OK, machine.only(check(false, 10_000_000, 0)).state());
        assertEquals(
                State.UNKNOWN,
                new MachineTree(folder.resolve("none"))
                        .only(check(false, 10_000_000, 0))
                        .state());
    }

    @Test
    void shouldSayHowFarTheSystemsOwnTuningGoes() {
        MachineTree machine = new MachineTree(folder).put("/proc/sys/net/ipv4/tcp_rmem", "4096\t131072\t6291456");

        assertEquals(
                Finding.ok(
                        "path ny1 to ldn1: the system's own, up to 6 MiB (tcp_rmem): 315 Mbit/s over a round trip of 80 ms"),
                machine.only(check(true, 0, 0)));
        assertEquals(State.OK, machine.only(check(true, 0, 300_000_000)).state());
        Finding slow = machine.only(check(true, 0, 1_000_000_000));
        assertEquals(State.ADVICE, slow.state());
        assertEquals("less than the 1 Gbit/s of its rate= over a round trip of more than 25 ms", slow.cost());
        assertEquals(State.UNKNOWN, machine.only(check(false, 0, 0)).state());
    }

    @Test
    void shouldSayNothingWhereNoBridgeIs() {
        assertEquals(List.of(), new MachineTree(folder).examine(new LinkBufferCheck(List.of())));
    }

    private static LinkBufferCheck check(boolean isEnd, int bufferOctets, long rateBps) {
        return new LinkBufferCheck(List.of(new PathUse("ny1 to ldn1", isEnd, bufferOctets, rateBps)));
    }
}
