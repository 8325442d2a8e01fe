// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.media.DriverMark;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.RoleProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The role {@code publish} on a driver of its host that comes late, is killed, comes back, or stays away. */
@Timeout(90)
@Tag("full")
class PublishDriverIT {
    @TempDir
    private Path folder;

    private Path file;
    private Topology topology;
    private Path directory;

    @BeforeEach
    void write() {
        file = LoopbackTopology.sample(folder);
        topology = TopologyReader.read(file);
        directory = DriverDirectories.of(topology.name(), "host1");
    }

    @AfterEach
    void removeFilesBesideTheDirectory() throws IOException {
        for (String suffix : List.of(".engine.lock", ".driver.lock", ".log")) {
            Files.deleteIfExists(Path.of(directory + suffix));
        }
    }

    @Test
    void shouldWaitForTheEngineWhenThatIsStartedLast() {
        try (RoleProcess publisher = publish("generate:1,messages=1000,symbols=50", "--wait", "20s")) {
            publisher.awaitErr("publish: waiting for the engine: no media driver is alive in " + directory);
            try (RoleProcess engine = role("engine")) {
                engine.awaitOut("driver: process");
                try (Heliograph heliograph = connect();
                        StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE)) {
                    awaiting("the end", () -> poll(heliograph, subscription), subscription::isEnded);
                    assertEquals(1_000, subscription.statistics().messages());
                }
                assertEquals(0, publisher.awaitExit(), publisher::toString);
                assertEquals(1, publisher.err().size(), publisher::toString);
            }
        }
    }

    @Test
    void shouldGoOnUnderTheSameNumbersWhenTheDriverIsKilledInMidFeed() {
        try (RoleProcess engine = role("engine")) {
            engine.awaitOut("driver: process");
            try (Heliograph heliograph = connect();
                    StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE);
                    RoleProcess publisher =
                            publish("generate:1,messages=6000,symbols=50", "--wait", "20s", "--pace", "2000/s")) {
                Runnable poll = () -> poll(heliograph, subscription);
                awaiting("messages", poll, () -> subscription.statistics().messages() > 1_000);

                ProcessHandle.of(DriverMark.read(directory).orElseThrow().pid())
                        .orElseThrow()
                        .destroyForcibly();

                awaiting("the end", poll, subscription::isEnded);
                assertEquals(0, publisher.awaitExit(), publisher::toString);
                long seen = subscription.statistics().messages();
                assertEquals(6_000, seen + subscription.statistics().lostMessages());
                publisher.awaitErr("is gone: nothing is sent or received until one is alive there again");
                // More than once where a driver that has just begun is found too early, and asked again.
                List<String> backs = publisher.err().subList(1, publisher.err().size());
                assertFalse(backs.isEmpty(), publisher::toString);
                assertTrue(
                        backs.stream()
                                .allMatch(line ->
                                        line.matches("publish: a media driver is back after .* s; itch goes on at .*")),
                        publisher::toString);
            }
        }
    }

    @Test
    void shouldSayWhatCouldNotLeaveWhenNoDriverComesBack() {
        try (RoleProcess driver = role("driver")) {
            driver.awaitOut("driver: process");
            try (Heliograph heliograph = connect();
                    StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE);
                    RoleProcess publisher = publish(
                            "generate:1,messages=1000000,symbols=50",
                            "--wait",
                            "20s",
                            "--pace",
                            "2000/s",
                            "--driver-wait",
                            "1s")) {
                awaiting(
                        "messages",
                        () -> poll(heliograph, subscription),
                        () -> subscription.statistics().messages() > 100);

                driver.kill();

                assertEquals(1, publisher.awaitExit(), publisher::toString);
                String last = publisher.err().get(publisher.err().size() - 1);
                assertTrue(
                        last.matches(
                                "publish: [1-9][0-9]* of [0-9]+ messages of itch and the end of the epoch could not"
                                        + " leave: the media driver is gone; start the engine anew, then publish again"),
                        publisher::toString);
                assertTrue(publisher.out().get(0).startsWith("{\"type\":\"summary\""), publisher::toString);
                assertTrue(publisher.out().get(0).contains("could not leave"), publisher::toString);
            }
        }
    }

    private Heliograph connect() {
        return Heliograph.connect(
                new HeliographContext().topology(topology).host("host1").errorHandler(error -> {}));
    }

    private static void poll(Heliograph heliograph, StreamSubscription subscription) {
        heliograph.doWork();
        subscription.poll((buffer, offset, length, header) -> {}, 64);
    }

    private RoleProcess role(String name) {
        return RoleProcess.start(name, "--topology", file.toString(), "--host", "host1");
    }

    private RoleProcess publish(String source, String... more) {
        List<String> call = new ArrayList<>(
                List.of("publish", "--topology", file.toString(), "--host", "host1", "--stream", "itch"));
        call.addAll(List.of("--json", "--source", source));
        call.addAll(List.of(more));
        return RoleProcess.start(call.toArray(String[]::new));
    }
}
