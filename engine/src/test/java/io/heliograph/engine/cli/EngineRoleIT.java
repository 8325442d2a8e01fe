// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.heliograph.engine.media.AttachedDriver;
import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.media.DriverMark;
import io.heliograph.engine.testkit.RoleProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
final class EngineRoleIT {
    @TempDir
    private Path folder;

    private String name;
    private Path topology;
    private Path directory;

    @BeforeEach
    void setUp(TestInfo test) throws IOException {
        name = "it-" + ProcessHandle.current().pid() + "-"
                + Math.abs(test.getDisplayName().hashCode() % 10_000);
        directory = DriverDirectories.of(name, "host1");
        topology = topology("process");
    }

    @AfterEach
    void removeFilesBesideTheDirectory() throws IOException {
        for (String suffix : List.of(".engine.lock", ".driver.lock", ".log")) {
            Files.deleteIfExists(Path.of(directory + suffix));
        }
    }

    @Test
    void shouldStartAnotherDriverWhenTheDriverIsKilled() {
        try (RoleProcess engine = engine()) {
            long first = driverPid(engine.awaitOut("driver: process"));

            kill(first);

            String end = engine.awaitErr("process " + first + " ended");
            assertTrue(end.contains("killed by signal 9; starting another in"), end);
            long second = driverPid(engine.awaitOut("started again"));
            assertEquals(second, mark().pid());
            assertEquals(130, engine.terminate());
            assertGone(second);
        }
    }

    @Test
    void shouldLeaveTheDriverAloneWhenTheEngineIsKilledAndWatchItAgainWhenItIsBack() {
        RoleProcess killed = engine();
        long driver = driverPid(killed.awaitOut("driver: process"));
        AttachedDriver client = AttachedDriver.attach(directory);
        killed.kill();
        assertTrue(ProcessHandle.of(driver).isPresent());

        try (RoleProcess engine = engine("--json")) {
            String attached = engine.awaitOut("\"attached\"");
            assertTrue(attached.contains("\"pid\":" + driver), attached);
            awaiting("two looks", () -> client.doWork() == 0 && client.isAlive());

            kill(driver);

            engine.awaitOut("\"ended\"");
            engine.awaitOut("\"started\"");
            awaiting("the client sees it", () -> client.doWork() > 0 || !client.isAlive());
            assertEquals(130, engine.terminate());
            String summary = engine.out().get(engine.out().size() - 1);
            assertTrue(summary.contains("\"type\":\"summary\"") && summary.contains("\"driverRestarts\":1"), summary);
            assertFalse(Files.exists(directory));
        }
    }

    @Test
    void shouldRefuseASecondEngineWhenOneRuns() {
        try (RoleProcess first = engine()) {
            first.awaitOut("driver: process");

            try (RoleProcess second = engine()) {
                assertEquals(1, second.awaitExit());
                String refusal = second.awaitErr("another engine");
                assertTrue(refusal.contains("process " + first.pid()), refusal);
                assertTrue(refusal.contains(directory.toString()), refusal);
                assertTrue(refusal.contains("kill " + first.pid()), refusal);
                assertEquals(List.of(), second.out());
            }
            assertTrue(AttachedDriver.isAlive(directory));
        }
    }

    @Test
    void shouldStartCleanAtOnceWhenADriverWasKilledALittleWhileAgo() {
        RoleProcess killed = driver();
        killed.awaitOut("driver: process");
        killed.kill();
        assertTrue(mark().isBeating(System.currentTimeMillis()), "its last beat is fresh");
        assertFalse(AttachedDriver.isAlive(directory), "and yet it is dead");

        try (RoleProcess again = driver()) {
            again.awaitOut("driver: process");
            assertEquals(again.pid(), mark().pid());
            try (RoleProcess third = driver()) {
                assertEquals(1, third.awaitExit());
                third.awaitErr("a media driver (process " + again.pid());
            }
        }
    }

