// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.engine.intake.WriterProcess;
import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.testkit.NetworkLab;
import io.heliograph.engine.testkit.NicPeers;
import io.heliograph.engine.testkit.RoleProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
 * by one driver; host 3 has an engine where a test wants host 1 to have another peer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("full")
@Timeout(60)
final class ReceiverFaultIT {
    private static final int TRIES = 3;
    private static final long LIMIT_MS = 1_500;
    private static final int A_SECOND = 5_000;
    private static final int A = 0;
    private static final int B = 1;
    private static final int JOINED = 2;
    private static final int LOST = 4;
    private static final int NOTICES = 5;
    private static final int WRONG = 6;
    private static final int REACHED = 7;

    private final List<RoleProcess> engines = new ArrayList<>();
    private final List<WriterProcess> readers = new ArrayList<>();
    private final List<WriterProcess> programs = new ArrayList<>();
    private String topology = "";
    private NetworkLab lab;

    @BeforeAll
    void makeTheLab() {
        assumeTrue(
                NetworkLab.isPossible(), "SKIPPED: no network namespaces without root: receivers' NICs are not tested");
        lab = NetworkLab.make(3, 2);
        for (String port : List.of("p1a", "p1b", "p2a", "p2b", "p3a", "p3b")) {
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
        for (int host = 1; host <= 3; host++) {
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
        start(folder, "lines=\"redundant\"", 2);
        long[] backMs = new long[TRIES];
        for (int i = 0; i < TRIES; i++) {
            lab.setCable(2, 1, false);
            awaiting("line A silent", () -> readers.stream().noneMatch(reader -> isSpeaking(reader, A)));
            lab.setCable(2, 1, true);
            long mendedNs = System.nanoTime();
            awaiting("line A again", () -> readers.stream().allMatch(reader -> isSpeaking(reader, A)));
            backMs[i] = (System.nanoTime() - mendedNs) / 1_000_000;
        }

        System.out.printf(
                "cable put in at the receiver: line A is heard again by both after %s ms%n", Arrays.toString(backMs));
        // Where the machine does not run one of the two for a while, they do not leave at the same time, and the switch
        // asks.
        Arrays.sort(backMs);
        assertTrue(backMs[TRIES / 2] < LIMIT_MS, "back after " + Arrays.toString(backMs) + " ms");
        for (WriterProcess reader : readers) {
            assertEquals(0, figure(reader, LOST), reader.toString());
            assertEquals(0, figure(reader, WRONG), reader.toString());
        }
    }

    /**
     * The publisher's NIC is well, and host 3 says so: nobody sends again what one subscriber's NIC did not bring, which takes
     * another line and names exactly what it missed.
     */
    @Test
    void shouldTakeTheOtherLineAndNameWhatItMissedWhenItsOwnNicFails(@TempDir Path folder) throws IOException {
        start(folder, "lines=\"spread\" join=\"mac-xor\"", 3);
        WriterProcess reader = readers.get(0);
        int own = ownLine(reader);

        long movedMs = pullTheCable(reader, own);
        awaiting("what was missed is named", () -> figure(reader, LOST) > 0);
        awaitLive(reader);
        long lost = figure(reader, LOST);
        putItIn(reader, own);

        System.out.printf(
                "spread: the other line is heard %d ms after the cable is out, %d messages lost%n", movedMs, lost);
        assertEquals(1, figure(reader, NOTICES), reader.toString());
        assertEquals(lost, figure(reader, LOST), "nothing is lost on the way back");
        assertEquals(0, figure(reader, WRONG), reader.toString());
        assertTrue(movedMs < LIMIT_MS, "moved after " + movedMs + " ms");
    }

    /**
     * The publisher hears nobody any more by that NIC and takes it for failed, so it sends again on the other line what this one
     * may not have brought. It does so for subscribers that have to find out first: one that moves at once, because another
     * has the other line already, may have given up before.
     */
    @Test
    void shouldTakeTheOtherLineAndMissNothingOrNameItWhenItsPublisherHasNoOtherPeerOnThatNic(@TempDir Path folder)
            throws IOException {
        start(folder, "lines=\"spread\" join=\"mac-xor\"", 2);
        WriterProcess reader = readers.get(0);
        int own = ownLine(reader);

        long movedMs = pullTheCable(reader, own);
        awaitLive(reader);
        long lost = figure(reader, LOST);
        putItIn(reader, own);

        System.out.printf(
                "spread, no other peer: the other line is heard %d ms after the cable is out, %d messages lost%n",
                movedMs, lost);
        assertEquals(lost == 0 ? 0 : 1, figure(reader, NOTICES), reader.toString());
        assertEquals(lost, figure(reader, LOST), "nothing is lost on the way back");
        assertEquals(0, figure(reader, WRONG), reader.toString());
        assertTrue(movedMs < LIMIT_MS, "moved after " + movedMs + " ms");
    }

    /** All are on one line alone, and have been for a second: what they took meanwhile because they were starting, they have left. */
    private int ownLine(WriterProcess reader) {
        for (WriterProcess one : readers) {
            long[] since = {figure(one, REACHED)};
            awaiting("one line joined", () -> {
                boolean isOnOne = figure(one, JOINED + A) + figure(one, JOINED + B) == 1;
                since[0] = isOnOne ? since[0] : figure(one, REACHED);
                return figure(one, REACHED) - since[0] > A_SECOND;
            });
        }
        return figure(reader, JOINED + A) == 1 ? A : B;
    }

    /** How long it takes until the other line is heard, ms. */
    private long pullTheCable(WriterProcess reader, int own) {
        lab.setCable(2, 1 + own, false);
        long brokenNs = System.nanoTime();
        long before = figure(reader, 1 - own);
        awaiting("the other line", () -> figure(reader, 1 - own) > before);
        return (System.nanoTime() - brokenNs) / 1_000_000;
    }

    /** What was missed has come, or was named: the stream goes on, and nothing waits. */
    private static void awaitLive(WriterProcess reader) {
        long reached = figure(reader, REACHED);
        awaiting("the stream goes on", () -> figure(reader, REACHED) > reached + 1_000);
    }

    private void putItIn(WriterProcess reader, int own) {
        lab.setCable(2, 1 + own, true);
        awaiting("its own line", () -> isSpeaking(reader, own));
        awaiting("its own line alone", () -> figure(reader, JOINED + 1 - own) == 0);
        long reached = figure(reader, REACHED);
        awaiting("all before", () -> figure(reader, REACHED) > reached + 1_000);
        assertTrue(isSpeaking(reader, own), reader.toString());
    }

    private void start(Path folder, String attributes, int hosts) throws IOException {
        topology =
                "recv-" + ProcessHandle.current().pid() + "-" + hosts + "-" + Math.abs(attributes.hashCode() % 10_000);
        Path file = Files.writeString(folder.resolve("topology.xml"), """
                <topology xmlns="urn:heliograph:topology:1" name="%s">
                  <site name="lab" multicast="239.20.0.0/20">
                    <host name="h1"><nic name="a" address="%s"/><nic name="b" address="%s"/><engine driver="engine"/></host>
                    <host name="h2"><nic name="a" address="%s"/><nic name="b" address="%s"/><engine driver="engine"/></host>
                    <host name="h3"><nic name="a" address="%s"/><nic name="b" address="%s"/><engine driver="engine"/></host>
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
                        NetworkLab.address(3, 1),
                        NetworkLab.address(3, 2),
                        attributes));
        for (int host = 1; host <= hosts; host++) {
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
        for (int host = 1; host <= hosts; host++) {
            NicPeers.await(topology, "h" + host, List.of("a", "b"), hosts - 1);
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
