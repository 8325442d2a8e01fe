// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.base.BridgeDescriptor.PATH_SPACE;
import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The role ctl and engines that run: what they are asked for, and what is changed of them. */
@Timeout(60)
final class CtlRoleIT {
    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";

    @Test
    void shouldTellPathsAndChangeMarks() {
        try (BridgeRun sites =
                new BridgeRun(folder, "hwm=\"9000\" lwm=\"100\"", new String[] {"priority=\"1\"", "priority=\"2\""})) {
            sites.publish(100);
            awaiting("all", sites::cycle, sites::isAllHeard);
            awaiting("it is told", sites::cycle, () -> run("paths") == 0 && out.contains("1 of 1"));
            awaiting(
                    "both are available, and have been timed",
                    sites::cycle,
                    () -> run("paths", "--json") == 0
                            && out.contains("\"available\":2")
                            && out.split("\"clockErrorNs\":", -1).length == 3);

            List<String> lines = out.lines().toList();
            assertEquals(3, lines.size(), out);
            String first = "{\"type\":\"path\",\"bridge\":\"ny\",\"peer\":\"ny1\",\"level\":1,\"state\":\"available\",";
            assertTrue(lines.get(0).startsWith(first), out);
            assertTrue(
                    lines.get(0).contains("\"pulled\":1,\"streams\":1,\"backlog\":0,\"space\":9000,\"oldestNs\":0,"),
                    out);
            assertTrue(lines.get(0).contains("\"clockErrorNs\":"), out);
            assertTrue(lines.get(1).contains("\"peer\":\"ny2\",\"level\":2,"), out);
            assertTrue(lines.get(1).contains("\"pulled\":0,"), out);
            assertEquals(
                    "{\"type\":\"summary\",\"host\":\"ldn1\",\"paths\":2,\"available\":2,\"used\":1}", lines.get(2));

            assertEquals(0, run("marks", "--bridge", "ny", "--hwm", "50", "--lwm", "10"), () -> err);
            assertEquals("bridge ny: hwm 50, lwm 10; they were hwm 9000, lwm 100\n", out);
            awaiting("the marks count", sites::cycle, () -> space(sites) == 50);
            assertEquals(0, run("marks", "--bridge", "ny", "--hwm", "none", "--json"), () -> err);
            assertEquals(
                    "{\"type\":\"summary\",\"host\":\"ldn1\",\"bridge\":\"ny\",\"hwmWas\":50,\"lwmWas\":10}\n", out);
            awaiting("no mark counts", sites::cycle, () -> space(sites) == -1);

            assertEquals(1, run("marks", "--bridge", "fra", "--hwm", "50"));
            assertTrue(err.contains("no bridge 'fra' leads to this host; those that do: ny"), err);
            sites.stop("ny1");
            awaiting("its end is told", sites::cycle, () -> run("paths") == 0 && out.contains("not connected"));
        }
    }

    @Test
    void shouldSayWhatToStartWhereNoEngineRuns() {
        try (BridgeRun sites = new BridgeRun(folder, "", new String[] {""})) {
            sites.stop("ldn1");

            assertEquals(1, run("paths"));

            assertTrue(err.startsWith("paths: no engine of host ldn1 answers at "), err);
            assertTrue(err.contains(" (there is no such socket); "), err);
            assertTrue(err.contains("heliograph engine --topology FILE --host ldn1 starts one"), err);
            assertEquals("", out);
        }
    }

    @Test
    void shouldRefuseWhatCannotBeWithoutAskingAnybody() {
        assertEquals(2, run("marks", "--bridge", "ny", "--hwm", "50", "--lwm", "50"));
        assertTrue(err.contains("--lwm 50 is not below --hwm 50"), err);
        assertEquals(2, run("marks", "--bridge", "ny", "--hwm", "many"));
        assertTrue(err.contains("--hwm many is no number of messages"), err);
        assertEquals(2, run("marks", "--bridge", "ny", "--hwm", "0"));
        assertEquals(2, run());
        assertTrue(err.contains("say what to do: paths or marks"), err);
    }

    private static long space(BridgeRun sites) {
        return sites.counter(PATH_SPACE, PATH_SPACE.labelOfPath("ldn1", "ny", "ny2"));
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of("ctl"));
        all.addAll(List.of(args));
        if (args.length > 0) {
            all.addAll(List.of("-t", folder.resolve(BridgeRun.FILE).toString(), "-H", "ldn1"));
        }
        StringWriter said = new StringWriter();
        StringWriter warned = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(said)).setErr(new PrintWriter(warned));
        int code = line.execute(all.toArray(String[]::new));
        out = said.toString();
        err = warned.toString();
        return code;
    }
}
