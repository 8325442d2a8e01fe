// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.monitor.Machine;
import io.heliograph.engine.monitor.RunningJvm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The role doctor, on machines made of files and on the one that runs the test. */
final class DoctorRoleTest {
    private static final Path SAMPLES = Path.of(System.getProperty("heliograph.root", ".."), "config/samples");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldEndWithOneAndPutTheProblemFirst() throws IOException {
        put("proc/sys/net/ipv4/igmp_max_memberships", "0");
        put("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc");

        assertEquals(1, runHere());

        List<String> lines = out.toString().lines().toList();
        assertEquals(
                List.of(
                        "PROBLEM  IGMP            igmp_max_memberships 0",
                        "           costs         no socket can join a group: no line can be opened",
                        "           mend          sysctl -w net.ipv4.igmp_max_memberships=20"),
                lines.subList(0, 3));
        assertTrue(lines.contains("ok       clock source    tsc, read without a system call"), out::toString);
        assertTrue(lines.get(lines.size() - 1).startsWith("1 PROBLEM, "), out::toString);
    }

    @Test
    void shouldEndWithZeroWhenNothingIsKnown() {
        assertEquals(0, runHere());

        assertTrue(out.toString().contains("no problem, "), out::toString);
    }

    @Test
    void shouldPrintOneObjectAFindingAndASummaryWhenAskedForJson() throws IOException {
        put("proc/sys/net/ipv4/igmp_max_memberships", "0");

        assertEquals(1, runHere("--json"));

        List<String> lines = out.toString().lines().toList();
        assertEquals(
                "{\"type\":\"finding\",\"check\":\"IGMP\",\"state\":\"problem\","
                        + "\"found\":\"igmp_max_memberships 0\","
                        + "\"costs\":\"no socket can join a group: no line can be opened\","
                        + "\"mend\":\"sysctl -w net.ipv4.igmp_max_memberships=20\"}",
                lines.get(0));
        String summary = lines.get(lines.size() - 1);
        assertTrue(
                summary.startsWith("{\"type\":\"summary\",\"findings\":" + (lines.size() - 1) + ",\"problem\":1,"),
                summary);
    }

    @Test
    void shouldSayHowThisMachineIsWhateverItIs() {
        int exitCode = run("doctor", "-t", SAMPLES.resolve("loopback.xml").toString(), "-H", "host1", "--json");

        List<String> lines = out.toString().lines().toList();
        boolean hasProblem = lines.stream().anyMatch(line -> line.contains("\"state\":\"problem\""));
        assertEquals(hasProblem ? 1 : 0, exitCode, err::toString);
        for (String check : List.of("NIC", "MTU", "socket buffers", "clock source", "cores", "directory", "JDK")) {
            assertTrue(out.toString().contains("\"check\":\"" + check + "\""), check + " in " + out);
        }
        assertTrue(lines.get(lines.size() - 1).startsWith("{\"type\":\"summary\","), out::toString);
        assertEquals("", err.toString());
    }

    @Test
    void shouldEndWithTwoWhenTheHostIsUnknownOrMissing() {
        String topology = SAMPLES.resolve("loopback.xml").toString();

        assertEquals(2, run("doctor", "-t", topology, "-H", "host2"));
        assertEquals(2, run("doctor", "-t", topology));

        assertTrue(err.toString().contains("did you mean 'host1'?"), err::toString);
        assertTrue(err.toString().contains("--host"), err::toString);
        assertEquals("", out.toString());
    }

    private void put(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    private int runHere(String... args) {
        RunningJvm jvm = new RunningJvm(17, "17.0.15+6", "VM", List.of(), Optional.empty(), 2);
        return execute(new CommandLine(new DoctorRole(new Machine(folder), jvm)), args);
    }

    private int run(String... args) {
        return execute(Main.commandLine(), args);
    }

    private int execute(CommandLine line, String... args) {
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(args);
    }
}
