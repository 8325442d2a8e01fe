// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.stream.PacketLine;
import io.heliograph.engine.stream.PublicationContext;
import io.heliograph.engine.stream.PublicationTick;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.BridgedSites;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.StreamRecorder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ingresses send in a site that a bridge leads to, its hosts hear: over the network, and beside an ingress by spies on its lines. */
final class BridgedLinesIT {
    private static final long EPOCH = 7;
    private static final int MESSAGES = 2_000;

    @TempDir
    private Path folder;

    private final Map<String, Heliograph> hosts = new HashMap<>();
    private final List<StreamPublication> publications = new ArrayList<>();
    private final List<Consumer> consumers = new ArrayList<>();
    private Topology topology;

    private record Consumer(StreamSubscription subscription, StreamRecorder recorder) {}

    @AfterEach
    void close() {
        CloseHelper.closeAll(publications);
        CloseHelper.closeAll(hosts.values());
    }

    @Test
    void shouldHearAnIngressOverTheNetworkAndBesideItWithoutOne() {
        topology = BridgedSites.one(folder, "", "");
        Consumer beside = subscribe("ldn1");
        Consumer other = subscribe("ldn3");
        Consumer home = subscribe("ny2");
        StreamPublication ingress = ingress("ldn1");
        awaiting("to be heard", this::cycle, () -> ingress.isFullyConnected() && isHeard(other, 0, 1));
        awaiting(
                "to be heard by spies", this::cycle, () -> beside.subscription().isLocal());

        publish(MESSAGES);

        awaitAll(beside, MESSAGES);
        awaitAll(other, MESSAGES);
        awaitMostOf(other, MESSAGES, 0, 1);
        assertEquals(0, home.recorder().messages());
        assertFalse(home.subscription().isConnected());
    }

    @Test
    void shouldArbitrateTwoIngressesOfOneSite() {
        topology = BridgedSites.two(folder, "", "");
        StreamPublication first = ingress("ldn1");
        StreamPublication second = ingress("ldn2");
        Consumer beside = subscribe("ldn1");
        Consumer other = subscribe("ldn3");
        awaiting(
                "to be heard",
                this::cycle,
                () -> first.isFullyConnected()
                        && second.isFullyConnected()
                        && isHeard(other, 0, 1, 2, 3)
                        && isHeard(beside, 0, 1, 2, 3)
                        && beside.subscription().isSpied(0)
                        && beside.subscription().isSpied(1));
        assertFalse(beside.subscription().isSpied(2));
        assertFalse(beside.subscription().isLocal());

        publish(MESSAGES);

        awaitAll(beside, MESSAGES);
        awaitAll(other, MESSAGES);
        awaitMostOf(beside, MESSAGES, 0, 1, 2, 3);
        awaitMostOf(other, MESSAGES, 0, 1, 2, 3);

        // One of them goes, and the other one's lines are all there is.
        publications.remove(first);
        first.close();
        publish(MESSAGES);
        awaitAll(beside, 2 * MESSAGES);
        awaitAll(other, 2 * MESSAGES);
        awaitMostOf(beside, 2 * MESSAGES, 2, 3);
        awaitMostOf(other, 2 * MESSAGES, 2, 3);
        assertTrue(brought(other).get(0) <= MESSAGES && brought(beside).get(1) <= MESSAGES);
    }

    @Test
    void shouldSendOnTheLineThatTheBridgesPolicyChooses() {
        topology = BridgedSites.one(folder, "lines=\"redundant\"", "lines=\"pin\"");
        StreamPublication ingress = ingress("ldn1");
        Consumer other = subscribe("ldn3");
        awaiting("to be heard", this::cycle, () -> ingress.isConnected() && isHeard(other, 0, 1));

        publish(MESSAGES);

        awaitAll(other, MESSAGES);
        awaitMostOf(other, MESSAGES, 0);
        assertEquals(0, brought(other).get(1));
    }

