// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.engine.base.Surroundings;
import io.heliograph.engine.intake.WriterProcess;
import io.heliograph.engine.testkit.NetworkLab;
import io.heliograph.engine.testkit.NicPeers;
import io.heliograph.engine.testkit.RoleProcess;
import io.heliograph.engine.testkit.TunRelay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ethernet and tunnels together: a publisher with both, two hosts that have Ethernet alone, one that has two tunnels to the
 * publisher and no Ethernet. Real {@code tun} devices, which have no MAC address and no multicast.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("full")
final class UnicastLabIT {
    private static final int PUBLISHER = 1;
    private static final int REMOTE = 4;
    private static final int MESSAGES = 60_000;
    /** A line is taken for silent after three heartbeats, the last of which comes before the silence. */
    private static final long SILENT_MS = 300;

    private static final long HEARTBEAT_MS = 100;

    private final List<AutoCloseable> running = new ArrayList<>();
    private NetworkLab lab;
    private TunRelay tunnels;
    private Path folder;

    @BeforeAll
    void makeTheLab(@TempDir Path own) {
        folder = own;
        assumeTrue(NetworkLab.isPossible(), "SKIPPED: no network namespaces without root: tunnels are not tested");
        assumeTrue(TunRelay.isPossible(), "SKIPPED: no /dev/net/tun, or no C compiler (cc): tunnels are not tested");
        lab = NetworkLab.make(4, 1);
        lab.setLink(REMOTE, 1, false);
        tunnels = TunRelay.between(lab, folder, PUBLISHER, REMOTE, 2);
        for (int host : new int[] {PUBLISHER, REMOTE}) {
            for (int tunnel = 1; tunnel <= 2; tunnel++) {
                lab.onHost(host, "iptables -A OUTPUT -o " + TunRelay.device(tunnel, host) + " -d 224.0.0.0/4 -j DROP");
            }
        }
    }

    @AfterAll
    void removeTheLab() throws IOException {
        CloseHelper.closeAll(tunnels, lab);
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(Surroundings.sharedMemory(), "heliograph-*-" + name() + "-*")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    @AfterEach
    void endEverything() {
        CloseHelper.closeAll(running);
        running.clear();
    }

    @Test
    void shouldCarryOneStreamToFiveByMulticastAndToOneOverATunnel() throws IOException {
        Path topology = topology("embedded");
        List<WriterProcess> onEthernet = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            onEthernet.add(program("subscribe", topology, 2 + i % 2, "itch"));
        }
        WriterProcess overTunnel = program("subscribe", topology, REMOTE, "itch");

        WriterProcess publisher = program("publish", topology, PUBLISHER, "itch");

        String epoch = publish(publisher, overTunnel, onEthernet);

        for (WriterProcess subscriber : onEthernet) {
            assertEquals(heard(epoch) + "A=" + MESSAGES, subscriber.awaitSaid("HEARD"));
        }
        assertEquals(heard(epoch) + "B=" + MESSAGES, overTunnel.awaitSaid("HEARD"));
        assertEquals("0", fragments(), "IP fragments: the tunnel takes " + TunRelay.MTU + " bytes");
    }

    @Test
    void shouldJoinByAHashOfTheAddressAndSaySoWhenATunnelHasNoMac() throws IOException {
        Path topology = topology("embedded");
        WriterProcess publisher = program("publish", topology, PUBLISHER, "quotes");
        publisher.awaitSaid("OPEN");
        WriterProcess subscriber = program("subscribe", topology, REMOTE, "quotes");
        tunnels.takeLongestPauseMs();

        String epoch = publish(publisher, subscriber, List.of());

        String line = hashedLine(subscriber);
        String heard = subscriber.awaitSaid("HEARD");
        assertTrue(heard.startsWith(heard(epoch)), heard);
        assertEquals("JOINED " + line, subscriber.awaitSaid("JOINED"));
        if (isSteady(publisher, subscriber)) {
            assertEquals(heard(epoch) + line + "=" + MESSAGES, heard, "on its own line alone");
        }
    }

    /** While nobody speaks on its line it asks for the others too, and hears the publisher on whichever answers first. */
    @Test
    void shouldEndOnTheHashedLineAloneWhenThePublisherComesLater() throws IOException {
        Path topology = topology("embedded");
        WriterProcess subscriber = program("subscribe", topology, REMOTE, "quotes");
        String line = hashedLine(subscriber);
        WriterProcess publisher = program("publish", topology, PUBLISHER, "quotes");
        tunnels.takeLongestPauseMs();

        String epoch = publish(publisher, subscriber, List.of());

        String heard = subscriber.awaitSaid("HEARD");
        assertTrue(heard.startsWith(heard(epoch)), heard);
        if (isSteady(publisher, subscriber)) {
            assertEquals("JOINED " + line, subscriber.last("JOINED"), subscriber.toString());
        }
    }

    private static String hashedLine(WriterProcess subscriber) {
        String said = subscriber.awaitSaid("has no MAC address");
        String prefix =
                "ERROR NIC vpn (" + TunRelay.address(1, REMOTE) + ") has no MAC address: stream quotes joins line ";
        assertTrue(said.startsWith(prefix), said);
        return said.substring(prefix.length(), prefix.length() + 1);
    }

