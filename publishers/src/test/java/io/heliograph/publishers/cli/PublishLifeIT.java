// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.TopologyReader;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.cli.Main;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.RoleProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role {@code publish} as a process of its own, heard by a subscriber: how it ends, and what bad files do to it. */
@Tag("full")
class PublishLifeIT {
    private static final String UNKNOWN = "a message type that ITCH 5.0 does not know";

    @TempDir
    private Path folder;

    private Path topology;
    private Heliograph heliograph;
    private StreamSubscription subscription;

    @BeforeEach
    void listen() {
        topology = LoopbackTopology.sample(folder);
        heliograph = Heliograph.connect(new HeliographContext()
                .topology(TopologyReader.read(topology))
                .host("host1")
                .driver(DriverChoice.embedded()));
        subscription = heliograph.addSubscription("itch", StreamListener.NONE);
    }

    @AfterEach
    void close() {
        heliograph.close();
    }

    @Test
    void shouldEndTheEpochAndSumUpWhenCtrlCIsPressed() {
        try (RoleProcess publisher = publish("generate:1,messages=1000000,symbols=50", "--pace", "2000/s")) {
            awaiting("messages", this::poll, () -> subscription.statistics().messages() > 100);

            publisher.interrupt();

            awaitEnd(publisher, 130);
            String summary = summary(publisher);
            assertTrue(summary.contains("\"messages\":" + received() + ","), publisher::toString);
            assertTrue(received() < 1_000_000, publisher::toString);
            assertEquals(List.of(), publisher.err(), publisher::toString);
        }
    }

    @Test
    void shouldKeepTheEpochOpenUntilCtrlCWhenToldTo() {
        try (RoleProcess publisher = publish("generate:1,messages=5000,symbols=50", "--keep-open")) {
            awaiting("all", this::poll, () -> received() == 5_000);
            long untilNs = System.nanoTime() + 1_500_000_000L;
            awaiting("an end", this::poll, () -> subscription.isEnded() || System.nanoTime() - untilNs > 0);
            assertEquals(Quality.LIVE, subscription.quality());
            assertEquals(List.of(), publisher.out(), publisher::toString);

            publisher.interrupt();

            awaitEnd(publisher, 130);
            assertTrue(summary(publisher).contains("\"messages\":5000,"), publisher::toString);
        }
    }

    @Test
    void shouldGoOnAndSaySoOnceWhenATypeIsUnknown() throws IOException {
        List<byte[]> messages = messages(day());
        byte[] unknown = {'z', 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 42};
        messages.add(2_000, unknown);
        messages.add(3_000, unknown);
        messages.add(4_000, unknown);
        Path file = write(messages);

        try (RoleProcess publisher = publish("itch:" + file)) {
            awaitEnd(publisher, 0);

            assertEquals(5_003, received());
            assertTrue(summary(publisher).contains("\"unknownTypes\":3,"), publisher::toString);
            assertEquals(1, publisher.err().size(), publisher::toString);
            long octet = messages.subList(0, 2_000).stream()
                    .mapToLong(message -> message.length + 2)
                    .sum();
            assertTrue(
                    publisher.err().get(0).contains(file + ": octet " + octet + ": " + UNKNOWN), publisher::toString);
        }
    }

    @Test
    void shouldPublishAllAheadOfTheCutAndNoEndWhenAFileIsTruncated() throws IOException {
        byte[] whole = Files.readAllBytes(day());
        Path cut = Files.write(folder.resolve("cut-20200130"), Arrays.copyOf(whole, whole.length - 5));

        try (RoleProcess publisher = publish("itch:" + cut)) {
            awaitBreakOff(publisher);

            assertEquals(4_999, received());
            assertTrue(summary(publisher).contains("\"messages\":4999,"), publisher::toString);
            assertEquals(1, publisher.err().size(), publisher::toString);
            assertTrue(publisher.err().get(0).contains("runs over the end of the file"), publisher::toString);
        }
    }

    @Test
    void shouldPublishAllAheadOfTheCutAndNoEndWhenGzipIsCutShort() throws IOException {
        byte[] whole = Files.readAllBytes(generate("day-20200130.gz"));
        Path cut = Files.write(folder.resolve("cut-20200130.gz"), Arrays.copyOf(whole, whole.length / 2));

        try (RoleProcess publisher = publish("itch:" + cut)) {
            awaitBreakOff(publisher);

            assertTrue(received() > 1_000 && received() < 4_000, "received " + received());
            assertTrue(summary(publisher).contains("\"messages\":" + received() + ","), publisher::toString);
            assertEquals(1, publisher.err().size(), publisher::toString);
            assertTrue(publisher.err().get(0).startsWith("publish: " + cut + ": "), publisher::toString);
        }
    }

    private RoleProcess publish(String source, String... more) {
        List<String> call = new ArrayList<>(List.of("publish", "--topology", topology.toString(), "--host", "host1"));
        call.addAll(List.of("--stream", "itch", "--driver", "embedded", "--wait", "20s", "--json", "--source", source));
        call.addAll(List.of(more));
        return RoleProcess.start(call.toArray(String[]::new));
    }

    /** Listens until the epoch has ended, which it must before the process does. */
    private void awaitEnd(RoleProcess publisher, int exitCode) {
        awaiting("the end of the epoch", this::poll, subscription::isEnded);
        assertEquals(exitCode, publisher.awaitExit(), publisher::toString);
        assertEquals(0, subscription.statistics().lostMessages());
        assertFalse(publisher.toString().contains("\tat "), publisher::toString);
    }

    /** A feed that broke off is no epoch that has ended: whoever listens must be able to tell. */
    private void awaitBreakOff(RoleProcess publisher) {
        awaiting("its end", this::poll, () -> !publisher.isAlive());
        awaiting("the silence", this::poll, () -> subscription.quality() == Quality.STALE || subscription.isEnded());
        assertFalse(subscription.isEnded(), "the epoch has no end");
        assertEquals(1, publisher.awaitExit(), publisher::toString);
        assertEquals(0, subscription.statistics().lostMessages());
        assertTrue(publisher.err().get(0).endsWith("; all before it is published, and no end of the epoch"));
    }

    private void poll() {
        heliograph.doWork();
        subscription.poll((buffer, offset, length, header) -> {}, 64);
    }

    private long received() {
        return subscription.statistics().messages();
    }

    private static String summary(RoleProcess publisher) {
        assertEquals(1, publisher.out().size(), publisher::toString);
        String summary = publisher.out().get(0);
        assertTrue(summary.startsWith("{\"type\":\"summary\""), publisher::toString);
        return summary;
    }

    private Path day() {
        return generate("day-20200130");
    }

    private Path generate(String name) {
        Path file = folder.resolve(name);
        String[] call = {"generate", "--messages", "5000", "--symbols", "50", file.toString()};
        assertEquals(0, Main.commandLine().execute(call));
        return file;
    }

    private static List<byte[]> messages(Path file) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(Files.readAllBytes(file));
        List<byte[]> messages = new ArrayList<>();
        while (octets.hasRemaining()) {
            byte[] message = new byte[octets.getShort() & 0xFFFF];
            octets.get(message);
            messages.add(message);
        }
        return messages;
    }

    private Path write(List<byte[]> messages) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(1 << 20);
        messages.forEach(message -> octets.putShort((short) message.length).put(message));
        Path file = folder.resolve("unknown-20200130");
        return Files.write(file, Arrays.copyOf(octets.array(), octets.position()));
    }
}
