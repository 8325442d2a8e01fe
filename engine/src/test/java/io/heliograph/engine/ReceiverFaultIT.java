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
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of a receiver's NIC, behind switches that snoop: a port that comes up again gets nothing of a group before somebody
 * behind it has said that he wants it, unasked or within 10 s of the switch's question. Host 1 publishes, on host 2 two processes subscribe
 * by one driver.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("full")
@Timeout(60)
final class ReceiverFaultIT {
    private static final long LIMIT_NS = 1_500_000_000L;
    private static final int A = 0;
    private static final int B = 1;
    private static final int JOINED = 2;
    private static final int LOST = 4;
    private static final int WRONG = 5;

    private final List<RoleProcess> engines = new ArrayList<>();
    private final List<WriterProcess> readers = new ArrayList<>();
    private final List<WriterProcess> programs = new ArrayList<>();
    private String topology = "";
    private NetworkLab lab;

    @BeforeAll
    void makeTheLab() {
        assumeTrue(
                NetworkLab.isPossible(), "SKIPPED: no network namespaces without root: receivers' NICs are not tested");
        lab = NetworkLab.make(2, 2);
        for (String port : List.of("p1a", "p1b", "p2a", "p2b")) {
            // Else a group that nobody is known to want is sent to everybody, as if the switch did not snoop.
            lab.ipOnSwitch("link set " + port + " type bridge_slave mcast_flood off");
        }
    }

    @AfterAll
    void removeTheLab() {
        CloseHelper.close(lab);
    }

    @AfterEach
    void endThem() throws IOException {
        CloseHelper.closeAll(programs);
        lab.setCable(2, 1, true);
        lab.setCable(2, 2, true);
        engines.forEach(RoleProcess::terminate);
        for (int host = 1; host <= 2; host++) {
            Path directory = DriverDirectories.of(topology, "h" + host);
            for (String suffix : List.of(".engine.lock", ".driver.lock", ".log", "-itch.epoch")) {
                Files.deleteIfExists(Path.of(directory + suffix));
            }
        }
        programs.clear();
        readers.clear();
        engines.clear();
    }

    @Test
    void shouldJoinTheLineAnewForAllSubscribersOfTheHostWhenTheCableIsInAgain(@TempDir Path folder) throws IOException {
        start(folder, "lines=\"redundant\"");
        lab.setCable(2, 1, false);
        awaiting("line A silent", () -> readers.stream().noneMatch(reader -> isSpeaking(reader, A)));

        lab.setCable(2, 1, true);
        long mendedNs = System.nanoTime();
        awaiting("line A again", () -> readers.stream().allMatch(reader -> isSpeaking(reader, A)));
        long backNs = System.nanoTime() - mendedNs;

        System.out.printf(
                "cable put in at the receiver: line A is heard again by both after %d ms%n", backNs / 1_000_000);
        assertTrue(backNs < LIMIT_NS, "back after " + backNs + " ns");
        for (WriterProcess reader : readers) {
            assertEquals(0, figure(reader, LOST), reader.toString());
            assertEquals(0, figure(reader, WRONG), reader.toString());
        }
    }

    @Tag("unsteady")
    @Test
    void shouldTakeTheOtherLineWhenItsOwnFailsAndGoBackWhenThatIsMended(@TempDir Path folder) throws IOException {
        start(folder, "lines=\"spread\" join=\"mac-xor\"");
        WriterProcess reader = readers.get(0);
        awaiting("one line joined", () -> figure(reader, JOINED + A) + figure(reader, JOINED + B) == 1);
        int own = figure(reader, JOINED + A) == 1 ? A : B;
        int other = 1 - own;

        long before = figure(reader, A) + figure(reader, B);
        lab.setCable(2, 1 + own, false);
        long brokenNs = System.nanoTime();
        awaiting("the other line", () -> isSpeaking(reader, other));
        long movedNs = System.nanoTime() - brokenNs;
        long sent = figure(reader, A) + figure(reader, B) - before;
        assertEquals(0, figure(reader, WRONG), reader.toString());
        awaiting("what was missed is named", () -> figure(reader, LOST) > 0);
        long lost = figure(reader, LOST);

        lab.setCable(2, 1 + own, true);
        awaiting("its own line", () -> isSpeaking(reader, own));
        awaiting("its own line alone", () -> figure(reader, JOINED + other) == 0);
        System.out.printf(
                "spread: the other line is heard %d ms after the cable is out, %d messages lost, %d came meanwhile%n",
                movedNs / 1_000_000, lost, sent);
        assertTrue(isSpeaking(reader, own), reader.toString());
        assertEquals(lost, figure(reader, LOST), "nothing is lost on the way back");
        assertEquals(0, figure(reader, WRONG), reader.toString());
        assertTrue(movedNs < LIMIT_NS, "moved after " + movedNs + " ns");
    }

