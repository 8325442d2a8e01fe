// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.RoleProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that has too little memory outside of the heap for all that it subscribes to. */
@Tag("full")
final class MemoryShortageIT {
    @TempDir
    private Path folder;

    @Test
    void shouldSayWhatIsShortAndWhatToDoInOneLine() throws IOException {
        Path topology = LoopbackTopology.sample(folder);
        Files.writeString(topology, Files.readString(topology).replace("id=\"1001\"", "id=\"1\" partitions=\"8\""));

        try (RoleProcess subscriber = RoleProcess.startBy(
                List.of("env", "JAVA_TOOL_OPTIONS=-XX:MaxDirectMemorySize=160m"),
                "subscribe",
                "--topology",
                topology.toString(),
                "--host",
                "host1",
                "--stream",
                "itch",
                "--driver",
                "embedded",
                "--json")) {
            assertEquals(1, subscriber.awaitExit(), subscriber::toString);

            List<String> said = subscriber.err().stream()
                    .filter(line -> !line.startsWith("Picked up "))
                    .toList();
            assertEquals(1, said.size(), subscriber::toString);
            assertTrue(
                    said.get(0)
                            .matches(
                                    "subscribe: stream itch/[34] cannot be subscribed to: no direct memory for its reorder"
                                            + " window of 32 MiB \\(the JVM: Cannot reserve .*\\); every subscription and partition"
                                            + " takes 32 MiB: open fewer in this process, or start it with more, as"
                                            + " HELIOGRAPH_JAVA_OPTS=-XX:MaxDirectMemorySize=1g .*"),
                    said.get(0));
            String summary = subscriber.out().get(subscriber.out().size() - 1);
            assertTrue(
                    summary.startsWith(
                            "{\"type\":\"summary\",\"stream\":\"itch\",\"messages\":0,\"failure\":\"stream itch/"),
                    summary);
        }
    }
}
