// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkLimits;
import io.heliograph.engine.link.LinkNode;
import io.heliograph.engine.link.LinkServer;
import io.heliograph.engine.link.LinkTransport;
import io.heliograph.engine.link.session.LinkSession;
import io.heliograph.engine.link.session.RequestHandler;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a connection carries before it counts as a path. */
@Timeout(60)
final class WarmUpIT {
    private final LinkTransport transport = LinkTransport.start();
    private final AtomicReference<@Nullable LinkSession> session = new AtomicReference<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private @Nullable LinkServer server;
    private @Nullable LinkClient client;

    @AfterEach
    void tearDown() {
        CloseHelper.quietCloseAll(client, server, transport);
    }

    @Test
    void shouldHaveCarriedOctetsBothWays() {
        warmUp((from, id, service, body, offset, length) -> {
            asked.incrementAndGet();
            assertEquals(WarmUp.OCTETS, length);
            WarmUp.SERVICE.onRequest(from, id, service, body, offset, length);
        });

        awaiting("it counts", () -> done.get() > 0);

        assertTrue(asked.get() > 1 && asked.get() <= WarmUp.ROUNDS, asked::toString);
        assertEquals(1, done.get());
    }

    @Test
    void shouldNotCountBeforeAnythingHasComeBack() {
        AtomicReference<@Nullable Runnable> answer = new AtomicReference<>();
        warmUp((from, id, service, body, offset, length) ->
                answer.set(() -> from.execute(() -> from.refuse(id, 1_000, "after all"))));

        awaiting("it is asked", () -> answer.get() != null);
        assertEquals(0, done.get());
        Runnable now = answer.get();
        assertFalse(now == null);
        now.run();

        awaiting("a refusal is an answer", () -> done.get() == 1);
    }

    @Test
    void shouldCountWhereThePeerDoesNotKnowIt() {
        warmUp(null);

        awaiting("it has answered", () -> done.get() == 1);
    }

    private void warmUp(@Nullable RequestHandler service) {
        LinkNode ny = new LinkNode("ny1", "ny").times(BridgePair.PATIENT);
        if (service != null) {
            ny.services().register(WarmUp.NAME, service);
        }
        LinkServer bound = LinkServer.bind(
                transport, ny, List.of(LinkAddress.tcp("127.0.0.1", 0)), LinkLimits.DEFAULT, event -> {});
        server = bound;
        LinkNode ldn = new LinkNode("ldn1", "ldn").times(BridgePair.PATIENT);
        client = LinkClient.connect(transport, ldn, "ny1", bound.addresses(), event -> {}, session::set);
        awaiting("a session", () -> session.get() != null);
        LinkSession open = session.get();
        if (open != null) {
            WarmUp.begin(open, SystemNanoClock.INSTANCE, done::incrementAndGet);
        }
    }
}
