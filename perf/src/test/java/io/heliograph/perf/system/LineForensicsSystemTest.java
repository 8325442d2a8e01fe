// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.config.Line;
import io.heliograph.config.Lines;
import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.testkit.NetworkLab;
import io.heliograph.engine.testkit.RoleProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hosts over two bridges; the kernel drops one datagram in a hundred on each NIC of the receiving one, independently, and
 * counts them: that is the truth. Only datagrams with messages are dropped, those that NAK brings again like any other.
 */
@Tag("full")
final class LineForensicsSystemTest {
    private static final int MESSAGES = 150_000;
    private static final int RATE = 6_000;
    /** IP and UDP. */
    private static final int HEADERS = 28;
    /** A heartbeat of ours takes 92 octets with all headers, one of Aeron's 60, a message more. */
    private static final int LEAST_DATA = 100;

    @TempDir
    private Path folder;

    @Test
    void shouldLoseNothingAndTellTheLossOfEachLineWhenEachLosesOnePacketInAHundred() throws IOException {
        assumeTrue(NetworkLab.isPossible(), "SKIPPED: no network namespaces without root: forensics are not tested");
        try (NetworkLab lab = NetworkLab.make(2, 2)) {
            Path file = topology();
            List<Line> lines = lines(file);
            for (Line line : lines) {
                String data = " INPUT -i nic" + line.nic() + " -p udp -d "
                        + line.group().getHostAddress() + " --dport " + line.port() + " -m length --length "
                        + LEAST_DATA + ":65535";
                lab.onHost(2, "iptables -A" + data + " -m statistic --mode random --probability 0.01 -j DROP");
                lab.onHost(2, "iptables -A" + data);
            }

            String summary = run(lab, file);

            assertEquals(MESSAGES, number(summary, "messages"), summary);
            assertEquals(0, number(summary, "gaps"), summary);
            assertEquals(0, number(summary, "lost"), summary);
            List<Rule> rules = rules(lab);
            Rule droppedA = rules.get(0);
            Rule droppedB = rules.get(2);
            // A has no NAK: nothing is sent on it twice, and as much as on B when first sent.
            double sentOctets = droppedA.octets() + rules.get(1).octets();
            assertTrue(droppedA.datagrams() > 1_000 && droppedB.datagrams() > 1_000, rules.toString());
            String a = line(summary, "A");
            String b = line(summary, "B");
            check("loss of A", droppedA.octets() / sentOctets, share(a));
            check("loss of B", droppedB.octets() / sentOctets, share(b));
            check("messages lost on A", droppedA.octets() / sentOctets * MESSAGES, (double) number(a, "lostOnlyHere"));
            check("messages repaired on B", droppedB.octets() / sentOctets * MESSAGES, (double) number(b, "repaired"));
            check("octets by the driver, A", droppedA.octets(), (double) number(a, "driverLostOctets"));
            check("octets by the driver, B", droppedB.octets(), (double) number(b, "driverLostOctets"));
            assertEquals(0, number(a, "repaired"), a);
            assertEquals(0, number(a, "lostOnAll") + number(b, "lostOnAll"), summary);
            assertTrue(number(a, "packetsWon") + number(b, "packetsWon") > MESSAGES / 40, summary);
        }
    }

    private static void check(String what, double truth, double told) {
        System.out.printf(
                Locale.ROOT, "%s: truth %.6g, told %.6g (%+.2f %%)%n", what, truth, told, (told / truth - 1) * 100);
        assertEquals(truth, told, truth / 10, what);
    }

    /** What subscribe ends with. */
    private String run(NetworkLab lab, Path topology) {
        try (RoleProcess subscriber = RoleProcess.startBy(
                        lab.on(2),
                        "subscribe",
                        "--topology",
                        topology.toString(),
                        "--host",
                        "h2",
                        "--stream",
                        "itch",
                        "--until-end",
                        "--json");
                RoleProcess publisher = RoleProcess.startBy(
                        lab.on(1),
                        "publish",
                        "--topology",
                        topology.toString(),
                        "--host",
                        "h1",
                        "--stream",
                        "itch",
                        "--source",
                        "generate:7,messages=" + MESSAGES + ",symbols=100",
                        "--pace",
                        RATE + "/s",
                        "--wait",
                        "20s",
                        "--json")) {
            publisher.awaitOut("\"type\":\"summary\"");
            assertEquals(0, publisher.awaitExit(), publisher::toString);
            assertEquals(0, subscriber.awaitExit(), subscriber::toString);
            List<String> out = subscriber.out();
            return out.get(out.size() - 1);
        }
    }

    private Path topology() throws IOException {
        return Files.writeString(folder.resolve("topology.xml"), """
                <topology xmlns="urn:heliograph:topology:1" name="forensics-%d">
                  <site name="lab" multicast="239.20.0.0/20">
                    <host name="h1"><nic name="a" address="%s"/><nic name="b" address="%s"/><engine driver="embedded"/></host>
                    <host name="h2"><nic name="a" address="%s"/><nic name="b" address="%s"/><engine driver="embedded"/></host>
                    <bond name="ab" nics="a b"/>
                  </site>
                  <stream name="itch" id="1001" site="lab" publishers="h1" bond="ab" lines="redundant"/>
                </topology>
                """.formatted(
                        ProcessHandle.current().pid(),
                        NetworkLab.address(1, 1),
                        NetworkLab.address(1, 2),
                        NetworkLab.address(2, 1),
                        NetworkLab.address(2, 2)));
    }

    private static List<Line> lines(Path file) {
        Topology topology = TopologyReader.read(file);
        return Lines.of(topology, topology.stream("itch").orElseThrow());
    }

    /** What a rule has seen. */
    private record Rule(long datagrams, long bytes) {
        double octets() {
            return (double) (bytes - HEADERS * datagrams);
        }
    }

    private static List<Rule> rules(NetworkLab lab) throws IOException {
        List<String> words = new ArrayList<>(lab.on(2));
        words.addAll(List.of("iptables", "-L", "INPUT", "-v", "-x", "-n"));
        Process list = new ProcessBuilder(words).redirectErrorStream(true).start();
        String text = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.lines()
                .map(Pattern.compile("\\s*([0-9]+)\\s+([0-9]+)\\s.*")::matcher)
                .filter(Matcher::matches)
                .map(row -> new Rule(Long.parseLong(row.group(1)), Long.parseLong(row.group(2))))
                .toList();
    }

    /** From a line's name to the next one's. */
    private static String line(String summary, String name) {
        int from = summary.indexOf("{\"name\":\"" + name + "\"");
        int to = summary.indexOf("{\"name\":", from + 1);
        return to < 0 ? summary.substring(from) : summary.substring(from, to);
    }

    private static double share(String line) {
        Matcher matcher = Pattern.compile("\"lossShare\":([0-9.E-]+)").matcher(line);
        assertTrue(matcher.find(), line);
        return Double.parseDouble(matcher.group(1));
    }

    private static long number(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":(-?[0-9]+)").matcher(json);
        assertTrue(matcher.find(), () -> "no " + name + " in " + json);
        return Long.parseLong(matcher.group(1));
    }
}