    private void start(Path folder, String attributes) throws IOException {
        topology = "recv-" + ProcessHandle.current().pid() + "-" + Math.abs(attributes.hashCode() % 10_000);
        Path file = Files.writeString(folder.resolve("topology.xml"), """
                <topology xmlns="urn:heliograph:topology:1" name="%s">
                  <site name="lab" multicast="239.20.0.0/20">
                    <host name="h1"><nic name="a" address="%s"/><nic name="b" address="%s"/><engine driver="engine"/></host>
                    <host name="h2"><nic name="a" address="%s"/><nic name="b" address="%s"/><engine driver="engine"/></host>
                    <bond name="ab" nics="a b"/>
                  </site>
                  <stream name="itch" id="1001" site="lab" publishers="h1" bond="ab" %s/>
                </topology>
                """.formatted(
                        topology,
                        NetworkLab.address(1, 1),
                        NetworkLab.address(1, 2),
                        NetworkLab.address(2, 1),
                        NetworkLab.address(2, 2),
                        attributes));
        for (int host = 1; host <= 2; host++) {
            engines.add(RoleProcess.startBy(
                    lab.on(host),
                    "engine",
                    "--json",
                    "--nic-hold",
                    "500ms",
                    "--topology",
                    file.toString(),
                    "--host",
                    "h" + host));
        }
        for (RoleProcess engine : engines) {
            engine.awaitOut("\"type\":\"driver\"");
        }
        WriterProcess publisher = program(1, file, "publish");
        publisher.awaitSaid("published");
        readers.add(program(2, file, "subscribe"));
        readers.add(program(2, file, "subscribe"));
        for (WriterProcess reader : readers) {
            awaiting(
                    "it is heard " + reader, () -> reader.hasSaid("said") && figure(reader, A) + figure(reader, B) > 0);
        }
        if (attributes.contains("redundant")) {
            awaiting(
                    "both lines",
                    () -> readers.stream().allMatch(reader -> figure(reader, A) > 0 && figure(reader, B) > 0));
        }
    }

    private WriterProcess program(int host, Path file, String does) {
        List<String> words = new ArrayList<>(lab.on(host));
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of(System.getProperty("heliograph.root", "..")).resolve(".mvn/jvm.flags"),
                "-cp",
                System.getProperty("java.class.path"),
                LineProgram.class.getName(),
                file.toString(),
                "h" + host,
                does));
        WriterProcess program = WriterProcess.of(words.toArray(new String[0]));
        programs.add(program);
        return program;
    }

    /** Whether a line has brought something between two of the reader's words, 100 ms apart. */
    private static boolean isSpeaking(WriterProcess reader, int line) {
        long before = figure(reader, line);
        long untilNs = System.nanoTime() + 100_000_000L;
        BooleanSupplier isMore = () -> figure(reader, line) > before;
        awaiting("time", () -> isMore.getAsBoolean() || System.nanoTime() - untilNs > 0);
        return isMore.getAsBoolean();
    }

    private static long figure(WriterProcess reader, int index) {
        return Long.parseLong(reader.last("said ").split(" ", -1)[1 + index]);
    }
}
