// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.link.LinkNode;
import io.heliograph.engine.link.LinkTransport;
import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.recovery.remote.FetchService;
import io.heliograph.engine.testkit.NetworkLab;
import io.heliograph.engine.testkit.RoleProcess;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts with two NICs and an engine each: a fetch over a link whose NIC goes down takes the other one at once. */
@Tag("full")
@Timeout(60)
final class LinkNicIT {
    private final List<RoleProcess> engines = new ArrayList<>();

    @Test
    void shouldFetchByTheOtherNicAtOnceWhenTheCableOfTheFirstIsOut(@TempDir Path folder) throws IOException {
        assumeTrue(
                NetworkLab.isPossible(), "SKIPPED: no network namespaces without root: links over NICs are not tested");
        String name = "link-nic-" + ProcessHandle.current().pid();
        Path file = Files.writeString(folder.resolve("topology.xml"), """
            <topology xmlns="urn:heliograph:topology:1" name="%s" security="none">
              <site name="lab" multicast="239.79.0.0/24">
                <host name="h1">
                  <nic name="a" address="10.79.1.1/24"/><nic name="b" address="10.79.2.1/24"/>
                  <engine driver="engine" journal="%s" link="10.79.1.1:7400 10.79.2.1:7400"/>
                </host>
                <host name="h2">
                  <nic name="a" address="10.79.1.2/24"/><nic name="b" address="10.79.2.2/24"/>
                  <engine driver="engine"/>
                </host>
                <bond name="ab" nics="a b"/>
              </site>
              <stream name="itch" id="1001" site="lab" publishers="h1" bond="ab" lines="pin" journal="h1"/>
            </topology>
            """.formatted(name, folder.resolve("journals")));
        try (NetworkLab lab = NetworkLab.make(2, 2);
                LinkTransport transport = LinkTransport.start()) {
            for (int host = 1; host <= 2; host++) {
                engines.add(RoleProcess.startBy(
                        lab.on(host), "engine", "--json", "--topology", file.toString(), "--host", "h" + host));
            }
            try (LinkClient engine = LinkClient.connect(
                    transport,
                    new LinkNode("h2", "lab"),
                    "h2",
                    List.of(LinkAddress.beside(DriverDirectories.of(name, "h2"))),
                    LinkEvent.Listener.NONE)) {
                Asking asking = new Asking(engine);
                awaiting("the first answer; " + engines, asking::turn, () -> asking.answered() > 0);
                lab.setCable(2, 1, false);
                long outNs = System.nanoTime();
                // Whatever was on its way when the cable was pulled may still have been answered.
                long before = asking.answered() + 2;
                awaiting("answers by the other NIC; " + engines, asking::turn, () -> asking.answered() >= before);
                long tookMs = (System.nanoTime() - outNs) / 1_000_000;

                System.err.println("cable out: fetched by the other NIC after " + tookMs + " ms");
                awaiting("said", () -> hasSaid("\"closed\"", "10.79.1.1:7400", "connection broken: NIC a is down"));
                awaiting("said", () -> hasSaid("\"opened\"", "10.79.2.1:7400", ""));
            }
        } finally {
            engines.forEach(RoleProcess::terminate);
            for (int host = 1; host <= 2; host++) {
                for (String suffix : List.of(".engine.lock", ".driver.lock", ".log")) {
                    Files.deleteIfExists(Path.of(DriverDirectories.of(name, "h" + host) + suffix));
                }
            }
        }
    }

    /** Without the word of the NIC it would be "silent: nothing heard for 1,000 ms", and as long until then. */
    private boolean hasSaid(String state, String address, String detail) {
        return engines.get(1).out().stream()
                .anyMatch(line -> line.contains("\"type\":\"link\"")
                        && line.contains(state)
                        && line.contains(address)
                        && line.contains(detail));
    }

    /** Asks for the same again soon after it was answered, or lost. */
    private static final class Asking implements ReplyHandler {
        private static final long PAUSE_NS = 1_000_000;

        private final LinkClient engine;
        private final UnsafeBuffer request;
        private final AtomicLong answers = new AtomicLong();
        private final AtomicBoolean isAsked = new AtomicBoolean();

        Asking(LinkClient engine) {
            this.engine = engine;
            byte[] host = "h1".getBytes(StandardCharsets.US_ASCII);
            this.request = new UnsafeBuffer(new byte[ReplayRequestFlyweight.LENGTH + host.length]);
            ReplayRequestFlyweight.encode(request, 0, 1001, 7, 1, 1, 4096);
            request.putBytes(ReplayRequestFlyweight.LENGTH, host);
        }

        long answered() {
            return answers.get();
        }

        void turn() {
            if (!isAsked.getAndSet(true)) {
                engine.request(FetchService.NAME, request, 0, request.capacity(), 20_000_000_000L, this);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }

        @Override
        public void onReply(long requestId, int status, boolean isLast, DirectBuffer body, int offset, int length) {
            if (status == 0) {
                answers.incrementAndGet();
            }
            if (isLast) {
                isAsked.set(false);
            }
        }

        @Override
        public void onLost(long requestId, String why) {
            isAsked.set(false);
        }
    }
}
