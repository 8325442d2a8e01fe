// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineTest {
    /** Gives nothing to a second read. */
    private static final String KERNELS = "/proc/sys/kernel/pid_max";

    @TempDir
    private Path folder;

    @Test
    void shouldReadAKernelsNumberWhole() throws IOException {
        assumeTrue(Files.isReadable(Path.of(KERNELS)), () -> "skipped: no " + KERNELS + " here");
        Process cat = new ProcessBuilder("cat", KERNELS).start();
        String truth = new String(cat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
        assertTrue(truth.length() > 1, truth);

        assertEquals(OptionalLong.of(Long.parseLong(truth)), new Machine(Path.of("/")).number(KERNELS));
    }

    @Test
    void shouldReadAFileOfSeveralLines() throws IOException {
        String lines = "Udp: a b c\n".repeat(1_000);
        Files.writeString(folder.resolve("snmp"), lines);

        assertEquals(Optional.of(lines.trim()), new Machine(folder).text("/snmp"));
    }

    @Test
    void shouldTakeWhatCannotBeReadForAbsent() throws IOException {
        Files.createDirectory(folder.resolve("directory"));
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, 0, (byte) 0xC3});
        Machine machine = new Machine(folder);

        assertEquals(Optional.empty(), machine.text("/directory"));
        assertEquals(Optional.empty(), machine.text("/none"));
        assertEquals(OptionalLong.empty(), machine.number("/binary"));
        assertEquals(List.of(), machine.names("/none"));
        assertEquals(Optional.empty(), machine.target("/binary"));
        assertEquals(OptionalLong.empty(), machine.roomBytes("/none"));
    }
}
