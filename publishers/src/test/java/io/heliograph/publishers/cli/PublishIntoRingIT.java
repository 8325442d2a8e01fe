// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.TopologyReader;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.intake.RingFile;
import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.RoleProcess;
import io.heliograph.publishers.normalise.ItchNormaliser;
import io.heliograph.publishers.replay.FeedSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The role {@code publish} on a stream of many writers: two processes, and the engine that sends what both give. */
@Tag("full")
@Timeout(60)
final class PublishIntoRingIT {
    /** Together more than the ring holds. */
    private static final int EACH = 60_000;

    private static final long MIDNIGHT_EPOCH_NS = 1_580_360_400_000_000_000L;

    @TempDir
    private Path folder;

    private final List<ByteBuffer> received = new ArrayList<>();
    private String name;
    private Path file;
    private Path ring;

    @BeforeEach
    void write() throws IOException {
        name = "put-" + ProcessHandle.current().pid();
        file = Files.writeString(folder.resolve("topology.xml"), """
                <topology xmlns="urn:heliograph:topology:1" name="%s">
                  <site name="local" multicast="%s">
                    <host name="host1">
                      <nic name="a" address="127.0.0.1/8"/>
                      <nic name="b" address="127.0.0.2/8"/>
                      <engine driver="engine"/>
                    </host>
                    <bond name="ab" nics="a b"/>
                  </site>
                  <stream name="trades" id="1001" site="local" publishers="host1" bond="ab" flow="min" writers="many"/>
                </topology>
                """.formatted(name, LoopbackTopology.range()));
        ring = RingFile.of(name, "host1", "trades");
    }

    @AfterEach
    void removeFiles() throws IOException {
        Path directory = DriverDirectories.of(name, "host1");
        for (String suffix : List.of(".engine.lock", ".driver.lock", ".log", "-trades.epoch")) {
            Files.deleteIfExists(Path.of(directory + suffix));
        }
        Files.deleteIfExists(ring);
        Files.deleteIfExists(Path.of(ring + ".lock"));
    }

    @Test
    void shouldCarryWhatTwoProcessesPublishEachInItsOrderAndLeaveTheEpochOpen() {
        HeliographContext context =
                new HeliographContext().topology(TopologyReader.read(file)).host("host1");
        try (RoleProcess engine = RoleProcess.start("engine", "--topology", file.toString(), "--host", "host1")) {
            engine.awaitOut("intake: stream trades: published in epoch");
            try (Heliograph heliograph = Heliograph.connect(context);
                    StreamSubscription subscription = heliograph.addSubscription("trades", StreamListener.NONE)) {
                Runnable work = () -> {
                    heliograph.doWork();
                    subscription.poll((buffer, offset, length, header) -> keep(buffer, offset, length), 64);
                };
                awaiting("heartbeats", work, () -> subscription.quality() == Quality.LIVE);
                try (RoleProcess one = publish("7");
                        RoleProcess other = publish("8")) {
                    awaiting("all of both", work, () -> received.size() == 2 * EACH);
                    assertPutIn(one);
                    assertPutIn(other);
                }
                assertFalse(subscription.isEnded());
                assertEquals(0, subscription.statistics().gaps());

                engine.interrupt();
                awaiting("the end of the epoch", work, subscription::isEnded);
                assertEquals(Quality.ENDED, subscription.quality());
                assertEquals(2 * EACH, received.size());
            }
            assertEquals(130, engine.awaitExit());
        }
        assertInterleaved(bodies("7"), bodies("8"));
    }

    @Test
    void shouldSayThatTheMessagesWaitWhenNoEngineTakesThem() {
        try (RoleProcess publisher = publish("7", "--wait", "100ms")) {
            assertEquals(1, publisher.awaitExit(), publisher::toString);
            publisher.awaitErr("waiting for the engine: there is no intake " + ring);
            publisher.awaitErr("start the engine first");
        }
        try (RoleProcess engine = RoleProcess.start("engine", "--topology", file.toString(), "--host", "host1")) {
            engine.awaitOut("intake: stream trades: published in epoch");
            engine.kill();
        }

        try (RoleProcess publisher = publish("7", "--wait", "100ms", "--driver-wait", "1s")) {
            assertEquals(1, publisher.awaitExit(), publisher::toString);
            publisher.awaitErr("no engine takes from the intake " + ring + ": messages wait in it until one does");
            publisher.awaitErr("not all of 60000 messages have left the intake");
        }
        try (RoleProcess publisher = publish("8", "--wait", "0s", "--driver-wait", "1s")) {
            assertEquals(1, publisher.awaitExit(), publisher::toString);
            publisher.awaitErr("the intake " + ring + " is full and no engine takes from it");
        }
    }

    private void assertPutIn(RoleProcess publisher) {
        assertEquals(0, publisher.awaitExit(), publisher::toString);
        String summary = publisher.out().get(publisher.out().size() - 1);
        assertTrue(
                summary.startsWith("{\"type\":\"summary\",\"stream\":\"trades\",\"ring\":\"" + ring + "\",\"messages\":"
                        + EACH + ",\"backPressured\":"),
                summary);
        assertTrue(summary.endsWith("\"tooLong\":0,\"endsEpoch\":false,\"failures\":[]}"), summary);
    }

    private RoleProcess publish(String seed, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "publish",
                "--topology",
                file.toString(),
                "--host",
                "host1",
                "--stream",
                "trades",
                "--source",
                source(seed),
                "--wait",
                "20s",
                "--json"));
        for (int i = 0; i < more.length; i += 2) {
            int at = words.indexOf(more[i]);
            if (at >= 0) {
                words.set(at + 1, more[i + 1]);
            } else {
                words.addAll(List.of(more[i], more[i + 1]));
            }
        }
        return RoleProcess.start(words.toArray(String[]::new));
    }

    private static String source(String seed) {
        return "generate:" + seed + ",messages=" + EACH + ",symbols=100";
    }

    private void keep(DirectBuffer buffer, int offset, int length) {
        byte[] octets = new byte[length];
        buffer.getBytes(offset, octets);
        received.add(ByteBuffer.wrap(octets));
    }

    private static List<ByteBuffer> bodies(String seed) {
        List<ByteBuffer> bodies = new ArrayList<>();
        ItchNormaliser normaliser = new ItchNormaliser(MIDNIGHT_EPOCH_NS);
        ExpandableArrayBuffer body = new ExpandableArrayBuffer();
        try (FeedSource feed = SourceOption.parse(source(seed)).open()) {
            while (feed.next()) {
                int length = normaliser.normalise(feed.buffer(), feed.offset(), feed.length(), body, 0);
                byte[] octets = new byte[length];
                body.getBytes(0, octets);
                bodies.add(ByteBuffer.wrap(octets));
            }
        }
        return bodies;
    }

    /** Every message of both, once, each one's in its order; whose a message was that both have is left open. */
    private void assertInterleaved(List<ByteBuffer> first, List<ByteBuffer> second) {
        BitSet taken = new BitSet();
        taken.set(0);
        for (int i = 0; i < received.size(); i++) {
            BitSet next = new BitSet();
            for (int a = taken.nextSetBit(0); a >= 0; a = taken.nextSetBit(a + 1)) {
                int b = i - a;
                if (a < first.size() && first.get(a).equals(received.get(i))) {
                    next.set(a + 1);
                }
                if (b < second.size() && second.get(b).equals(received.get(i))) {
                    next.set(a);
                }
            }
            assertFalse(next.isEmpty(), "message " + (i + 1) + " is neither's next");
            taken = next;
        }
        assertTrue(taken.get(first.size()));
    }
}
