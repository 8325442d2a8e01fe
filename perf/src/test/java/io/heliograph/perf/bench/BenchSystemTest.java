// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.cli.Interruption;
import io.heliograph.engine.testkit.RoleProcess;
import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.lab.Lab;
import io.heliograph.perf.bench.report.Latencies;
import io.heliograph.perf.bench.subject.Subjects;
import io.heliograph.perf.bench.subject.Threads;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both subjects carry messages between two processes over loopback; what is asserted is that they came, not how fast. */
class BenchSystemTest {
    @ParameterizedTest
    @ValueSource(strings = {Subjects.AERON, Subjects.HELIOGRAPH})
    void shouldCarryMessagesFlatOutAndPaced(String subject) {
        Path directory;
        try (Interruption interruption = new Interruption();
                Lab lab = Lab.open(true, interruption)) {
            directory = lab.directory();
            ControlLine settings = new ControlLine("open")
                    .withAll(lab.places(1, 1_500))
                    .with("subject", subject)
                    .with("threads", Threads.INVOKED.label())
                    .with("flow", "min");
            try (SubjectPair pair = new SubjectPair(run(lab), "system-" + subject, settings)) {
                Reading flatOut = pair.round(
                        "flat-out",
                        new ControlLine("run")
                                .with("length", 36)
                                .with("warmupMs", 100)
                                .with("measureMs", 1_000),
                        10_000);
                Reading paced = pair.round(
                        "paced",
                        new ControlLine("run")
                                .with("length", 36)
                                .with("rate", 1_000)
                                .with("warmup", 10)
                                .with("total", 200),
                        10_000);

                assertTrue(flatOut.received().number("messages") > 0);
                assertEquals(0, flatOut.received().number("breaks"));
                assertEquals(190, paced.received().number("messages"));
                assertEquals(0, paced.received().number("missing"));
            }
        }
        assertTrue(Files.notExists(directory), "nothing is left behind");
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldCarryManyStreamsOnOneCarrierAndWithAPublicationEach(int carried) {
        try (Interruption interruption = new Interruption();
                Lab lab = Lab.open(true, interruption)) {
            ControlLine settings = new ControlLine("open")
                    .withAll(lab.places(1, 1_500))
                    .with("subject", Subjects.STREAMS)
                    .with("threads", Threads.INVOKED.label())
                    .with("flow", "min")
                    .with("streams", 8)
                    .with("carried", carried);
            List<String> options = List.of("-Dorg.agrona.transport.iteration.threshold=5");
            try (SubjectPair pair = new SubjectPair(run(lab), "system-streams-" + carried, settings, options)) {
                Reading paced = pair.round(
                        "paced",
                        new ControlLine("run")
                                .with("length", 36)
                                .with("rate", 1_000)
                                .with("warmup", 10)
                                .with("total", 200),
                        10_000);

                assertEquals(190, paced.received().number("messages"));
                assertEquals(0, paced.received().number("missing"));
                assertEquals(200, paced.received().number("delivered"));
                assertEquals(0, paced.received().number("lost"));
            }
        }
    }

    @Tag("full")
    @Test
    void shouldKeepTheFinishedRoundsWhenInterrupted() {
        try (RoleProcess bench = RoleProcess.start(
                "bench", "throughput", "--quick", "--loopback", "--threads", "invoked", "--rounds", "100", "--json")) {
            bench.awaitErr("round 1 of 100");
            bench.interrupt();

            assertEquals(130, bench.awaitExit(), bench::toString);
            List<String> results = bench.out().stream()
                    .filter(line -> line.startsWith("{\"type\":\"result\""))
                    .toList();
            assertEquals(2, results.size(), bench::toString);
            assertTrue(results.get(1).contains("\"subject\":\"heliograph\""), results.get(1));
            assertFalse(results.get(1).contains("\"rounds\":0"), results.get(1));
            assertTrue(bench.out().get(3).contains("\"type\":\"summary\",\"results\":2"), bench::toString);
            bench.awaitErr("bench: interrupted; the figures are of the rounds that were finished");
        }
    }

    private static BenchRun run(Lab lab) {
        PrintStream progress = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        return new BenchRun(lab, 1, true, List.of(Threads.INVOKED), progress, new Latencies());
    }
}