    @Test
    void shouldSeeATunnelThatCarriesOneDirectionOnlyDownAtBothEnds() throws IOException {
        Path topology = topology("engine");
        RoleProcess here = engine(topology, PUBLISHER);
        RoleProcess there = engine(topology, REMOTE);
        String block = " INPUT -i " + TunRelay.device(1, REMOTE) + " -p udp -j DROP";
        NicPeers.await(name(), "h" + PUBLISHER, List.of("vpn", "vpn2"), 1);
        NicPeers.await(name(), "h" + REMOTE, List.of("vpn", "vpn2"), 1);

        lab.onHost(REMOTE, "iptables -A" + block);

        String deaf = there.awaitOut("\"cause\":\"peers\"");
        String mute = here.awaitOut("\"cause\":\"peers\"");
        lab.onHost(REMOTE, "iptables -D" + block);
        assertTrue(deaf.contains("\"nic\":\"vpn\"") && deaf.contains("h1"), deaf);
        assertTrue(mute.contains("\"nic\":\"vpn\"") && mute.contains("h4"), mute);
    }

    /** Begins when everybody is there; the number of the epoch. */
    private static String publish(WriterProcess publisher, WriterProcess one, List<WriterProcess> others) {
        one.awaitSaid("LIVE");
        others.forEach(subscriber -> subscriber.awaitSaid("LIVE"));
        publisher.goOn();
        assertEquals(0, publisher.awaitExit());
        assertEquals(0, one.awaitExit());
        others.forEach(subscriber -> assertEquals(0, subscriber.awaitExit()));
        return publisher.awaitSaid("SENT").substring("SENT ".length());
    }

    /** Whether nobody stood still for so long that the line may have been silent, and another one have helped out. */
    private boolean isSteady(WriterProcess publisher, WriterProcess subscriber) {
        long stoodMs = pausedMs(publisher) + pausedMs(subscriber) + tunnels.takeLongestPauseMs();
        if (stoodMs >= SILENT_MS - HEARTBEAT_MS) {
            System.out.printf("unicast lab: the machine stood for up to %d ms: %s%n", stoodMs, subscriber);
        }
        return stoodMs < SILENT_MS - HEARTBEAT_MS;
    }

    private static long pausedMs(WriterProcess program) {
        return Long.parseLong(program.awaitSaid("PAUSED").substring("PAUSED ".length()));
    }

    private static String heard(String epoch) {
        return "HEARD epoch " + epoch + " from 1, 1-" + MESSAGES + ", end " + epoch + " at " + MESSAGES
                + "; wrong 0; won ";
    }

    private WriterProcess program(String what, Path topology, int host, String stream) {
        List<String> words = new ArrayList<>(lab.on(host));
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of(System.getProperty("heliograph.root", "..")).resolve(".mvn/jvm.flags"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StreamProgram.class.getName(),
                what,
                topology.toString(),
                "h" + host,
                stream,
                String.valueOf(MESSAGES)));
        WriterProcess program = WriterProcess.of(words.toArray(String[]::new));
        running.add(program);
        return program;
    }

    private RoleProcess engine(Path topology, int host) {
        RoleProcess engine = RoleProcess.startBy(
                lab.on(host), "engine", "--json", "--topology", topology.toString(), "--host", "h" + host);
        running.add(engine);
        return engine;
    }

    private static String name() {
        return "tun-test-" + ProcessHandle.current().pid() + "-lab";
    }

    /** Hosts 2 and 3 have Ethernet alone, host 4 two tunnels alone. */
    private Path topology(String driver) throws IOException {
        return Files.writeString(folder.resolve(driver + ".xml"), """
                <topology xmlns="urn:heliograph:topology:1" name="%1$s">
                  <site name="lab" multicast="239.20.0.0/20">
                    <host name="h1">
                      <nic name="eth" address="%2$s"/>
                      <nic name="vpn" address="%3$s" mtu="%4$d" mode="unicast"/>
                      <nic name="vpn2" address="%5$s" mtu="%4$d" mode="unicast"/>
                      <engine driver="%6$s"/>
                    </host>
                    <host name="h2"><nic name="eth" address="%7$s"/><engine driver="%6$s"/></host>
                    <host name="h3"><nic name="eth" address="%8$s"/><engine driver="%6$s"/></host>
                    <host name="h4">
                      <nic name="vpn" address="%9$s" mtu="%4$d" mode="unicast"/>
                      <nic name="vpn2" address="%10$s" mtu="%4$d" mode="unicast"/>
                      <engine driver="%6$s"/>
                    </host>
                    <bond name="mixed" nics="eth vpn"/>
                    <bond name="tunnels" nics="vpn vpn2"/>
                  </site>
                  <stream name="itch" id="1001" site="lab" publishers="h1" bond="mixed" lines="redundant"/>
                  <stream name="quotes" id="1002" site="lab" publishers="h1" bond="tunnels" lines="spread" join="mac-xor"/>
                </topology>
                """.formatted(
                        name(),
                        NetworkLab.address(PUBLISHER, 1),
                        TunRelay.address(1, PUBLISHER),
                        TunRelay.MTU,
                        TunRelay.address(2, PUBLISHER),
                        driver,
                        NetworkLab.address(2, 1),
                        NetworkLab.address(3, 1),
                        TunRelay.address(1, REMOTE),
                        TunRelay.address(2, REMOTE)));
    }

    /** How many datagrams the publisher's kernel has cut. */
    private String fragments() throws IOException {
        List<String> words = new ArrayList<>(lab.on(PUBLISHER));
        words.addAll(List.of("sh", "-c", "awk '/^Ip:/ {print $20}' /proc/net/snmp | tail -1"));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    }
}
