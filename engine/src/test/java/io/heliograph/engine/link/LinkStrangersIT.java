// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.LinkSecurity;
import io.heliograph.engine.link.netty.Sockets;
import io.heliograph.engine.link.session.LinkCounters.Count;
import io.heliograph.engine.link.session.LinkTimes;
import io.heliograph.engine.link.session.RejectCode;
import io.heliograph.engine.link.session.TlsFault;
import io.heliograph.engine.testkit.LinkFrames;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers and bad peers cost their own connection, in bounded time, and a counter; a good peer beside them notices nothing. */
final class LinkStrangersIT {
    private static final LinkAddress ANY = LinkAddress.tcp("127.0.0.1", 0);
    private static final byte[] ZMTP = {(byte) 0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3};

    @TempDir
    private Path folder;

    private LinkPair pair;
    private LinkServer server;
    private LinkClient good;

    @BeforeEach
    void setUp() {
        pair = new LinkPair(Sockets.best());
        pair.server.times(new LinkTimes(50_000_000L, 100, 300_000_000L, 400_000_000L, 100_000_000L));
        server = pair.bind(ANY);
        good = pair.call(LinkPair.node("ny2"), server.addresses().get(0));
        assertGoodIsServed();
    }

    @AfterEach
    void tearDown() {
        assertGoodIsServed();
        assertEquals(1, pair.server.counters().open());
        pair.close();
    }

    @Test
    void shouldTellGarbageSo() throws IOException {
        try (Socket stranger = connect()) {
            stranger.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            String said = new String(stranger.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertTrue(said.contains("a frame of type 32 cannot be 542393671 octets long"), said);
        }
        assertEquals(1, pair.server.counters().rejected(RejectCode.GARBAGE));
    }

    @Test
    void shouldCloseAZmtpPeerPolitelyAndCountItApart() throws IOException {
        try (Socket stranger = connect()) {
            stranger.getOutputStream().write(ZMTP);

            assertEquals(-1, stranger.getInputStream().read(), "an orderly end and no reset");
        }
        assertEquals(1, pair.server.counters().of(Count.ZMTP));
        assertEquals(0, pair.server.counters().rejected());
    }

    @Test
    void shouldTellZmtpAndPlainPeersApartWhereLinksAreTls() throws Exception {
        pair.server.security(LinkSecurity.TLS).certificates(new Papers(folder).of("ny1", SslProvider.JDK));
        LinkAddress.Tcp tls = (LinkAddress.Tcp) pair.bind(ANY).addresses().get(0);
        try (Socket stranger = connect(tls)) {
            stranger.getOutputStream().write(ZMTP);
            assertEquals(-1, stranger.getInputStream().read());
        }
        awaiting("the ZMTP count", () -> pair.server.counters().of(Count.ZMTP) == 1);
        try (Socket stranger = connect(tls)) {
            stranger.getOutputStream().write(LinkFrames.hello("ny3", "ny", 1, 1));
            stranger.getInputStream().readAllBytes();
        }
        awaiting("the count of plain peers", () -> pair.server.counters().tlsFaults(TlsFault.NO_TLS) == 1);
        try (Socket silent = connect(tls)) {
            assertEquals(-1, silent.getInputStream().read(), "a handshake that never begins ends");
        }
        awaiting("the count of slow ones", () -> pair.server.counters().tlsFaults(TlsFault.TIMEOUT) == 1);
        pair.server.security(LinkSecurity.AUTO);
    }

    @Test
    void shouldEndConnectionsThatSayNothing() throws IOException {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            silent.add(connect());
        }
        for (Socket each : silent) {
            assertTrue(each.getInputStream().readAllBytes().length > 0, "words");
            each.close();
        }
        assertEquals(20, pair.server.counters().rejected(RejectCode.TOO_LATE));
    }

    @Test
    void shouldEndConnectionsThatDribble() throws IOException {
        byte[] hello = LinkFrames.hello("ny3", "ny", 1, 1);
        try (Socket dribbling = connect()) {
            dribbling.setTcpNoDelay(true);
            int sent = 0;
            while (pair.server.counters().rejected(RejectCode.TOO_LATE) == 0) {
                if (sent < hello.length - 1) {
                    dribbling.getOutputStream().write(hello[sent++]);
                }
                Thread.onSpinWait();
            }
            assertTrue(dribbling.getInputStream().readAllBytes().length > 0);
        }
    }

    @Test
    void shouldGiveUpAPeerThatAsksForMuchAndReadsNothing() throws IOException {
        try (Socket greedy = new Socket()) {
            greedy.setReceiveBufferSize(4_096);
            greedy.connect(((LinkAddress.Tcp) server.addresses().get(0)).socket());
            greedy.getOutputStream().write(LinkFrames.hello("ny3", "ny", 1, 1));
            byte[] much = "1000000".getBytes(StandardCharsets.US_ASCII);
            greedy.getOutputStream().write(LinkFrames.request(1, 60_000, "pages", much));

            awaiting("the end of it", () -> {
                assertGoodIsServed();
                return pair.server.counters().rejected(RejectCode.STALLED) == 1;
            });
        }
        awaiting("its connection gone", () -> server.connectionCount() == 1);
    }

    @Test
    void shouldGiveUpAHalfOpenPeer() throws IOException {
        pair.server.times(new LinkTimes(50_000_000L, 3, 300_000_000L, 400_000_000L, 100_000_000L));
        LinkAddress.Tcp strict = (LinkAddress.Tcp) pair.bind(ANY).addresses().get(0);
        try (Socket dead = connect(strict)) {
            dead.getOutputStream().write(LinkFrames.hello("ny3", "ny", 1, 1));

            awaiting("its end", () -> pair.server.counters().rejected(RejectCode.SILENT) == 1);
            dead.getInputStream().readAllBytes();
        }
    }

    @Test
    void shouldAcceptNoFasterThanTheLimitAndServeAllInTheEnd() throws IOException {
        LinkServer slow = pair.bind(new LinkLimits(20, 1_000), ANY);
        LinkAddress.Tcp address = (LinkAddress.Tcp) slow.addresses().get(0);
        long startNs = System.nanoTime();
        List<Socket> crowd = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Socket one = connect(address);
            one.getOutputStream().write(LinkFrames.hello("ny3", "ny", 1, 1));
            crowd.add(one);
        }
        for (Socket one : crowd) {
            assertTrue(one.getInputStream().read() > 0, "each is answered");
        }
        long tookNs = System.nanoTime() - startNs;
        assertTrue(tookNs > 900_000_000L, "40 connections at 20 a second, 20 of them at once: " + tookNs);
        for (Socket one : crowd) {
            one.close();
        }
        awaiting("they are gone", () -> pair.server.counters().open() == 1);
    }

    private void assertGoodIsServed() {
        assertEquals(
                List.of("0 last: ny2 says still here"),
                LinkPair.ask(good, "echo", "still here").whole());
    }

    private Socket connect() throws IOException {
        return connect((LinkAddress.Tcp) server.addresses().get(0));
    }

    private static Socket connect(LinkAddress.Tcp address) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), address.socket().getPort()));
        socket.setSoTimeout(20_000);
        return socket;
    }
}
