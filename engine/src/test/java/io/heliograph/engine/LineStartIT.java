// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.base.SubscriptionDescriptor;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** NICs that are in the topology and not on the machine: an address of the documentation's range. */
@Timeout(60)
final class LineStartIT {
    private static final String ABSENT = "203.0.113.7/24";
    private static final String A = "127.0.0.1/8";
    private static final String B = "127.0.0.2/8";
    private static final long TWO_RETRIES_NS = 2_300_000_000L;

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
    private final List<String> said = new ArrayList<>();

    @TempDir
    private Path state;

    private long delivered;

    @Test
    void shouldGoOnOverTheOtherLineAndSaySoOnceWhenANicHasNoAddress() {
        SubscriptionOptions options = SubscriptionOptions.DEFAULT.attach(SubscriptionOptions.Attach.NETWORK);
        try (Heliograph heliograph = connect(topology(A, ABSENT, "redundant"));
                StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE, options);
                StreamPublication publication = heliograph.addPublication("itch")) {
            awaiting("a listener", () -> cycle(heliograph, subscription, publication), publication::isConnected);
            assertEquals(1, publication.offer(message, 0, 36));
            publication.flush();
            long startNs = System.nanoTime();
            awaiting(
                    "the message, and two retries",
                    () -> cycle(heliograph, subscription, publication),
                    () -> delivered == 1 && System.nanoTime() - startNs > TWO_RETRIES_NS);

            assertEquals(2, publication.lineCount());
            assertEquals(2, said.size(), said.toString()); // The publication's line and the subscription's.
            for (String line : said) {
                assertTrue(line.startsWith("line B of stream itch on NIC b (" + ABSENT + ") cannot be opened: "), line);
                assertTrue(line.endsWith("the stream goes on without it, and it is tried every second"), line);
            }
        }
    }

    @Test
    void shouldSendOnTheNextLineWhenThePinnedNicHasNoAddress() {
        try (Heliograph heliograph = connect(topology(ABSENT, B, "pin"));
                StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE);
                StreamPublication publication = heliograph.addPublication("itch")) {
            awaiting("a listener", () -> cycle(heliograph, subscription, publication), publication::isConnected);
            assertEquals(1, publication.offer(message, 0, 36));
            publication.flush();
            awaiting("the message", () -> cycle(heliograph, subscription, publication), () -> delivered == 1);

            assertEquals(0b10, publication.sending().active());
            assertEquals("B", publication.line(1).name());
            assertTrue(
                    said.get(1).startsWith("line A of stream itch on NIC a (" + ABSENT + ") cannot be opened: "),
                    said::toString);
        }
    }

    @Test
    void shouldNameEveryLineWhenNoneCanBeOpenedAndLeaveNothingBehind() {
        try (Heliograph heliograph = connect(topology(ABSENT, "198.51.100.8/24", "redundant"))) {
            HeliographException out = assertThrows(HeliographException.class, () -> heliograph.addPublication("itch"));
            HeliographException in = assertThrows(
                    HeliographException.class, () -> heliograph.addSubscription("itch", StreamListener.NONE));

            for (HeliographException refused : List.of(out, in)) {
                String words = String.valueOf(refused.getMessage());
                assertTrue(
                        words.startsWith("line A of stream itch on NIC a (203.0.113.7/24) cannot be opened: "), words);
                assertTrue(words.contains("; line B of stream itch on NIC b (198.51.100.8/24) cannot be"), words);
                assertEquals(1, words.lines().count(), words);
            }
            assertEquals(List.of(), said);
            awaiting("no counter of the stream", heliograph::doWork, () -> counters(heliograph) == 0);
            // The lock on the stream was given back too.
            assertThrows(HeliographException.class, () -> heliograph.addPublication("itch"));
        }
    }

    private static long counters(Heliograph heliograph) {
        List<String> labels = new ArrayList<>();
        heliograph.aeron().countersReader().forEach((id, typeId, key, label) -> {
            if (typeId == SubscriptionDescriptor.SUBSCRIPTION_MESSAGES.typeId()) {
                labels.add(label);
            }
        });
        return labels.size();
    }

    private void cycle(Heliograph heliograph, StreamSubscription subscription, StreamPublication publication) {
        heliograph.doWork();
        publication.doWork();
        subscription.poll((buffer, offset, length, header) -> delivered++, 64);
    }

    private Heliograph connect(Topology topology) {
        return Heliograph.connect(new HeliographContext()
                .topology(topology)
                .host("host1")
                .driver(DriverChoice.embedded())
                .driverContext(new DriverContext().errorHandler(error -> {}))
                .stateDirectory(state)
                .errorHandler(error -> said.add(String.valueOf(error.getMessage()))));
    }

    private static Topology topology(String a, String b, String lines) {
        return TopologyReader.read("nics.xml", """
            <topology xmlns="urn:heliograph:topology:1" name="nics">
              <site name="local" multicast="%s">
                <host name="host1">
                  <nic name="a" address="%s"/>
                  <nic name="b" address="%s"/>
                </host>
                <bond name="ab" nics="a b"/>
              </site>
              <stream name="itch" id="1001" site="local" publishers="host1" bond="ab" lines="%s"/>
            </topology>
            """.formatted(LoopbackTopology.range(), a, b, lines));
    }
}
