// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
        assertTrue(summary.matches(".*\\{\"name\":\"A\",.*\"leadMeanNs\":[0-9]+,\"leadMaxNs\":[0-9]+}.*"), summary);
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
        assertTrue(run.out().contains("clocks   3 messages came before they were sent, by up to 59,9"), run.out());
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
