// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every wrong call gets one clear line and the right exit code. */
class SubscribeCommandTest {
    private static final String XML = """
        <topology xmlns="urn:heliograph:topology:1" name="nobody-is-here">
          <site name="local" multicast="239.20.0.0/20">
            <host name="host1">
              <nic name="a" address="127.0.0.1/8"/>
              <nic name="b" address="127.0.0.2/8"/>
            </host>
            <bond name="ab" nics="a b"/>
          </site>
          <stream name="itch" id="1001" site="local" publishers="host1" bond="ab" lines="redundant" flow="min"/>
        </topology>
        """;

    @TempDir
    private Path folder;

    private Path topology;

    @BeforeEach
    void write() throws IOException {
        topology = Files.writeString(folder.resolve("topology.xml"), XML);
    }

    @Test
    void shouldNameTheNearestStreamWhenThereIsNoSuchStream() {
        refuses(2, "no stream 'itsch'", "--stream", "itsch");
    }

    @Test
    void shouldSayThatNoEngineRunsWhenThereIsNoDriver() {
        refuses(1, "nobody-is-here", "--stream", "itch");
    }

    @Test
    void shouldSayWhyWhenAFileCannotBeWritten() {
        refuses(
                1,
                "no such directory",
                "--stream",
                "itch",
                "--bbo",
                folder.resolve("none/bbo.csv").toString());
        refuses(1, "it is a directory", "--stream", "itch", "--book", folder.toString());
    }

    @Test
    void shouldRefuseWhatItCannotDoYet() {
        refuses(2, "keeps no journal of stream itch", "--stream", "itch", "--from", "start");
        refuses(2, "is no place to begin", "--stream", "itch", "--from", "yesterday");
        refuses(2, "'0': messages are numbered from 1 on", "--stream", "itch", "--from", "0");
        refuses(2, "'7:0': messages are numbered from 1 on", "--stream", "itch", "--from", "7:0");
        refuses(2, "an epoch is at most 4294967295", "--stream", "itch", "--from", "9999999999:1");
        refuses(2, "'-5' is no place to begin", "--stream", "itch", "--from", "-5");
        refuses(2, "'14:30:00' is no place to begin", "--stream", "itch", "--from", "14:30:00");
    }

    @Test
    void shouldRefuseNonsense() {
        refuses(2, "--count 0: 1 and up", "--stream", "itch", "--count", "0");
        refuses(2, "--count", "--stream", "itch", "--count", "many");
        refuses(2, "--skew \"late\" is no time", "--stream", "itch", "--skew", "late");
        refuses(2, "the same file", "--stream", "itch", "--bbo", "x.csv", "--book", "x.csv");
        refuses(2, "--stream");
    }

    @Test
    void shouldSumUpWhenItFailsAndAProgramReads() {
        Captured run = Captured.run(
                "subscribe", "--topology=" + topology, "--host=host1", "--stream=itch", "--json", "--wait=100ms");

        assertEquals(1, run.exitCode(), run.err());
        List<String> said = run.err().lines().toList();
        assertEquals(2, said.size(), run.err());
        assertTrue(
                said.get(0).startsWith("subscribe itch: waiting for the engine: no media driver is alive"), run.err());
        assertTrue(said.get(1).startsWith("subscribe: no media driver is alive"), run.err());
        assertTrue(
                run.out().startsWith("{\"type\":\"summary\",\"stream\":\"itch\",\"messages\":0,\"failure\":\"no media"),
                run.out());
        assertEquals(1, run.out().lines().count(), run.out());
        refuses(2, "--wait \"soon\" is no time", "--stream", "itch", "--wait", "soon");
    }

    private void refuses(int exitCode, String words, String... more) {
        List<String> args = new ArrayList<>(List.of("subscribe", "--topology", topology.toString(), "--host", "host1"));
        args.addAll(List.of(more));

        Captured run = Captured.run(args.toArray(new String[0]));

        assertAll(
                () -> assertEquals(exitCode, run.exitCode(), run.err()),
                () -> assertTrue(run.err().contains(words), run.err()),
                () -> assertEquals(1, run.err().lines().count(), run.err()),
                () -> assertEquals("", run.out()));
    }
}
