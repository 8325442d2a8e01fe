// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import io.heliograph.config.LinkSecurity;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.link.LinkLimits;
import io.heliograph.engine.link.LinkNode;
import io.heliograph.engine.link.LinkServer;
import io.heliograph.engine.link.LinkTransport;
import io.heliograph.engine.link.netty.Sockets;
import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.link.session.RequestHandler;
import io.heliograph.engine.link.session.Session;
import io.heliograph.engine.link.tls.NodeCertificates;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A link: a service that answers with pages of 64 KiB as long as somebody wants them, and a client that counts and throws away.
 *
 * <p><b>Thread:</b> one owner; the transfer runs on two of its own.
 */
public final class LinkTransfer implements AutoCloseable {
    private static final UnsafeBuffer PAGE = new UnsafeBuffer(new byte[64 << 10]);
    private static final UnsafeBuffer NONE = new UnsafeBuffer(new byte[0]);
    private static final long TIMEOUT_NS = 60_000_000_000L;

    private final LinkTransport transport;
    private final LinkNode node;
    private final LinkServer server;

    /**
     * A server of links.
     *
     * @param sockets of this kind.
     * @param name of the node at both ends.
     * @param certificates of both ends; null: plain.
     */
    public LinkTransfer(Sockets sockets, String name, @Nullable NodeCertificates certificates) {
        transport = LinkTransport.start(sockets, 2);
        node = new LinkNode(name, "")
                .security(certificates == null ? LinkSecurity.NONE : LinkSecurity.TLS)
                .certificates(certificates);
        node.services().register("pages", new Pages());
        server = LinkServer.bind(
                transport, node, List.of(LinkAddress.tcp("127.0.0.1", 0)), LinkLimits.DEFAULT, LinkEvent.Listener.NONE);
    }

    /**
     * Transfers over a new connection.
     *
     * @param forNs how long it is measured.
     * @return MB/s that arrived.
     */
    public double megabytesPerSecond(long forNs) {
        TransferClock clock = new TransferClock();
        try (LinkClient client =
                LinkClient.connect(transport, node, node.name(), server.addresses(), LinkEvent.Listener.NONE)) {
            long id = client.request("pages", NONE, 0, 0, TIMEOUT_NS, new Counting(clock));
            double measured = clock.megabytesPerSecond(forNs);
            client.cancel(id);
            return measured;
        }
    }

    @Override
    public void close() {
        server.close();
        transport.close();
    }

    private static final class Pages implements RequestHandler {
        @Override
        public void onRequest(Session from, long requestId, String service, DirectBuffer body, int offset, int length) {
            onWritable(from, requestId);
        }

        @Override
        public void onWritable(Session from, long requestId) {
            while (from.isWritable() && from.isWanted(requestId)) {
                from.reply(requestId, 0, false, PAGE, 0, PAGE.capacity());
            }
        }
    }

    private record Counting(TransferClock clock) implements ReplyHandler {
        @Override
        public void onReply(long requestId, int status, boolean isLast, DirectBuffer body, int offset, int length) {
            clock.add(length);
        }

        @Override
        public void onLost(long requestId, String why) {
            throw new IllegalStateException("the transfer ended: " + why);
        }
    }
}
