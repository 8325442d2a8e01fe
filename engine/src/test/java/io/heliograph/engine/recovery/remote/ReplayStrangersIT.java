// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.LinkSecurity;
import io.heliograph.engine.journal.JournalAppender;
import io.heliograph.engine.journal.JournalContext;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkLimits;
import io.heliograph.engine.link.LinkNode;
import io.heliograph.engine.link.LinkServer;
import io.heliograph.engine.link.LinkTransport;
import io.heliograph.engine.link.session.LinkTimes;
import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.recovery.JournalLog;
import io.heliograph.engine.recovery.ReplayLibrary;
import io.heliograph.engine.recovery.ReplayLog;
import io.heliograph.engine.recovery.ReplayPeer;
import io.heliograph.engine.testkit.LinkFrames;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad requests for a replay, and peers that take no answers, over real sockets and out of a real journal. */
final class ReplayStrangersIT {
    private static final int STREAM = 1001;
    private static final int FORBIDDEN = 1002;
    private static final long EPOCH = 7;
    private static final int PER_PACKET = 100;
    private static final int OCTETS = 1 << 20;
    private static final long JOURNAL_OCTETS = 16 << 20;

    /** The kernel's buffers of a connection, what a session holds, and a few pages. */
    private static final long MOST_ON_THE_WAY = 8 << 20;

    private static final LinkTimes PATIENT =
            new LinkTimes(250_000_000L, 80, 5_000_000_000L, 20_000_000_000L, 20_000_000_000L);

    @TempDir
    private Path folder;

    private final LinkTransport transport = LinkTransport.start();
    private final LinkNode node = new LinkNode("ny1", "ny").times(PATIENT).security(LinkSecurity.AUTO);
    private ReplayService service;
    private AgentRunner runner;
    private LinkServer server;
    private LinkClient good;
    private long last;

    @BeforeEach
    void serve() {
        service = new ReplayService(
                new Library(), (session, stream) -> stream != FORBIDDEN, SystemNanoClock.INSTANCE, error -> {
                    throw new AssertionError(error);
                });
        node.services().register(ReplayService.NAME, service);
        runner = new AgentRunner(service.bell(), Throwable::printStackTrace, null, service);
        AgentRunner.startOnThread(runner);
        server = LinkServer.bind(
                transport, node, List.of(LinkAddress.tcp("127.0.0.1", 0)), LinkLimits.DEFAULT, event -> {});
        good = LinkClient.connect(
                transport,
                new LinkNode("ny2", "ny").times(PATIENT),
                "ny1",
                List.of(server.addresses().get(0)),
                event -> {});
    }

    @AfterEach
    void stop() {
        good.close();
        server.close();
        runner.close();
        transport.close();
    }

    @Test
    void shouldRefuseInWordsWhatCannotBeAndServeOn() {
        write(100 * 1_000);

        assertEquals("6 no journal of stream 77 here", ask(request(77, EPOCH, 1, 1, OCTETS)));
        assertEquals("2 ny2 may not pull stream 1002", ask(request(FORBIDDEN, EPOCH, 1, 1, OCTETS)));
        assertEquals(
                "1000 message 1000000000000 of epoch 7 of stream 1001 is in the future: the journal ends at " + last,
                ask(request(STREAM, EPOCH, 1_000_000_000_000L, 1, OCTETS)));
        assertEquals(
                "1000 epoch 4294967295 of stream 1001 is in the future: the journal's last is 7",
                ask(request(STREAM, 0xFFFF_FFFFL, 1, 1, OCTETS)));
        assertEquals(
                "3 a replay request for less than one message, or more than can be",
                ask(request(STREAM, EPOCH, 1, -1, OCTETS)));
        assertEquals(
                "3 a replay request for fewer than 1024 octets or more than 16777216",
                ask(request(STREAM, EPOCH, 1, 1, -1)));
        assertEquals("3 a replay request has 32 octets", ask(new UnsafeBuffer(new byte[31])));
        assertEquals("0 1 packets", ask(request(STREAM, EPOCH, 1, PER_PACKET, OCTETS)));

        assertEquals(3, service.figures().refused(ReplayPeer.MALFORMED));
        assertEquals(1, service.figures().refused(ReplayPeer.NOT_ALLOWED));
        assertEquals(1, service.figures().refused(ReplayPeer.NO_JOURNAL));
        assertEquals(2, service.figures().refused(ReplayPeer.FUTURE));
        assertEquals(0, node.counters().rejected(), "no connection is closed for it");
    }