    @Test
    void shouldNotTouchADriverOfOthersWhenItLives() {
        MediaDriver.Context context = new MediaDriver.Context()
                .aeronDirectoryName(directory.toString())
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnShutdown(true);
        try (MediaDriver others = MediaDriver.launch(context);
                RoleProcess engine = engine()) {
            String end = engine.awaitErr("Heliograph did not start");

            assertTrue(end.contains("exit code 1"), end);
            assertEquals(ProcessHandle.current().pid(), mark().pid());
            assertEquals(directory.toString(), others.aeronDirectoryName());
        }
    }

    @Test
    void shouldSayTheEndAndTheReturnOfAnExternalDriverWhenTheTopologyNamesIt() throws IOException {
        Path external = folder.resolve("external");
        topology = topology(external.toString());
        try (RoleProcess none = engine()) {
            assertEquals(1, none.awaitExit());
            none.awaitErr("no media driver is alive in " + external);
        }
        RoleProcess driver = RoleProcess.start("driver", "--directory", external.toString());
        driver.awaitOut("driver: process");

        try (RoleProcess engine = engine()) {
            engine.awaitOut("process " + driver.pid() + " was running already in " + external);
            driver.kill();
            engine.awaitErr("process " + driver.pid() + " ended");
            try (RoleProcess again = RoleProcess.start("driver", "--directory", external.toString())) {
                engine.awaitOut("process " + again.pid() + " was running already");
                assertEquals(130, engine.terminate());
                assertTrue(AttachedDriver.isAlive(external));
            }
        }
    }

    @Test
    void shouldRunTheDriverInsideWhenTheTopologySaysSo() throws IOException {
        topology = topology("engine");
        try (RoleProcess engine = engine()) {
            String inside = engine.awaitOut("inside the engine");

            assertTrue(inside.contains("process " + engine.pid()), inside);
            assertTrue(AttachedDriver.isAlive(directory));
            assertEquals(130, engine.terminate());
            assertFalse(Files.exists(directory));
        }
    }

    @Test
    void shouldNameTheNearestHostWhenThereIsNone() {
        try (RoleProcess engine = RoleProcess.start("engine", "--topology", topology.toString(), "--host", "host2")) {
            assertEquals(2, engine.awaitExit());
            engine.awaitErr("no host 'host2' in " + topology + "; did you mean 'host1'?");
        }
    }

    private RoleProcess engine(String... more) {
        String[] words = {"engine", "--topology", topology.toString(), "--host", "host1"};
        return RoleProcess.start(
                more.length == 0
                        ? words
                        : List.of(words[0], words[1], words[2], words[3], words[4], more[0])
                                .toArray(new String[0]));
    }

    private RoleProcess driver() {
        return RoleProcess.start("driver", "--topology", topology.toString(), "--host", "host1");
    }

    private DriverMark mark() {
        return DriverMark.read(directory).orElseThrow();
    }

    private static void kill(long pid) {
        assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());
    }

    private void assertGone(long pid) {
        awaiting("the end of " + pid, () -> ProcessHandle.of(pid).isEmpty());
        assertFalse(Files.exists(directory));
    }

    private static long driverPid(String line) {
        return Long.parseLong(line.replaceFirst(".*driver: process (\\d+) .*", "$1"));
    }

    private Path topology(String driver) throws IOException {
        return Files.writeString(folder.resolve("topology.xml"), """
                <topology xmlns="urn:heliograph:topology:1" name="%s">
                  <site name="local" multicast="239.20.0.0/20">
                    <host name="host1">
                      <nic name="a" address="127.0.0.1/8"/>
                      <nic name="b" address="127.0.0.2/8"/>
                      <engine driver="%s"/>
                    </host>
                    <bond name="ab" nics="a b"/>
                  </site>
                  <stream name="itch" id="1001" site="local" publishers="host1" bond="ab" lines="redundant"/>
                </topology>
                """.formatted(name, driver));
    }
}
