// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.engine.intake.WriterProcess;
import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.testkit.NetworkLab;
import io.heliograph.engine.testkit.RoleProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Six subscribers of a stream on two lines, by {@code join="least-populated"}: three and three, however they come and go. Host 1
 * publishes 5,000 messages a second, hosts 2 and 3 subscribe, each with an engine. With {@code flow="min"}, so that no line is
 * skipped. What was lost for good is told, not judged: a machine of few cores may leave a reader behind at any time.
 */
@Tag("full")
@Timeout(120)
final class LeastPopulatedIT {
    private static final int HOSTS = 3;

    /** Places in what a {@link CrowdProgram} says. */
    private static final int CHOSEN = 0;

    private static final int JOINED = 2;
    private static final int STATED = 4;
    private static final int MESSAGES = 6;
    private static final int LOST = 7;
    private static final int WRONG = 8;
    private static final int EARLY = 9;

    @TempDir
    private Path folder;

    private final List<RoleProcess> engines = new ArrayList<>();
    private final List<WriterProcess> programs = new ArrayList<>();
    private String topology = "";
    private WriterProcess second;
    private WriterProcess third;
    private NetworkLab lab;
    private Path file;

    @BeforeEach
    void start(TestInfo info) throws IOException {
        assumeTrue(
                NetworkLab.isPossible(),
                "SKIPPED: no network namespaces without root: join=\"least-populated\" is not tried over a network");
        String test = info.getTestMethod().orElseThrow().getName();
        topology = "crowd-" + ProcessHandle.current().pid() + "-" + Math.abs(test.hashCode() % 10_000);
        lab = NetworkLab.make(HOSTS, 2);
        String hosts = IntStream.rangeClosed(1, HOSTS)
                .mapToObj(
                        host -> "<host name=\"h" + host + "\"><nic name=\"a\" address=\"" + NetworkLab.address(host, 1)
                                + "\"/><nic name=\"b\" address=\"" + NetworkLab.address(host, 2)
                                + "\"/><engine driver=\"engine\"/></host>")
                .collect(Collectors.joining());
        file = Files.writeString(folder.resolve("topology.xml"), """
                <topology xmlns="urn:heliograph:topology:1" name="%s">
                  <site name="lab" multicast="239.20.0.0/20">%s<bond name="ab" nics="a b"/></site>
                  <stream name="itch" id="1001" site="lab" publishers="h1" bond="ab" lines="spread" flow="min"
                      join="least-populated"/>
                </topology>
                """.formatted(topology, hosts));
        for (int host = 1; host <= HOSTS; host++) {
            engines.add(RoleProcess.startBy(
                    lab.on(host), "engine", "--json", "--topology", file.toString(), "--host", "h" + host));
        }
        engines.forEach(engine -> engine.awaitOut("\"type\":\"driver\""));
        program(LineProgram.class, 1, "publish").awaitSaid("published");
        second = program(CrowdProgram.class, 2);
        third = program(CrowdProgram.class, 3);
        for (WriterProcess crowd : List.of(second, third)) {
            crowd.awaitSaid("ready");
            awaiting("the engine states " + crowd, () -> crowd.hasSaid("said") && figure(crowd, STATED) == 0);
        }
    }

    @AfterEach
    void end() throws IOException {
        CloseHelper.closeAll(programs);
        engines.forEach(RoleProcess::terminate);
        CloseHelper.close(lab);
        for (int host = 1; host <= HOSTS; host++) {
            Path directory = DriverDirectories.of(topology, "h" + host);
            for (String suffix : List.of(".engine.lock", ".driver.lock", ".log", "-itch.epoch")) {
                Files.deleteIfExists(Path.of(directory + suffix));
            }
        }
    }

    @Test
    void shouldKeepSixSubscribersAtThreeAndThreeHoweverTheyComeAndGoAndForgetWhoWasKilled() {
        second.tell("+3");
        third.tell("+3");
        awaitEven("six at once, on two hosts", 3, 3);

        second.tell("-0");
        third.tell("-0");
        second.awaitSaid("left -0");
        third.awaitSaid("left -0");
        awaitEven("those of line A have left", 1, 2);

        for (int i = 1; i <= 3; i++) {
            third.tell("+1");
            int all = 3 + i;
            awaiting("one more " + third, () -> sum(CHOSEN) + sum(CHOSEN + 1) == all);
        }
        awaitEven("three more, one after another", 3, 3);

        second.tell("-*");
        second.awaitSaid("left -*");
        third.tell("-*");
        third.awaitSaid("left -*");
        third.tell("+6");
        awaitEven("six at once, on one host", 3, 3);
        for (WriterProcess crowd : List.of(second, third)) {
            crowd.lines("gap ").forEach(System.out::println);
        }
        assertEquals(0, sum(WRONG), "out of order at " + second + third);
        assertTrue(programs.stream().noneMatch(program -> program.hasSaid("nobody states")), programs.toString());

        third.close();
        programs.remove(third);
        second.tell("+2");
        awaiting(
                "the driver has ended the client of those that were killed " + second,
                () -> figure(second, STATED) == 1 && figure(second, STATED + 1) == 1);
        assertEquals(1, figure(second, CHOSEN));
        assertEquals(1, figure(second, CHOSEN + 1));

        WriterProcess alone = program(CrowdProgram.class, 3, "embedded");
        alone.awaitSaid("ready");
        alone.tell("+1");
        alone.awaitSaid("nobody states how many subscribers the lines of stream itch have");
        awaiting("it subscribes all the same " + alone, () -> alone.hasSaid("said") && figure(alone, MESSAGES) > 0);
    }

    /** The lines are even in truth, in what is joined, and in what both engines state; and the stream comes. */
    private void awaitEven(String what, int least, int most) {
        long startNs = System.nanoTime();
        String chosen = "chosen by " + least + " and " + most;
        awaiting(what + ", " + chosen + ": " + programs, () -> isEven(CHOSEN, least, most));
        long chosenNs = System.nanoTime() - startNs;
        awaiting(what + ", joined: " + programs, () -> isEven(JOINED, least, most));
        for (WriterProcess crowd : List.of(second, third)) {
            awaiting(
                    what + ", stated: " + crowd,
                    () -> Math.min(figure(crowd, STATED), figure(crowd, STATED + 1)) == least
                            && Math.max(figure(crowd, STATED), figure(crowd, STATED + 1)) == most);
        }
        long before = sum(MESSAGES);
        awaiting("messages", () -> sum(MESSAGES) > before);
        System.out.printf(
                "%s: %d and %d on the lines after %.1f s, %d lost, %d in the first second of a subscriber%n",
                what, sum(CHOSEN), sum(CHOSEN + 1), chosenNs / 1e9, sum(LOST), sum(EARLY));
    }

    private boolean isEven(int place, int least, int most) {
        long a = sum(place);
        long b = sum(place + 1);
        return Math.min(a, b) == least && Math.max(a, b) == most;
    }

    private long sum(int place) {
        return figure(second, place) + figure(third, place);
    }

    private static long figure(WriterProcess crowd, int place) {
        return Long.parseLong(crowd.last("said ").split(" ", -1)[1 + place]);
    }

    private WriterProcess program(Class<?> type, int host, String... more) {
        List<String> words = new ArrayList<>(lab.on(host));
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of(System.getProperty("heliograph.root", "..")).resolve(".mvn/jvm.flags"),
                "-cp",
                System.getProperty("java.class.path"),
                type.getName(),
                file.toString(),
                "h" + host));
        words.addAll(List.of(more));
        WriterProcess program = WriterProcess.of(words.toArray(new String[0]));
        programs.add(program);
        return program;
    }
}
