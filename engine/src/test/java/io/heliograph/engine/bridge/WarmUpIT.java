// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkLimits;
import io.heliograph.engine.link.LinkNode;
import io.heliograph.engine.link.LinkServer;
import io.heliograph.engine.link.LinkTransport;
import io.heliograph.engine.link.session.LinkSession;
import io.heliograph.engine.link.session.PullHandler;
import io.heliograph.engine.link.session.RequestHandler;
import io.heliograph.engine.priority.PeerState;
import java.util.List;
import java.util.Objects;
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
    private final AtomicInteger pulls = new AtomicInteger();
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
    void shouldPullNothingOverAPathBeforeItCounts() {
        AtomicReference<@Nullable Runnable> answer = new AtomicReference<>();
        LinkSession open = connect((from, id, service, body, offset, length) ->
                answer.set(() -> from.execute(() -> from.refuse(id, 1_000, "after all"))));
        IngressAgent agent = new IngressAgent(
                new BridgeCard("ny", new int[] {7}, new String[] {"ny1"}, new int[] {1}),
                IngressContext.of(IngressContext.Use.FAILOVER, false),
                new Empty(),
                SystemNanoClock.INSTANCE,
                HostClock.INSTANCE);
        assertEquals(PeerState.DISCONNECTED, agent.paths().get(0).peer().state());
        agent.onOpen(0, open);

        awaiting("it is asked", agent::doWork, () -> answer.get() != null);
        awaiting("it warms up", agent::doWork, () -> state(agent) == PeerState.WARMING);
        assertEquals(0, pulls.get());
        Runnable now = answer.get();
        assertFalse(now == null);
        now.run();

        awaiting("it counts", agent::doWork, () -> state(agent) == PeerState.AVAILABLE);
        awaiting("it is pulled over", agent::doWork, () -> pulls.get() == 1);
    }

    private static PeerState state(IngressAgent agent) {
        return agent.paths().get(0).peer().state();
    }

    @Test
    void shouldCountWhereThePeerDoesNotKnowIt() {
        warmUp(null);

        awaiting("it has answered", () -> done.get() == 1);
    }

    private void warmUp(@Nullable RequestHandler service) {
        WarmUp.begin(connect(service), SystemNanoClock.INSTANCE, done::incrementAndGet);
    }

    private LinkSession connect(@Nullable RequestHandler service) {
        LinkNode ny = new LinkNode("ny1", "ny").times(BridgePair.PATIENT).pulls(new Pulls());
        if (service != null) {
            ny.services().register(WarmUp.NAME, service);
        }
        LinkServer bound = LinkServer.bind(
                transport, ny, List.of(LinkAddress.tcp("127.0.0.1", 0)), LinkLimits.DEFAULT, event -> {});
        server = bound;
        LinkNode ldn = new LinkNode("ldn1", "ldn").times(BridgePair.PATIENT);
        client = LinkClient.connect(transport, ldn, "ny1", bound.addresses(), event -> {}, session::set);
        awaiting("a session", () -> session.get() != null);
        return Objects.requireNonNull(session.get());
    }

    /** Counts what is pulled. */
    private final class Pulls implements PullHandler {
        @Override
        public void onPull(LinkSession by, int stream, int pull, long epoch, long sequence) {
            pulls.incrementAndGet();
        }

        @Override
        public void onRoom(LinkSession by, int stream, int pull) {}

        @Override
        public void onStop(LinkSession by, int stream, int pull) {}
    }

    /** A host with an empty journal and no lines. */
    private static final class Empty implements IngressSite {
        @Override
        public Place end(int stream) {
            return new Place(0, 1, false);
        }

        @Override
        public @Nullable BridgeOutput open(int stream, Place from) {
            return null;
        }

        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public void say(String words) {}

        @Override
        public void warn(String words) {}
    }
}