    @Test
    void shouldHoldUpNobodyForAPeerThatAsksForAllAndReadsNothing() throws IOException {
        write(JOURNAL_OCTETS);
        try (Socket greedy = greet("ny3")) {
            DirectBuffer all = request(STREAM, EPOCH, 1, ReplayRequestFlyweight.ALL, (int) JOURNAL_OCTETS);
            greedy.getOutputStream().write(LinkFrames.request(1, 60_000, ReplayService.NAME, octets(all)));
            awaiting("pages on their way", () -> service.figures().pages() > 8);

            for (int i = 0; i < 500; i++) {
                assertEquals("0 1 packets", ask(request(STREAM, EPOCH, 1 + i * PER_PACKET, PER_PACKET, OCTETS)));
            }
            long octets = service.figures().octets();
            assertTrue(octets < MOST_ON_THE_WAY, octets + " octets made of " + JOURNAL_OCTETS);
        }
    }

    @Test
    void shouldCloseTheConnectionOfOneWhoAsksABillionTimesAndServeTheOthers() throws IOException {
        write(100 * 1_000);
        try (Socket flooding = greet("ny3")) {
            byte[] body = octets(request(STREAM, EPOCH, 1, 1, OCTETS));
            assertTrue(isCutOff(flooding, body), "it could go on and on");
        }
        assertTrue(node.counters().rejected() >= 1);
        assertEquals("0 1 packets", ask(request(STREAM, EPOCH, 1, PER_PACKET, OCTETS)));
    }

    private static boolean isCutOff(Socket flooding, byte[] body) {
        for (long id = 1; id <= 1_000_000_000; id++) {
            try {
                flooding.getOutputStream().write(LinkFrames.request(id, 60_000, ReplayService.NAME, body));
            } catch (IOException closed) {
                return true;
            }
        }
        return false;
    }

    private Socket greet(String name) throws IOException {
        Socket stranger = new Socket();
        stranger.setReceiveBufferSize(4_096);
        stranger.connect(((LinkAddress.Tcp) server.addresses().get(0)).socket());
        stranger.getOutputStream().write(LinkFrames.hello(name, "ny", 1, 1));
        return stranger;
    }

    private String ask(DirectBuffer request) {
        Heard heard = new Heard();
        good.request(ReplayService.NAME, request, 0, request.capacity(), 20_000_000_000L, heard);
        awaiting("an answer", () -> !heard.said.isEmpty());
        return heard.said.remove();
    }

    private static UnsafeBuffer request(int stream, long epoch, long first, long count, int octets) {
        UnsafeBuffer body = new UnsafeBuffer(new byte[ReplayRequestFlyweight.LENGTH]);
        ReplayRequestFlyweight.encode(body, 0, stream, epoch, first, count, octets);
        return body;
    }

    private static byte[] octets(DirectBuffer body) {
        byte[] octets = new byte[body.capacity()];
        body.getBytes(0, octets);
        return octets;
    }

    private void write(long octets) {
        JournalContext context =
                JournalContext.of(folder.resolve("itch"), "itch", STREAM).minFree(0);
        try (JournalAppender appender = StreamJournal.appender(context, warning -> {})) {
            UnsafeBuffer packet = new UnsafeBuffer(ByteBuffer.allocateDirect(4_096));
            last = 0;
            for (long written = 0; written < octets; last += PER_PACKET) {
                byte[] next = Packets.data(STREAM, EPOCH, last + 1, last + PER_PACKET);
                packet.putBytes(0, next);
                appender.append(packet, 0, next.length);
                written += next.length;
            }
        }
    }

    /** The real journal of one stream. */
    private final class Library implements ReplayLibrary {
        @Override
        public @Nullable ReplayLog open(int stream) {
            return stream == STREAM ? new JournalLog(StreamJournal.of(folder, "itch")) : null;
        }

        @Override
        public boolean hasLines(int stream) {
            return false;
        }

        @Override
        public boolean send(int stream, DirectBuffer packet, int offset, int length) {
            return false;
        }
    }

    /** What was answered, in words. */
    private static final class Heard implements ReplyHandler {
        private final Queue<String> said = new ConcurrentLinkedQueue<>();

        @Override
        public void onReply(long requestId, int status, boolean isLast, DirectBuffer body, int offset, int length) {
            said.add(
                    status == 0
                            ? "0 " + ReplayPageFlyweight.count(body, offset) + " packets"
                            : status + " " + body.getStringWithoutLengthUtf8(offset, length));
        }

        @Override
        public void onLost(long requestId, String why) {
            said.add("lost: " + why);
        }
    }
}
