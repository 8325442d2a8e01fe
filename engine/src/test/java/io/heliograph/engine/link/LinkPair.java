// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import io.heliograph.config.LinkSecurity;
import io.heliograph.engine.link.netty.Sockets;
import io.heliograph.engine.link.session.LinkTimes;
import io.heliograph.engine.link.session.RequestHandler;
import io.heliograph.engine.link.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A server "ny1" with the services "echo" and "pages", and whatever it says of itself; and clients of it. */
final class LinkPair implements AutoCloseable {
    /** Patient enough for a machine that is busy with other tests. */
    static final LinkTimes PATIENT = new LinkTimes(250_000_000L, 40, 5_000_000_000L, 5_000_000_000L, 1_000_000_000L);

    private static final UnsafeBuffer PAGE = new UnsafeBuffer(new byte[64 << 10]);

    final LinkTransport transport;
    final LinkNode server = new LinkNode("ny1", "ny");
    final List<LinkEvent> events = new CopyOnWriteArrayList<>();
    private final Deque<Runnable> open = new ArrayDeque<>();

    LinkPair(Sockets sockets) {
        transport = LinkTransport.start(sockets, 2);
        server.times(PATIENT).security(LinkSecurity.AUTO);
        server.services().register("echo", new Echo());
        server.services().register("pages", new Pages());
    }

    LinkServer bind(LinkAddress... addresses) {
        return bind(LinkLimits.DEFAULT, addresses);
    }

    LinkServer bind(LinkLimits limits, LinkAddress... addresses) {
        LinkServer bound = LinkServer.bind(transport, server, List.of(addresses), limits, events::add);
        open.push(bound::close);
        return bound;
    }

    LinkClient call(LinkNode node, LinkAddress... addresses) {
        return call(node, "ny1", addresses);
    }

    LinkClient call(LinkNode node, String peer, LinkAddress... addresses) {
        LinkClient client = LinkClient.connect(transport, node, peer, List.of(addresses), events::add);
        open.push(client::close);
        return client;
    }

    static LinkNode node(String name) {
        return new LinkNode(name, "ny").times(PATIENT);
    }

    static Answer ask(LinkClient client, String service, String body) {
        Answer answer = new Answer();
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        client.request(service, new UnsafeBuffer(octets), 0, octets.length, 20_000_000_000L, answer);
        return answer;
    }

    boolean hasEvent(LinkEvent.Kind kind, String part) {
        return events.stream()
                .anyMatch(event -> event.kind() == kind && event.toString().contains(part));
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().run();
        }
        transport.close();
    }

    private static String key(Session from, long requestId) {
        return System.identityHashCode(from) + "/" + requestId;
    }

    /** Answers with what it was asked, and who asked: when the connection takes it, which may be full of other answers. */
    private static final class Echo implements RequestHandler {
        private final Map<String, byte[]> unsaid = new ConcurrentHashMap<>();

        @Override
        public void onRequest(Session from, long requestId, String service, DirectBuffer body, int offset, int length) {
            String said = from.peer() + " says " + Answer.text(body, offset, length);
            unsaid.put(key(from, requestId), said.getBytes(StandardCharsets.UTF_8));
            onWritable(from, requestId);
        }

        @Override
        public void onWritable(Session from, long requestId) {
            byte[] said = unsaid.get(key(from, requestId));
            if (said != null && from.reply(requestId, 0, true, new UnsafeBuffer(said), 0, said.length)) {
                unsaid.remove(key(from, requestId));
            }
        }

        @Override
        public void onGone(Session from, long requestId) {
            unsaid.remove(key(from, requestId));
        }
    }

    /** Answers with as many pages of 64 KiB as it was asked for. */
    private static final class Pages implements RequestHandler {
        private final Map<String, long[]> left = new ConcurrentHashMap<>();

        @Override
        public void onRequest(Session from, long requestId, String service, DirectBuffer body, int offset, int length) {
            left.put(key(from, requestId), new long[] {Long.parseLong(Answer.text(body, offset, length))});
            onWritable(from, requestId);
        }

        @Override
        public void onWritable(Session from, long requestId) {
            long[] pages = left.get(key(from, requestId));
            while (pages != null && pages[0] > 0 && from.isWritable()) {
                pages[0]--;
                from.reply(requestId, 0, pages[0] == 0, PAGE, 0, PAGE.capacity());
            }
        }

        @Override
        public void onGone(Session from, long requestId) {
            left.remove(key(from, requestId));
        }
    }
}
