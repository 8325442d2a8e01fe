// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.link.LinkEvent.Kind;
import io.heliograph.engine.link.netty.Sockets;
import io.heliograph.engine.link.session.LinkCounters.Count;
import io.heliograph.engine.link.session.RequestHandler;
import io.heliograph.engine.link.session.Session;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A pool over real connections. */
final class LinkPoolIT {
    private static final LinkAddress ANY = LinkAddress.tcp("127.0.0.1", 0);

    @Test
    void shouldAnswerManyRequestsOverOneConnectionAndCloseItWhenIdle() throws Exception {
        try (LinkPair pair = new LinkPair(Sockets.best())) {
            List<LinkAddress> there = pair.bind(ANY).addresses();
            LinkNode node = LinkPair.node("ny2");
            PoolLimits limits = new PoolLimits(2, 1_000_000_000L, 1e6, 1e5);
            try (LinkPool pool = new LinkPool(
                    pair.transport, node, peer -> peer.equals("ny1") ? there : List.of(), limits, pair.events::add)) {
                List<Answer> answers = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    answers.add(ask(pool, "ny1", "r" + i));
                }
                for (int i = 0; i < 200; i++) {
                    assertEquals(
                            List.of("0 last: ny2 says r" + i), answers.get(i).whole());
                }
                assertEquals(1, node.counters().of(Count.OPENED));
                assertEquals(
                        List.of("lost: no address of ny9 is known"),
                        ask(pool, "ny9", "").whole());

                awaiting(
                        "the idle connection closed",
                        () -> pair.server.counters().open() == 0);
                assertEquals(
                        List.of("0 last: ny2 says again"),
                        ask(pool, "ny1", "again").whole());
                assertEquals(2, node.counters().of(Count.OPENED));
            }
        }
    }

    @Test
    void shouldTryOnceAPauseWhereNobodyListens() throws Exception {
        try (LinkPair pair = new LinkPair(Sockets.best())) {
            LinkServer dead = pair.bind(ANY);
            List<LinkAddress> gone = dead.addresses();
            dead.close();
            LinkNode node = LinkPair.node("ny2");
            try (LinkPool pool =
                    new LinkPool(pair.transport, node, peer -> gone, PoolLimits.DEFAULT, LinkEvent.Listener.NONE)) {
                List<Answer> answers = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    answers.add(ask(pool, "ny1", ""));
                }
                for (Answer answer : answers) {
                    String said = answer.whole().get(0);
                    assertTrue(said.startsWith("lost: no connection to ny1"), said);
                }
                assertTrue(
                        node.counters().of(Count.DIALLED) <= 3,
                        "attempts: " + node.counters().of(Count.DIALLED));
            }
        }
    }

    @Test
    void shouldLoseAtOnceWhatWasAskedByAWayThatIsGoneAndTakeAnotherAddress() throws Exception {
        try (LinkPair pair = new LinkPair(Sockets.best())) {
            LinkAddress first = pair.bind(ANY).addresses().get(0);
            LinkAddress second =
                    pair.bind(LinkAddress.tcp("127.0.0.3", 0)).addresses().get(0);
            List<LinkAddress> places = new CopyOnWriteArrayList<>(List.of(first, second));
            pair.server.services().register("silence", new Silence());
            LinkNode node = LinkPair.node("ny2");
            try (LinkPool pool =
                    new LinkPool(pair.transport, node, peer -> places, PoolLimits.DEFAULT, pair.events::add)) {
                assertEquals(
                        List.of("0 last: ny2 says here"),
                        ask(pool, "ny1", "here").whole());
                Answer unanswered = ask(pool, "ny1", "silence", "for ever");
                awaiting("asked", () -> pair.server.counters().of(Count.REQUESTS) == 2);

                pool.drop((local, remote) -> remote.getHostAddress().equals("127.0.0.9"), "NIC z is down");
                assertEquals(
                        List.of("0 last: ny2 says still"),
                        ask(pool, "ny1", "still").whole());
                places.remove(first);
                // Without this it would be waited for until the peer has been silent for 10 s.
                pool.drop((local, remote) -> remote.getHostAddress().equals("127.0.0.1"), "NIC a is down");

                String lost = unanswered.whole().get(0);
                assertTrue(lost.startsWith("lost: ") && lost.contains("NIC a is down"), lost);
                awaiting("closed", () -> pair.hasEvent(Kind.CLOSED, "NIC a is down"));
                assertEquals(
                        List.of("0 last: ny2 says there"),
                        ask(pool, "ny1", "there").whole());
                assertTrue(pair.hasEvent(Kind.OPENED, second.toString()), "by the other address");
            }
        }
    }

    @Test
    void shouldGiveUpAnAttemptWhoseWayIsGoneAndTryTheNextAddress() throws Exception {
        try (LinkPair pair = new LinkPair(Sockets.best());
                ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"));
                Socket one = new Socket(deaf.getInetAddress(), deaf.getLocalPort());
                Socket two = new Socket(deaf.getInetAddress(), deaf.getLocalPort())) {
            // Its queue is full: whoever connects hears nothing.
            assertTrue(one.isConnected() && two.isConnected());
            LinkAddress there = pair.bind(ANY).addresses().get(0);
            LinkAddress mute = LinkAddress.tcp("127.0.0.3", deaf.getLocalPort());
            LinkNode node = LinkPair.node("ny2");
            try (LinkPool pool = new LinkPool(
                    pair.transport, node, peer -> List.of(mute, there), PoolLimits.DEFAULT, pair.events::add)) {
                Answer answer = ask(pool, "ny1", "hello");
                awaiting("dialled", () -> node.counters().of(Count.DIALLED) == 1);

                pool.drop((local, remote) -> remote.getHostAddress().equals("127.0.0.3"), "NIC b is down");

                assertEquals(List.of("0 last: ny2 says hello"), answer.whole());
                assertTrue(pair.hasEvent(Kind.UNREACHED, "NIC b is down"), pair.events::toString);
                assertEquals(2, node.counters().of(Count.DIALLED));
            }
        }
    }

    /** Never answers. */
    private static final class Silence implements RequestHandler {
        @Override
        public void onRequest(
                Session from, long requestId, String service, DirectBuffer body, int offset, int length) {}
    }

    private static Answer ask(LinkPool pool, String peer, String text) {
        return ask(pool, peer, "echo", text);
    }

    private static Answer ask(LinkPool pool, String peer, String service, String text) {
        Answer answer = new Answer();
        UnsafeBuffer body = new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
        pool.request(peer, service, body, 0, body.capacity(), 20_000_000_000L, answer);
        return answer;
    }
}
