// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.RoleProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples with several hosts or several streams run as their comments say: engines, publishers, subscribers. */
@Tag("full")
final class SamplesSystemTest {
    private static final String SOURCE = "generate:1,messages=5000,symbols=100";
    private static final String WHOLE = "\"messages\":5000,\"gaps\":0,\"lost\":0,";

    @TempDir
    private Path folder;

    @Test
    void shouldCarryAStreamFromOneHostOfASiteToTheOtherOverBothNics() {
        Path sample = LoopbackTopology.sample("one-site.xml", folder);
        Topology topology = TopologyReader.read(sample);
        try (NamespacedHosts hosts = NamespacedHosts.of(topology.sites().get(0));
                RoleProcess first = role(sample, hosts.on("md1"), "engine", "md1");
                RoleProcess second = role(sample, hosts.on("md2"), "engine", "md2")) {
            first.awaitOut("driver: process");
            second.awaitOut("driver: process");
            try (RoleProcess subscriber = subscriber(sample, hosts.on("md2"), "md2", "nasdaq.itch");
                    RoleProcess publisher = publisher(sample, hosts.on("md1"), "md1", "nasdaq.itch")) {
                assertEquals(0, publisher.awaitExit(), publisher::toString);
                assertEquals(0, subscriber.awaitExit(), subscriber::toString);

                String received = summary(subscriber);
                assertTrue(received.contains(WHOLE), received);
                assertEquals(2, linesThatBroughtSomething(received), received);
            }
            assertEquals(130, first.terminate());
            assertEquals(130, second.terminate());
        }
    }

    @Test
    void shouldSendEachPinnedStreamOnItsOwnNic() {
        Path sample = LoopbackTopology.sample("pin.xml", folder);
        try (RoleProcess engine = role(sample, List.of(), "engine", "host1")) {
            engine.awaitOut("driver: process");
            try (RoleProcess east = subscriber(sample, List.of(), "host1", "east");
                    RoleProcess west = subscriber(sample, List.of(), "host1", "west");
                    RoleProcess toEast = publisher(sample, List.of(), "host1", "east");
                    RoleProcess toWest = publisher(sample, List.of(), "host1", "west")) {
                for (RoleProcess role : List.of(toEast, toWest, east, west)) {
                    assertEquals(0, role.awaitExit(), role::toString);
                }

                for (RoleProcess subscriber : List.of(east, west)) {
                    String received = summary(subscriber);
                    assertTrue(received.contains(WHOLE), received);
                    assertTrue(received.contains("{\"name\":\"A\",\"won\":5000,"), received);
                    assertEquals(1, linesThatBroughtSomething(received), received);
                }
            }
            assertEquals(130, engine.terminate());
        }
    }

    private static RoleProcess subscriber(Path sample, List<String> prefix, String host, String stream) {
        return role(sample, prefix, "subscribe", host, "--stream", stream, "--until-end", "--json");
    }

    private static RoleProcess publisher(Path sample, List<String> prefix, String host, String stream) {
        return role(
                sample,
                prefix,
                "publish",
                host,
                "--stream",
                stream,
                "--source",
                SOURCE,
                "--pace",
                "20000/s",
                "--wait",
                "20s",
                "--json");
    }

    private static RoleProcess role(Path sample, List<String> prefix, String name, String host, String... options) {
        List<String> words = new ArrayList<>(List.of(name, "--topology", sample.toString(), "--host", host));
        words.addAll(List.of(options));
        return RoleProcess.startBy(prefix, words.toArray(String[]::new));
    }

    private static String summary(RoleProcess role) {
        List<String> out = role.out();
        return out.get(out.size() - 1);
    }

    private static int linesThatBroughtSomething(String summary) {
        int lines = summary.split("\\{\"name\":\"", -1).length - 1;
        int silent = summary.split("\"won\":0,\"packetsWon\":0,\"lost\":0,", -1).length - 1;
        return lines - silent;
    }
}
