// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.LinkSecurity;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.link.LinkLimits;
import io.heliograph.engine.link.LinkNode;
import io.heliograph.engine.link.LinkServer;
import io.heliograph.engine.link.LinkTransport;
import io.heliograph.engine.link.tls.NodeCertificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Certificates of the role let nodes reach each other, and nothing is written over. */
final class CertsRoleIT {
    private static final String TOPOLOGY = """
            <topology xmlns="urn:heliograph:topology:1" name="t">
              <site name="ny" multicast="239.20.0.0/20">
                <host name="ny1"><nic name="a" address="127.0.0.1/8"/></host>
                <host name="ny_2"><nic name="a" address="127.0.0.2/8"/></host>
              </site>
            </topology>
            """;

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    @Tag("full")
    void shouldMakeCertificatesThatWorkAndNeverWriteOverOne() throws IOException {
        Path file = Files.writeString(folder.resolve("t.xml"), TOPOLOGY);
        Path certs = folder.resolve("certs");

        assertEquals(0, certs(file, "--site", "ny"));

        try (var made = Files.list(certs)) {
            List<Path> files = made.sorted().toList();
            assertEquals(
                    List.of("authority.key", "authority.pem", "ny1.key", "ny1.pem", "ny_2.key", "ny_2.pem"),
                    files.stream().map(path -> path.getFileName().toString()).toList());
            for (Path path : files) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            }
        }
        assertConnects(certs, "ny1", "ny_2");
        String before = Files.readString(certs.resolve("ny1.pem"));

        assertEquals(1, certs(file));
        assertTrue(
                err.toString()
                        .contains("certs: " + certs.resolve("ny1.pem")
                                + " exists, and nothing was written; remove it, or name other nodes"),
                err.toString());
        assertEquals(before, Files.readString(certs.resolve("ny1.pem")));

        assertEquals(0, certs(file, "--node", "research-1", "--days", "30"));
        assertConnects(certs, "ny1", "research-1");
        Files.delete(certs.resolve("authority.key"));
        assertEquals(1, certs(file, "--node", "research-2"));
        assertTrue(err.toString().contains("has authority.pem and not authority.key"), err.toString());
    }

    @Test
    void shouldRefuseNonsense() throws IOException {
        Path file = Files.writeString(folder.resolve("t.xml"), TOPOLOGY);

        assertEquals(2, certs(file, "--site", "nj"));
        assertTrue(err.toString().contains("no site 'nj' in"), err.toString());
        assertEquals(2, certs(file, "--node", "../x"));
        assertEquals(2, certs(file, "--node", "authority"));
        assertEquals(2, certs(file, "--days", "0"));
        assertTrue(err.toString().contains("--days 0: 1 to 36500 days"), err.toString());
        assertTrue(Files.notExists(folder.resolve("certs")));
    }

    private int certs(Path file, String... more) {
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(err, true));
        line.getSubcommands().values().forEach(role -> role.setErr(new PrintWriter(err, true)));
        String[] words = new String[3 + more.length];
        words[0] = "certs";
        words[1] = "--topology";
        words[2] = file.toString();
        System.arraycopy(more, 0, words, 3, more.length);
        return line.execute(words);
    }

    private static void assertConnects(Path certs, String server, String client) {
        List<LinkEvent> events = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (LinkTransport transport = LinkTransport.start();
                LinkServer listening = LinkServer.bind(
                        transport,
                        node(certs, server),
                        List.of(LinkAddress.tcp("127.0.0.1", 0)),
                        LinkLimits.DEFAULT,
                        events::add);
                LinkClient calling = LinkClient.connect(
                        transport, node(certs, client), server, listening.addresses(), LinkEvent.Listener.NONE)) {
            awaiting(
                    calling.peer() + " reached: " + events,
                    () -> events.stream()
                            .anyMatch(event -> event.kind() == LinkEvent.Kind.OPENED
                                    && event.peer().equals(client)));
        }
    }

    private static LinkNode node(Path certs, String name) {
        return new LinkNode(name, "ny").security(LinkSecurity.TLS).certificates(NodeCertificates.load(certs, name));
    }
}
