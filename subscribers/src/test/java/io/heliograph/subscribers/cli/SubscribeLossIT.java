// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.ExclusivePublication;
import io.heliograph.config.Line;
import io.heliograph.config.Lines;
import io.heliograph.config.NicAddress;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.media.ChannelSettings;
import io.heliograph.engine.media.Channels;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.Packets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the role ends with when its messages are not those that were published: packets written by hand, with holes. */
class SubscribeLossIT {
    private static final int STREAM = 1;
    private static final long EPOCH = 7;

    @TempDir
    private Path folder;

    private Path file;

    @Test
    void shouldEndWith1AndSayHowManyWhenMessagesAreLostForGood() throws IOException {
        Captured run = subscribe(
                Packets.end(STREAM, EPOCH, 20),
                Packets.data(STREAM, EPOCH, 1, 10),
                Packets.data(STREAM, EPOCH, 14, 20));

        assertEquals(1, run.exitCode(), run.err());
        assertTrue(run.err().contains("gap: epoch 7, messages 11 to 13 are lost (3)"), run.err());
        assertTrue(
                run.err()
                        .endsWith("subscribe itch: messages are lost for good: 3 that are known, gaps: 1"
                                + System.lineSeparator()),
                run.err());
        assertTrue(run.out().contains("itch epoch 7: 17 messages, 1 gaps, 3 lost,"), run.out());
        assertTrue(run.out().matches("(?s).*\nA +17 +0 +0 +0 +3 +0 +15\\.000% .*"), run.out());
        assertTrue(run.out().contains("line A: lost 3 messages that no line brought in time: gone"), run.out());
    }

    @Test
    void shouldEndWith1AndSaySoWhenASealDoesNotMatch() throws IOException {
        Captured run = subscribe(
                Packets.end(STREAM, EPOCH, 10),
                Packets.data(STREAM, EPOCH, 1, 10),
                Packets.seal(STREAM, EPOCH, 1, 10, ~Packets.crc(EPOCH, 1, 10)));

        assertEquals(1, run.exitCode(), run.err());
        assertTrue(
                run.err()
                        .endsWith("subscribe itch: what was received is not what was sealed, seals: 1"
                                + System.lineSeparator()),
                run.err());
        assertTrue(run.out().contains("itch epoch 7: 10 messages, 0 gaps, 0 lost,"), run.out());
    }

    @Test
    void shouldEndWith0WhenAllCame() throws IOException {
        Captured run = subscribe(
                Packets.end(STREAM, EPOCH, 10), Packets.data(STREAM, EPOCH, 1, 10), Packets.seal(STREAM, EPOCH, 1, 10));

        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.err());
    }

    /** Runs the role until the end; the end is repeated as a publisher does. */
    private Captured subscribe(byte[] end, byte[]... packets) throws IOException {
        file = Files.writeString(folder.resolve("topology.xml"), """
                <topology xmlns="urn:heliograph:topology:1" name="subscribe-loss-%d">
                  <site name="local" multicast="%s">
                    <host name="host1"><nic name="a" address="127.0.0.1/8"/></host>
                    <bond name="a" nics="a"/>
                  </site>
                  <stream name="itch" id="1" site="local" publishers="host1" bond="a" lines="pin" budget="300ms"/>
                </topology>
                """.formatted(
                        ProcessHandle.current().pid(), LoopbackTopology.range()));
        CompletableFuture<Captured> run = CompletableFuture.supplyAsync(() -> Captured.run(
                "subscribe",
                "--topology=" + file,
                "--host=host1",
                "--stream=itch",
                "--driver=embedded",
                "--until-end"));
        publish(run, end, packets);
        return run.join();
    }

    private void publish(CompletableFuture<Captured> run, byte[] end, byte[]... packets) {
        Topology topology = TopologyReader.read(file);
        Stream stream = topology.stream("itch").orElseThrow();
        Line line = Lines.of(topology, stream).get(0);
        NicAddress nic = topology.sites().get(0).hosts().get(0).nics().get(0).address();
        HeliographContext context =
                new HeliographContext().topology(topology).host("host1").driver(DriverChoice.embedded());
        try (Heliograph heliograph = Heliograph.connect(context);
                ExclusivePublication publication = heliograph
                        .aeron()
                        .addExclusivePublication(
                                Channels.publication(line, nic, ChannelSettings.of(topology, stream)), STREAM)) {
            for (byte[] packet : packets) {
                while (!run.isDone() && (!publication.isConnected() || offer(publication, packet) < 0)) {
                    heliograph.doWork();
                }
            }
            while (!run.isDone()) {
                offer(publication, end);
                YieldingIdleStrategy.INSTANCE.idle(heliograph.doWork());
            }
        }
    }

    private static long offer(ExclusivePublication publication, byte[] packet) {
        return publication.offer(new UnsafeBuffer(packet), 0, packet.length);
    }
}
