// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.TopologyReader;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.cli.Main;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.testkit.LoopbackTopology;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a wrong call is told: one line, and the right exit code. */
class PublishRoleTest {
    private static final String TOPOLOGY = Path.of(
                    System.getProperty("heliograph.root", ".."), "config/samples/loopback.xml")
            .toString();

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--pace|banana|2|pace \"banana\" is none; give max, original, x2",
                "--source|banana|2|--source \"banana\" is none; give itch:FILE or generate:SEED",
                "--source|generate:x|2|has something else where a number is needed",
                "--source|generate:1,colour=2|2|has no \"colour\"",
                "--source|generate:1,messages=5|2|messages 5 is out of range: 64 to",
                "--source|itch:/none-20200130|1|/none-20200130: no such file; check the path",
                "--source|itch:/none|2|/none: its name does not tell its day",
                "--date|30.1.2020|2|date \"30.1.2020\" is none; give it as 2020-01-30",
                "--wait|soon|2|--wait \"soon\" is no time; give a whole number",
                "--host|host9|2|no host 'host9' in",
                "--stream|itchy|2|no stream 'itchy' in",
                "--source|generate:1,symbols=0|2|symbols 0 is out of range: 1 and up",
                "--driver-wait|soon|2|--driver-wait \"soon\" is no time",
                "--topology|/none.xml|2|/none.xml:1:1: there is no such file",
                "--driver|/none|1|/none"
            })
    void shouldSayInOneLineWhatIsWrong(String option, String value, int exitCode, String expected) {
        String[] call = {
            "publish",
            "--topology",
            TOPOLOGY,
            "--host",
            "host1",
            "--stream",
            "itch",
            "--driver",
            "embedded",
            "--source",
            "generate:1,messages=100"
        };
        int at = Arrays.asList(call).indexOf(option);
        if (at < 0) {
            call = Arrays.copyOf(call, call.length + 2);
            at = call.length - 2;
            call[at] = option;
        }
        call[at + 1] = value;

        assertEquals(exitCode, execute(call), err::toString);
        assertTrue(err.toString().startsWith("publish: "), err::toString);
        assertTrue(err.toString().contains(expected), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    @Test
    void shouldSayInOneLineWhenAFileIsEmptyOrADirectory() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty-20200130"));

        assertEquals(1, execute(publish("itch:" + empty)));
        assertEquals(
                "publish: " + empty + ": is empty: it holds no message; get the file anew",
                err.toString().trim());
        err.getBuffer().setLength(0);
        assertEquals(1, execute(publish("itch:" + folder, "--date", "2020-01-30")));
        assertEquals(
                "publish: " + folder + ": is a directory; name a file in it",
                err.toString().trim());
    }

    @Test
    void shouldSayInOneLineWhenADayCannotBeGenerated() {
        assertEquals(
                2, execute("generate", "--messages", "5", folder.resolve("day").toString()));
        assertEquals(
                "generate: messages 5 is out of range: 64 to 4611686018427387903",
                err.toString().trim());
        err.getBuffer().setLength(0);
        assertEquals(
                1,
                execute("generate", "--messages", "64", folder.resolve("no/day").toString()));
        assertEquals(
                "generate: " + folder.resolve("no/day") + ": there is no directory " + folder.resolve("no")
                        + "; make it first",
                err.toString().trim());
        err.getBuffer().setLength(0);
        assertEquals(1, execute("generate", "--messages", "64", folder.toString()));
        assertEquals(
                "generate: " + folder + ": is a directory; name a file in it",
                err.toString().trim());
        err.getBuffer().setLength(0);
        assertEquals(
                2, execute("generate", "--symbols", "0", folder.resolve("day").toString()));
        assertEquals(
                "generate: symbols 0 is out of range: 1 and up", err.toString().trim());
    }

    @Test
    void shouldCheckNamesBeforeItLooksForAnEngineAndTakeShortOptions() {
        assertEquals(2, execute("publish", "-t", TOPOLOGY, "-H", "host1", "-s", "itchy", "--source", "generate:1"));
        assertTrue(
                err.toString().contains("no stream 'itchy' in " + TOPOLOGY + "; did you mean 'itch'?"), err::toString);
    }

    @Test
    void shouldFailAndNotBlameTheCallWhenTheStreamIsPublishedAlready() {
        Path topology = LoopbackTopology.sample(folder);
        HeliographContext context = new HeliographContext()
                .topology(TopologyReader.read(topology))
                .host("host1")
                .driver(DriverChoice.embedded());
        try (Heliograph heliograph = Heliograph.connect(context);
                StreamPublication publication = heliograph.addPublication("itch")) {
            String[] call = publish("generate:1,messages=100", "--json");
            call[2] = topology.toString();
            PrintStream before = System.out;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (PrintStream captured = new PrintStream(out, true, StandardCharsets.UTF_8)) {
                System.setOut(captured);
                assertEquals(1, execute(call), err::toString);
            } finally {
                System.setOut(before);
            }
            assertTrue(
                    err.toString().startsWith("publish: stream itch is published already on this host"), err::toString);
            String summary = out.toString(StandardCharsets.UTF_8).trim();
            assertTrue(
                    summary.startsWith("{\"type\":\"summary\",\"stream\":\"itch\",\"messages\":0,"
                            + "\"failures\":[\"stream itch is published already"),
                    summary);
            assertEquals(0, publication.messages());
        }
    }

    private static String[] publish(String source, String... more) {
        String[] call = {
            "publish",
            "--topology",
            TOPOLOGY,
            "--host",
            "host1",
            "--stream",
            "itch",
            "--driver",
            "embedded",
            "--source",
            source
        };
        String[] all = Arrays.copyOf(call, call.length + more.length);
        System.arraycopy(more, 0, all, call.length, more.length);
        return all;
    }

    private int execute(String... call) {
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(err, true));
        return line.execute(call);
    }
}
