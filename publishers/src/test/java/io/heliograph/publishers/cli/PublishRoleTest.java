// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
                "--host|host9|2|has no host host9; it has host1",
                "--stream|none|2|has no stream none; it has itch",
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
        assertTrue(err.toString().contains("cannot be made"), err::toString);
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
