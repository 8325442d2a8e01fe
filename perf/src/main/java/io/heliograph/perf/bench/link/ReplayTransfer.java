// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import io.heliograph.config.LinkSecurity;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.link.LinkLimits;
import io.heliograph.engine.link.LinkNode;
import io.heliograph.engine.link.LinkServer;
import io.heliograph.engine.link.LinkTransport;
import io.heliograph.engine.link.netty.Sockets;
import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.link.tls.NodeCertificates;
import io.heliograph.engine.recovery.JournalLog;
import io.heliograph.engine.recovery.ReplayLibrary;
import io.heliograph.engine.recovery.ReplayLog;
import io.heliograph.engine.recovery.remote.ReplayService;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The service {@code replay} over a link, out of a journal on the disk: a client that asks for one stretch after the other, some at once,
 * and counts and throws away.
 *
 * <p><b>Thread:</b> one owner; the transfer runs on two of the links and one that reads the journal.
 */
public final class ReplayTransfer implements AutoCloseable {
    private static final int PACKETS_ASKED = 8_192;
    private static final int STRETCHES = 6;
    private static final int AT_ONCE = 3;
    private static final long TIMEOUT_NS = 60_000_000_000L;

    private final StreamJournal journal;
    private final LinkTransport transport;
    private final LinkNode node;
    private final LinkServer server;
    private final AgentRunner runner;

    /**
     * Writes a journal of some 70 MB and serves it.
     *
     * @param directory of journals; the one that is there is used again.
     * @param sockets of this kind.
     * @param name of the node at both ends.
     * @param certificates of both ends; null: plain.
     */
    public ReplayTransfer(Path directory, Sockets sockets, String name, @Nullable NodeCertificates certificates) {
        this.journal = BenchJournal.write(directory, PACKETS_ASKED * STRETCHES);
        transport = LinkTransport.start(sockets, 2);
        node = new LinkNode(name, "")
                .security(certificates == null ? LinkSecurity.NONE : LinkSecurity.TLS)
                .certificates(certificates);
        ReplayService service = new ReplayService(
                new OneJournal(), (session, stream) -> true, SystemNanoClock.INSTANCE, Throwable::printStackTrace);
        node.services().register(ReplayService.NAME, service);
        runner = new AgentRunner(service.bell(), Throwable::printStackTrace, null, service);
        AgentRunner.startOnThread(runner);
        server = LinkServer.bind(
                transport, node, List.of(LinkAddress.tcp("127.0.0.1", 0)), LinkLimits.DEFAULT, LinkEvent.Listener.NONE);
    }

    /**
     * Transfers over a new connection.
     *
     * @param forNs how long it is measured.
     * @return MB/s of pages that arrived.
     */
    public double megabytesPerSecond(long forNs) {
        TransferClock clock = new TransferClock();
        try (LinkClient client =
                LinkClient.connect(transport, node, node.name(), server.addresses(), LinkEvent.Listener.NONE)) {
            Asking asking = new Asking(client, clock);
            client.execute(asking::begin);
            double measured = clock.megabytesPerSecond(forNs);
            client.execute(asking::end);
            return measured;
        }
    }

    @Override
    public void close() {
        server.close();
        runner.close();
        transport.close();
    }

    /** The one journal that there is. */
    private final class OneJournal implements ReplayLibrary {
        @Override
        public ReplayLog open(int stream) {
            return new JournalLog(journal);
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

    /** Asks for the next stretch when one has come. */
    private static final class Asking implements ReplyHandler {
        private final LinkClient client;
        private final TransferClock clock;
        private final UnsafeBuffer request = new UnsafeBuffer(new byte[ReplayRequestFlyweight.LENGTH]);
        private int stretch;
        private boolean isOver;

        Asking(LinkClient client, TransferClock clock) {
            this.client = client;
            this.clock = clock;
        }

        void begin() {
            for (int i = 0; i < AT_ONCE; i++) {
                ask();
            }
        }

        void end() {
            isOver = true;
        }

        private void ask() {
            long count = (long) PACKETS_ASKED * BenchJournal.MESSAGES_PER_PACKET;
            long first = 1 + stretch * count;
            stretch = (stretch + 1) % STRETCHES;
            ReplayRequestFlyweight.encode(
                    request,
                    0,
                    BenchJournal.STREAM,
                    BenchJournal.EPOCH,
                    first,
                    count,
                    ReplayRequestFlyweight.MAX_OCTETS);
            client.request(ReplayService.NAME, request, 0, request.capacity(), TIMEOUT_NS, this);
        }

        @Override
        public void onReply(long requestId, int status, boolean isLast, DirectBuffer body, int offset, int length) {
            if (status != ReplyStatus.OK) {
                throw new IllegalStateException("refused: " + body.getStringWithoutLengthUtf8(offset, length));
            }
            clock.add(length);
            if (isLast && !isOver) {
                ask();
            }
        }

        @Override
        public void onLost(long requestId, String why) {
            if (!isOver) {
                throw new IllegalStateException("the transfer ended: " + why);
            }
        }
    }
}