    @Test
    void shouldOpenNothingForWhoIsNoIngress() {
        topology = BridgedSites.one(folder, "", "");

        assertTrue(assertThrows(HeliographException.class, () -> ingress("ldn2"))
                .getMessage()
                .contains("host ldn2 sends nothing of stream itch in site ldn"));
        assertTrue(assertThrows(HeliographException.class, () -> ingress("ny1"))
                .getMessage()
                .contains("stream itch comes from site ny"));
    }

    private Heliograph host(String name) {
        return hosts.computeIfAbsent(
                name,
                host -> Heliograph.connect(new HeliographContext()
                        .topology(topology)
                        .host(host)
                        .driver(DriverChoice.embedded())
                        .stateDirectory(folder)));
    }

    private Consumer subscribe(String host) {
        StreamRecorder recorder = new StreamRecorder();
        SubscriptionOptions options = SubscriptionOptions.DEFAULT.withoutRepair();
        Consumer consumer = new Consumer(host(host).addSubscription("itch", recorder, options), recorder);
        consumers.add(consumer);
        return consumer;
    }

    /** All ingresses send the same, as they do over bridges. */
    private StreamPublication ingress(String host) {
        Heliograph heliograph = host(host);
        IngressLines lines = heliograph.addIngressLines("itch", PublicationOptions.DEFAULT);
        Stream itch = topology.stream("itch").orElseThrow();
        PublicationContext context = new PublicationContext(
                "itch", itch.id(), EPOCH, 0, false, false, HostClock.INSTANCE, SystemNanoClock.INSTANCE);
        StreamPublication publication = new StreamPublication(
                context,
                lines.route(),
                lines.open().toArray(new PacketLine[0]),
                heliograph::doWork,
                PublicationTick.NONE);
        publications.add(publication);
        return publication;
    }

    private void publish(int messages) {
        for (int i = 0; i < messages; i++) {
            for (StreamPublication publication : publications) {
                byte[] body = Packets.body(EPOCH, publication.nextSequence());
                UnsafeBuffer message = new UnsafeBuffer(body);
                awaiting("accepted", this::cycle, () -> publication.offer(message, 0, body.length) > 0);
            }
            if (i % 20 == 19) {
                publications.forEach(StreamPublication::flush);
                cycle();
                cycle();
            }
        }
        publications.forEach(StreamPublication::flush);
    }

    private void cycle() {
        hosts.values().forEach(Heliograph::doWork);
        publications.forEach(StreamPublication::doWork);
        for (Consumer consumer : consumers) {
            consumer.subscription().poll(consumer.recorder(), 64);
        }
    }

    private void awaitAll(Consumer consumer, int messages) {
        awaiting("all messages", this::cycle, () -> consumer.recorder().messages() >= messages);
        assertEquals(0, consumer.recorder().wrongBodies());
        int before = messages - MESSAGES;
        String begun = before == 0 ? "epoch " + EPOCH + " from 1, 1-" : (before + 1) + "-";
        assertEquals(begun + messages, consumer.recorder().heard());
    }

    private static boolean isHeard(Consumer consumer, int... lines) {
        boolean isHeard = true;
        for (int line : lines) {
            isHeard &= consumer.subscription().isConnected(line);
        }
        return isHeard;
    }

    /** Late copies are still under way when the last message is there, and lines without NAK may lose some. */
    private void awaitMostOf(Consumer consumer, int messages, int... lines) {
        awaiting("copies on lines " + Arrays.toString(lines), this::cycle, () -> {
            List<Long> brought = brought(consumer);
            return Arrays.stream(lines).allMatch(line -> brought.get(line) > messages - MESSAGES / 2);
        });
    }

    /** How much each line has brought, first or after another one. */
    private static List<Long> brought(Consumer consumer) {
        List<Long> brought = new ArrayList<>();
        for (int line = 0; line < consumer.subscription().lineCount(); line++) {
            brought.add(consumer.subscription().line(line).won()
                    + consumer.subscription().line(line).lost());
        }
        return brought;
    }
}
