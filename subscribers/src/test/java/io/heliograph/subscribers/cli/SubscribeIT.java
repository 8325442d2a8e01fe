// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.ExclusivePublication;
import io.heliograph.config.Line;
import io.heliograph.config.Lines;
import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.PublicationOptions;
import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.schema.sbe.Side;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.testkit.OrderBody;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.PacketFlyweight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream over loopback into the role's files and summary; each side with a driver of its own. */
class SubscribeIT {
    private static final long DOLLAR = 1_000_000_000L;
    private static final int PLACES = 200;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    private final OrderBody body = new OrderBody(buffer, 0);

    @TempDir
    private Path folder;

    private EpochNanoClock publishersClock = HostClock.INSTANCE;

    @Test
    void shouldWriteBooksAndSummaryWhenTheEpochEnds() throws IOException {
        Path file = topology();
        CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> publish(TopologyReader.read(file)));
        Path book = folder.resolve("book.csv");
        Path bbo = folder.resolve("bbo.csv");

        Captured run = Captured.run(
                "subscribe",
                "--topology=" + file,
                "--host=host1",
                "--stream=itch",
                "--driver=embedded",
                "--until-end",
                "--json",
                "--book=" + book,
                "--bbo=" + bbo);
        publisher.join();

        assertEquals(0, run.exitCode(), run.err());
        assertEquals(List.of("symbol,side,price,size,orders", "#13,B,320.0000,100,1"), Files.readAllLines(book));
        assertEquals(
                List.of(
                        "sequence,symbol,bidPrice,bidSize,askPrice,askSize",
                        "1,#13,320.0000,100,0.0000,0",
                        "2,#13,320.0000,100,321.0000,50",
                        "3,#13,320.0000,100,0.0000,0"),
                Files.readAllLines(bbo));
        String summary = run.out().lines().reduce((first, second) -> second).orElse("");
        assertTrue(summary.startsWith("{\"type\":\"summary\",\"stream\":\"itch\""), run.out());
        assertTrue(summary.contains("\"messages\":3,\"gaps\":0,\"lost\":0"), summary);
        assertTrue(summary.contains("\"quality\":\"ENDED\""), summary);
        assertTrue(
                summary.matches(
                        ".*\\{\"name\":\"A\",\"won\":[0-9]+,\"packetsWon\":[0-9]+,\"lost\":[0-9]+,\"duplicates\":0,"
                                + "\"missing\":0,\"lostOnlyHere\":0,\"lostOnAll\":0,\"repaired\":0,\"driverLosses\":0,"
                                + "\"driverLostOctets\":0,\"lossShare\":0.0,\"leadMeanNs\":[0-9]+,\"leadMaxNs\":[0-9]+,"
                                + "\"leadNs\":\\{\"count\":[0-9]+,\"p50\":[0-9]+,\"p90\":[0-9]+,\"p99\":[0-9]+,\"max\":[0-9]+},"
                                + "\"leadHistogram\":\\[.*],\"lateNs\":0,\"skewAlarms\":0},.*"),
                summary);
        assertTrue(summary.matches(".*\"latencyNs\":\\{\"p50\":[1-9][0-9]*,.*\"early\":0,\"earliest\":0}.*"), summary);
        assertTrue(summary.contains("\"byType\":{\"OrderAdd\":2,\"OrderDelete\":1}"), summary);
        assertTrue(run.out().lines().allMatch(line -> line.startsWith("{") && line.endsWith("}")), run.out());
    }

    @Test
    void shouldEndAndPrintWhenTheCountIsReached() throws IOException {
        Path file = topology();
        CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> publish(TopologyReader.read(file)));

        Captured run = Captured.run(
                "subscribe",
                "--topology=" + file,
                "--host=host1",
                "--stream=itch",
                "--driver=embedded",
                "--count=2",
                "--print");
        publisher.join();

        assertEquals(0, run.exitCode(), run.err());
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).startsWith("1 OrderAdd instrument=13 "), run.out());
        assertTrue(lines.get(1).startsWith("2 OrderAdd instrument=13 "), run.out());
        assertTrue(lines.get(2).contains(" 2 messages, 0 gaps, 0 lost"), run.out());
    }

    @Test
    void shouldCountMessagesThatCameBeforeTheyWereSentWhenThePublishersClockIsAhead() throws IOException {
        Path file = topology();
        publishersClock = () -> HostClock.INSTANCE.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> publish(TopologyReader.read(file)));

        Captured run = Captured.run(
                "subscribe", "--topology=" + file, "--host=host1", "--stream=itch", "--driver=embedded", "--until-end");
        publisher.join();

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("latency  not known"), run.out());
        // A minute, less what the three were on their way.
        assertTrue(
                run.out()
                        .matches(
                                "(?s).*clocks   3 messages came before they were sent, by up to 5[0-9],[0-9]{3},[0-9]{3}"
                                        + "\\.[0-9] us.*"),
                run.out());
    }

    @Test
    void shouldTellWhatItDroppedOnceForEachReasonAndCountAllOfIt() throws IOException {
        Captured run = subscribeToBadPackets();

        assertEquals(0, run.exitCode(), run.err());
        assertEquals(
                List.of(
                        "dropped a packet with a wrong count of messages",
                        "dropped a packet with a length that runs over its end",
                        "dropped a packet of an epoch that is over",
                        "dropped a packet of another stream",
                        "dropped a packet of a version that is not known here"),
                run.err()
                        .lines()
                        .filter(line -> line.startsWith("subscribe itch: line A: dropped"))
                        .map(line -> line.substring(24, line.indexOf(';')))
                        .toList());
        assertTrue(run.out().contains(" 2 messages, 0 gaps, 0 lost"), run.out());
        assertTrue(
                run.out()
                        .contains("dropped  bad_count 3, foreign_stream 3, length_past_end 3, old_epoch 3,"
                                + " unknown_version 3"),
                run.out());
    }

    @Test
    void shouldTellMachinesWhatItDropped() throws IOException {
        Captured run = subscribeToBadPackets("--json");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(
                run.out()
                        .contains("{\"type\":\"dropped\",\"stream\":\"itch\",\"line\":\"A\","
                                + "\"reason\":\"old_epoch\"}"),
                run.out());
        assertTrue(
                run.out()
                        .contains("\"dropped\":{\"bad_count\":3,\"foreign_stream\":3,\"length_past_end\":3,"
                                + "\"old_epoch\":3,\"unknown_version\":3}"),
                run.out());
    }

    private Captured subscribeToBadPackets(String... options) throws IOException {
        Path file = topology();
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Void> sender =
                CompletableFuture.runAsync(() -> sendBadPackets(TopologyReader.read(file), isOver));
        List<String> call = new ArrayList<>(List.of(
                "subscribe",
                "--topology=" + file,
                "--host=host1",
                "--stream=itch",
                "--driver=embedded",
                "--until-end"));
        call.addAll(List.of(options));
        Captured run = Captured.run(call.toArray(new String[0]));
        isOver.set(true);
        sender.join();
        return run;
    }

    /** Sends on line A alone, by hand: two good messages and between them, three times, what must not be believed. */
    private static void sendBadPackets(Topology topology, AtomicBoolean isOver) {
        byte[] wrongCount = Packets.data(1, 1000, 2, 2);
        wrongCount[PacketFlyweight.COUNT_OFFSET] = 9;
        byte[] pastEnd = Packets.data(1, 1000, 2, 2);
        pastEnd[PacketFlyweight.HEADER_LENGTH + 1] = 1;
        byte[] version = Packets.data(1, 1000, 2, 2);
        version[PacketFlyweight.VERSION_OFFSET] = 9;
        byte[] oldEpoch = Packets.data(1, 999, 2, 2);
        byte[] foreign = Packets.data(7, 1000, 2, 2);
        List<byte[]> packets = new ArrayList<>(List.of(Packets.data(1, 1000, 1, 1)));
        for (int i = 0; i < 3; i++) {
            packets.addAll(List.of(wrongCount, pastEnd, oldEpoch, foreign, version));
        }
        packets.addAll(List.of(Packets.data(1, 1000, 2, 2), Packets.end(1, 1000, 2)));
        Line line = Lines.of(topology, topology.stream("itch").orElseThrow()).get(0);
        String uri = "aeron:udp?interface=127.0.0.1/8|mtu=1408|endpoint="
                + line.group().getHostAddress() + ":" + line.port();
        HeliographContext context =
                new HeliographContext().topology(topology).host("host1").driver(DriverChoice.embedded());
        try (Heliograph heliograph = Heliograph.connect(context);
                ExclusivePublication publication = heliograph.aeron().addExclusivePublication(uri, 1)) {
            Iterator<byte[]> next = packets.iterator();
            byte[] packet = next.next();
            while (!isOver.get()) {
                if (publication.offer(new UnsafeBuffer(packet)) > 0 && next.hasNext()) {
                    packet = next.next();
                }
                YieldingIdleStrategy.INSTANCE.idle(heliograph.doWork());
            }
        }
    }

    private void publish(Topology topology) {
        HeliographContext context = new HeliographContext()
                .topology(topology)
                .host("host1")
                .driver(DriverChoice.embedded())
                .wallClock(publishersClock)
                .stateDirectory(folder);
        try (Heliograph heliograph = Heliograph.connect(context);
                StreamPublication publication =
                        heliograph.addPublication("itch", PublicationOptions.DEFAULT.receivers(1))) {
            while (!publication.isFullyConnected()) {
                work(heliograph, publication);
            }
            offer(publication, body.add(13, 1, Side.BUY, 320 * DOLLAR, 100));
            offer(publication, body.add(13, 2, Side.SELL, 321 * DOLLAR, 50));
            offer(publication, body.delete(13, 2));
            publication.flush();
            while (publication.endEpoch() < 0) {
                work(heliograph, publication);
            }
            while (publication.isLingering()) {
                work(heliograph, publication);
            }
        }
    }

    private static void work(Heliograph heliograph, StreamPublication publication) {
        YieldingIdleStrategy.INSTANCE.idle(heliograph.doWork() + publication.doWork());
    }

    private void offer(StreamPublication publication, int length) {
        assertTrue(publication.offer(buffer, 0, length) > 0);
    }

    /** Groups of this process alone, so that runs on one machine do not meet. */
    private Path topology() throws IOException {
        long place = ProcessHandle.current().pid() % PLACES;
        return Files.writeString(folder.resolve("topology.xml"), """
            <topology xmlns="urn:heliograph:topology:1" name="subscribe-it-%1$d">
              <site name="local" multicast="239.21.%1$d.0/24">
                <host name="host1">
                  <nic name="a" address="127.0.0.1/8"/>
                  <nic name="b" address="127.0.0.2/8"/>
                </host>
                <bond name="ab" nics="a b"/>
              </site>
              <stream name="itch" id="1" site="local" publishers="host1" bond="ab" lines="redundant" flow="min"/>
            </topology>
            """.formatted(place));
    }
}
