// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.base.CounterDescriptor;
import io.heliograph.engine.base.LinkDescriptor;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.link.LinkNode;
import io.heliograph.engine.link.LinkTransport;
import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.link.tls.CertificateException;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.ThreadedDriver;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The links of an engine: where it listens, who may come, what is said. No media driver is needed for them. */
@Tag("full")
final class HostLinksIT {
    @TempDir
    private Path folder;

    private final List<LinkEvent> events = new CopyOnWriteArrayList<>();

    @Test
    void shouldListenOnLoopbackAndBesideTheDriverAndSayWhoMayNotCome() throws Exception {
        int port = freePort();
        try (HostLinks links = links(topology("auto", "127.0.0.1:" + port));
                LinkTransport transport = LinkTransport.start()) {
            links.start();
            LinkAddress tcp = LinkAddress.tcp("127.0.0.1", port);
            LinkAddress local = LinkAddress.beside(folder.resolve("driver"));
            awaitEvent("link: listening at 127.0.0.1:" + port + ": plain");
            awaitEvent("link: listening at " + local + ": this user's processes");

            try (LinkClient host2 = call(transport, "host2", tcp);
                    LinkClient process = call(transport, "any", local);
                    LinkClient stranger = call(transport, "host9", tcp)) {
                assertEquals("1 no service nothing answers at host1", ask(host2, "nothing"));
                assertEquals("1 no service nothing answers at host1", ask(process, "nothing"));
                assertTrue(ask(stranger, "nothing").contains("the topology of host1 knows no node host9"));
                awaitEvent("unknown node: the topology of host1 knows no node host9");
            }
        }
    }

    @Test
    void shouldStateWhatItHasSeenInTheDriversCounters() throws Exception {
        int port = freePort();
        ThreadedDriver driver = ThreadedDriver.launch(folder.resolve("driver"), new DriverContext());
        try (HostLinks links = links(topology("auto", "127.0.0.1:" + port));
                LinkTransport transport = LinkTransport.start();
                Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.directory()))) {
            links.start();
            LinkAddress tcp = LinkAddress.tcp("127.0.0.1", port);
            try (LinkClient host2 = call(transport, "host2", tcp);
                    LinkClient stranger = call(transport, "host9", tcp)) {
                ask(host2, "nothing");
                ask(stranger, "nothing");
                awaitCounter(aeron, LinkDescriptor.LINK_SESSIONS, "host1", 1);
                awaitCounter(aeron, LinkDescriptor.LINK_REQUESTS, "host1", 1);
                awaitCounter(aeron, LinkDescriptor.LINK_REQUESTS_REFUSED, "host1", 1);
                awaitCounter(aeron, LinkDescriptor.LINK_REJECTS, "unknown node", 1);
            }
            awaitCounter(aeron, LinkDescriptor.LINK_SESSIONS, "host1", 0);
        } finally {
            driver.close();
        }
    }

    @Test
    void shouldGoOnWithoutAnAddressThatIsTakenAndTakeItWhenItIsFree() throws Exception {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        String address = "127.0.0.1:" + taken.getLocalPort();
        try (HostLinks links = links(topology("auto", address))) {
            links.start();
            awaitEvent("link: cannot listen at " + address + " for now: cannot listen at " + address);
            awaitEvent("driver.link: this user's processes");

            taken.close();

            awaitEvent("link: listening at " + address + ": plain");
        }
    }

    @Test
    void shouldNotStartWithoutCertificatesWhereLinksAreTls() {
        CertificateException said = assertThrows(
                CertificateException.class,
                () -> links(topology("tls", "127.0.0.1:1")).close());

        assertEquals(
                folder.resolve("certs").resolve("host1.key")
                        + ": no such file; heliograph certs makes an authority and certificates for a start",
                said.getMessage());
    }

    private HostLinks links(Topology topology) {
        return HostLinks.prepare(
                topology,
                topology.host("host1").orElseThrow(),
                folder.resolve("driver"),
                folder.resolve("driver"),
                new EngineOptions(EngineOptions.DEFAULT.nicTimes(), folder.resolve("certs")),
                events::add);
    }

    private static Topology topology(String security, String link) {
        return TopologyReader.read("t.xml", """
                <topology xmlns="urn:heliograph:topology:1" name="t" security="%s">
                  <site name="local" multicast="239.20.0.0/20">
                    <host name="host1"><nic name="a" address="127.0.0.1/8"/><engine link="%s"/></host>
                    <host name="host2"><nic name="a" address="127.0.0.2/8"/></host>
                  </site>
                </topology>
                """.formatted(security, link));
    }

    private void awaitEvent(String part) {
        awaiting(
                part + " among " + events,
                () -> events.stream().anyMatch(event -> event.toString().contains(part)));
    }

    private static void awaitCounter(Aeron aeron, CounterDescriptor descriptor, String part, long value) {
        List<String> found = new CopyOnWriteArrayList<>();
        awaiting(descriptor + " of " + part + " to be " + value + " among " + found, () -> {
            long[] seen = {-1};
            found.clear();
            aeron.countersReader().forEach((id, typeId, key, label) -> {
                if (typeId == descriptor.typeId()) {
                    found.add(label + "=" + aeron.countersReader().getCounterValue(id));
                    seen[0] = label.contains(part) ? aeron.countersReader().getCounterValue(id) : seen[0];
                }
            });
            return seen[0] == value;
        });
    }

    private static LinkClient call(LinkTransport transport, String name, LinkAddress address) {
        return LinkClient.connect(
                transport, new LinkNode(name, "local"), "host1", List.of(address), LinkEvent.Listener.NONE);
    }

    private static String ask(LinkClient client, String service) {
        List<String> said = new CopyOnWriteArrayList<>();
        client.request(service, new UnsafeBuffer(new byte[0]), 0, 0, 20_000_000_000L, new ReplyHandler() {
            @Override
            public void onReply(long id, int status, boolean isLast, DirectBuffer body, int offset, int length) {
                assertEquals(ReplyStatus.UNKNOWN_SERVICE, status);
                said.add(status + " " + body.getStringWithoutLengthUtf8(offset, length));
            }

            @Override
            public void onLost(long id, String why) {
                said.add(why);
            }
        });
        awaiting("an answer", () -> !said.isEmpty());
        return said.get(0);
    }

    private static int freePort() throws Exception {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }
}
