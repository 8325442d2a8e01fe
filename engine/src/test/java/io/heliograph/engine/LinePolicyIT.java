// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.status.SystemCounterDescriptor;
import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.WorkingTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of every policy on loopback: every message arrives once, and only the lines of the policy carry packets. */
class LinePolicyIT {
    private static final int MESSAGES = 20_000;
    private static final SubscriptionOptions NETWORK =
            SubscriptionOptions.DEFAULT.attach(SubscriptionOptions.Attach.NETWORK);
    private static final Path SAMPLES = Path.of(System.getProperty("heliograph.root", ".."), "config/samples");

    @TempDir
    private Path state;

    private final List<String> said = new ArrayList<>();
    private final HeliographContext context = new HeliographContext()
            .host("host1")
            .driver(DriverChoice.embedded())
            .nanoClock(new WorkingTime())
            .errorHandler(error -> said.add(String.valueOf(error.getMessage())));
    private long expected = 1;

    @BeforeEach
    void keepEpochsHere() {
        context.stateDirectory(state);
    }

    @Test
    void shouldSendOnBothLinesAndJoinOneWhenSpread() {
        context.topology(LoopbackTopology.with("lines=\"spread\" flow=\"min\""));

        try (Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE, NETWORK);
                StreamPublication publication = heliograph.addPublication("itch")) {
            carry(heliograph, publication, subscription);

            assertEquals(2, publication.lineCount());
            awaiting(
                    "one line joined",
                    () -> cycle(heliograph, publication, subscription),
                    () -> subscription.isConnected(0) != subscription.isConnected(1));
            int joined = subscription.isConnected(0) ? 0 : 1;
            assertTrue(publication.line(joined).packets() > 0);
            assertEquals(0, subscription.line(1 - joined).won(), "it is not joined while its own speaks");
        }
    }

    @Test
    void shouldJoinTheSameLineEachTimeAndSaySoWhenLoopbackHasNoMac() {
        context.topology(LoopbackTopology.with("lines=\"spread\" join=\"mac-xor\" flow=\"min\""));

        try (Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription first = heliograph.addSubscription("itch", StreamListener.NONE, NETWORK);
                StreamSubscription second = heliograph.addSubscription("itch", StreamListener.NONE, NETWORK)) {
            assertEquals(2, first.lineCount());
            assertEquals(2, second.lineCount());
            assertEquals(2, said.size(), said.toString());
            assertEquals(said.get(0), said.get(1));
            assertTrue(
                    said.get(0).startsWith("NIC a (127.0.0.1/8) has no MAC address: stream itch joins line "),
                    said.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash", "least-loaded", "pin"})
    void shouldSendOnTheLineOfThePolicyAndJoinBoth(String lines) {
        Topology topology = LoopbackTopology.with("lines=\"" + lines + "\" flow=\"min\"");
        Stream stream = topology.stream("itch").orElseThrow();
        int chosen = Long.numberOfTrailingZeros(
                LineChoice.of(stream, Lines.of(topology, stream)).sends(0b11));
        context.topology(topology);

        try (Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE, NETWORK);
                StreamPublication publication = heliograph.addPublication("itch")) {
            carry(heliograph, publication, subscription);

            assertEquals(2, subscription.lineCount());
            assertEquals(LineChoice.bit(chosen), publication.sending().active());
            assertEquals(0, publication.line(1 - chosen).packets());
            assertEquals(MESSAGES, subscription.line(chosen).won());
            assertEquals(0, subscription.line(1 - chosen).won());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash", "spread"})
    void shouldTakeTheOtherLineAndSaySoWhenTheNicOfTheChosenOneHasNoAddress(String lines) {
        Topology whole = LoopbackTopology.with("lines=\"" + lines + "\"");
        Stream stream = whole.stream("itch").orElseThrow();
        int chosen = Long.numberOfTrailingZeros(
                LineChoice.of(stream, Lines.of(whole, stream)).sends(0b11));
        context.topology(broken(chosen, lines));

        try (Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE, NETWORK);
                StreamPublication publication = heliograph.addPublication("itch")) {
            carry(heliograph, publication, subscription);

            assertTrue(
                    said.stream().anyMatch(line -> line.contains("203.0.113.7/24) cannot be opened")), said.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"spread.xml", "hash.xml", "unicast.xml", "partitions.xml"})
    void shouldRunTheSample(String sample) throws IOException {
        String xml = Files.readString(SAMPLES.resolve(sample))
                .replaceFirst("multicast=\"[^\"]*\"", "multicast=\"" + LoopbackTopology.range() + "\"");
        Topology topology = TopologyReader.read(sample, xml);
        context.topology(topology);

        try (Heliograph heliograph = Heliograph.connect(context)) {
            for (Stream stream : topology.streams()) {
                expected = 1;
                try (StreamSubscription subscription =
                                heliograph.addSubscription(stream.name(), StreamListener.NONE, NETWORK);
                        StreamPublication publication = heliograph.addPublication(stream.name())) {
                    carry(heliograph, publication, subscription);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pin", "hash", "least-loaded"})
    void shouldTakeALineThatIsHeardWhenTheSubscribersHostHasNoOther(String lines) {
        Topology topology = lopsided(lines);
        Stream stream = topology.stream("itch").orElseThrow();
        int chosen = Long.numberOfTrailingZeros(
                LineChoice.of(stream, Lines.of(topology, stream)).sends(0b11));
        context.topology(topology);
        String missing = Lines.of(topology, stream).get(chosen).nic();
        HeliographContext elsewhere = new HeliographContext()
                .topology(topology)
                .host("without-" + missing)
                .driver(DriverChoice.embedded())
                .nanoClock(new WorkingTime())
                .stateDirectory(state);

        try (Heliograph heliograph = Heliograph.connect(context);
                Heliograph other = Heliograph.connect(elsewhere);
                StreamSubscription subscription = other.addSubscription("itch", StreamListener.NONE);
                StreamPublication publication = heliograph.addPublication("itch")) {
            awaiting(
                    "the other line",
                    () -> {
                        other.doWork();
                        cycle(heliograph, publication, subscription);
                    },
                    () -> publication.sending().active() == LineChoice.bit(1 - chosen));
            UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
            message.putLong(0, 1);
            assertEquals(1, publication.offer(message, 0, 36));
            publication.flush();
            awaiting(
                    "the message",
                    () -> {
                        other.doWork();
                        cycle(heliograph, publication, subscription);
                    },
                    () -> subscription.statistics().messages() == 1);
        }
    }

    /** A driver counts what it drops beyond a window for all of its lines together. */
    @Test
    void shouldStayOnAnIdleLineWhenTheDriverDropsPacketsOfAnotherOne() {
        context.topology(LoopbackTopology.with("lines=\"pin\" flow=\"min\""));

        try (Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE, NETWORK);
                StreamPublication publication = heliograph.addPublication("itch")) {
            carry(heliograph, publication, subscription);
            awaiting(
                    "both lines",
                    () -> cycle(heliograph, publication, subscription),
                    () -> subscription.isConnected(0) && subscription.isConnected(1));
            new AtomicCounter(
                            heliograph.aeron().countersReader().valuesBuffer(),
                            SystemCounterDescriptor.FLOW_CONTROL_OVER_RUNS.id())
                    .increment();
            long endNs = SystemNanoClock.INSTANCE.nanoTime() + 1_500_000_000L;
            awaiting(
                    "three times the patience of a line that stands still",
                    () -> cycle(heliograph, publication, subscription),
                    () -> SystemNanoClock.INSTANCE.nanoTime() - endNs > 0);

            assertEquals(0, subscription.rejoins(1));
            assertTrue(subscription.isConnected(1));
        }
    }

    /** A host with both NICs, and one with each alone. */
    private static Topology lopsided(String lines) {
        return TopologyReader.read("lopsided.xml", """
            <topology xmlns="urn:heliograph:topology:1" name="lopsided">
              <site name="local" multicast="%s">
                <host name="host1"><nic name="a" address="127.0.0.1/8"/><nic name="b" address="127.0.0.2/8"/></host>
                <host name="without-b"><nic name="a" address="127.0.0.3/8"/></host>
                <host name="without-a"><nic name="b" address="127.0.0.4/8"/></host>
                <bond name="ab" nics="a b"/>
              </site>
              <stream name="itch" id="1001" site="local" publishers="host1" bond="ab" lines="%s"/>
            </topology>
            """.formatted(LoopbackTopology.range(), lines));
    }

    /** Line A's NIC, or line B's, has an address that this machine has not. */
    private static Topology broken(int line, String lines) {
        return TopologyReader.read("broken.xml", """
            <topology xmlns="urn:heliograph:topology:1" name="broken-line">
              <site name="local" multicast="%s">
                <host name="host1"><nic name="a" address="%s"/><nic name="b" address="%s"/></host>
                <bond name="ab" nics="a b"/>
              </site>
              <stream name="itch" id="1001" site="local" publishers="host1" bond="ab" lines="%s" flow="min"/>
            </topology>
            """.formatted(
                        LoopbackTopology.range(),
                        line == 0 ? "203.0.113.7/24" : "127.0.0.1/8",
                        line == 0 ? "127.0.0.2/8" : "203.0.113.7/24",
                        lines));
    }

    private void carry(Heliograph heliograph, StreamPublication publication, StreamSubscription subscription) {
        while (!heliograph.isHeard(publication)) {
            cycle(heliograph, publication, subscription);
        }
        UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
        for (int i = 1; i <= MESSAGES; i++) {
            message.putLong(0, i);
            while (publication.offer(message, 0, 36) < 0) {
                cycle(heliograph, publication, subscription);
            }
        }
        publication.flush();
        while (subscription.statistics().messages() < MESSAGES) {
            cycle(heliograph, publication, subscription);
        }
        assertEquals(MESSAGES + 1, expected);
        assertEquals(0, subscription.statistics().gaps());
    }

    private void cycle(Heliograph heliograph, StreamPublication publication, StreamSubscription subscription) {
        heliograph.doWork();
        publication.doWork();
        subscription.poll(
                (buffer, offset, length, header) -> {
                    assertEquals(expected, header.sequence());
                    assertEquals(expected, buffer.getLong(offset));
                    expected++;
                },
                64);
    }
}
