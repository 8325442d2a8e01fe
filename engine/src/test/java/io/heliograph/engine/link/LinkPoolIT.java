// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.link.netty.Sockets;
import io.heliograph.engine.link.session.LinkCounters.Count;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

    private static Answer ask(LinkPool pool, String peer, String text) {
        Answer answer = new Answer();
        UnsafeBuffer body = new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
        pool.request(peer, "echo", body, 0, body.capacity(), 20_000_000_000L, answer);
        return answer;
    }
}
