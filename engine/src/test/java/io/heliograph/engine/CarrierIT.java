// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.SubscriptionOptions.Attach;
import io.heliograph.engine.base.PublicationDescriptor;
import io.heliograph.engine.stream.CarrierSubscription;
import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 64 streams on one carrier over loopback, all of them, some and one subscribed to. */
final class CarrierIT {
    private static final int STREAMS = 64;
    private static final int MESSAGES = 500;
    private static final SubscriptionOptions NETWORK = SubscriptionOptions.DEFAULT.attach(Attach.NETWORK);

    @TempDir
    private Path state;

    private final Topology topology = topology();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
    private final List<StreamPublication> publications = new ArrayList<>();
    private final List<CarrierSubscription> carriers = new ArrayList<>();
    private final List<long[]> counts = new ArrayList<>();
    private Heliograph heliograph;

    @BeforeEach
    void connect() {
        heliograph = connectAgain();
    }

    @AfterEach
    void close() {
        heliograph.close();
    }

    @Test
    void shouldDeliverEveryStreamOnceAndInOrderToWhoeverWantsIt() {
        carry(List.of(), SubscriptionOptions.DEFAULT);
        carry(List.of(), NETWORK);
        carry(List.of("s3", "s60"), NETWORK);
        long[] alone = new long[1];
        MessageHandler ofOne = (buffer, offset, length, header) -> {
            assertEquals(7, header.streamId());
            assertEquals(++alone[0], header.sequence());
        };
        try (StreamSubscription one = heliograph.addSubscription("s7", StreamListener.NONE)) {
            publishAll();
            Runnable cycle = () -> {
                cycle();
                one.poll(ofOne, 16);
            };
            awaiting("listeners", cycle, () -> publications.get(0).isFullyConnected() && one.quality() == Quality.LIVE);
            awaiting("all live", cycle, () -> carriers.stream().allMatch(CarrierIT::isLive));
            awaiting("spies alone", cycle, carriers.get(0)::isLocal);

            for (int i = 0; i < MESSAGES; i++) {
                for (StreamPublication publication : publications) {
                    message.putLong(0, i);
                    awaiting("room", cycle, () -> publication.offer(message, 0, 36) > 0);
                }
                cycle.run();
            }
            for (StreamPublication publication : publications) {
                awaiting("the end", cycle, () -> publication.endEpoch() >= 0);
            }
            awaiting(
                    "all ends", cycle, () -> one.isEnded() && carriers.stream().allMatch(CarrierSubscription::isEnded));

            assertEquals(MESSAGES, alone[0]);
            assertEquals(0, one.statistics().foreign());
            assertTrue(carriers.get(0).isLocal() && !carriers.get(1).isLocal());
            for (CarrierSubscription carrier : carriers) {
                judge(carrier);
            }
            assertEquals(2, carriers.get(2).streamCount());
            assertEquals("s60", carriers.get(2).stream(1).stream());
        }
    }

    private void judge(CarrierSubscription carrier) {
        long[] counted = counts.get(carriers.indexOf(carrier));
        for (int i = 0; i < carrier.streamCount(); i++) {
            String stream = carrier.stream(i).stream();
            assertEquals(MESSAGES, counted[carrier.stream(i).id()], stream);
            assertEquals(MESSAGES, carrier.stream(i).statistics().messages(), stream);
            assertEquals(0, carrier.stream(i).statistics().gaps(), stream);
            assertEquals(0, carrier.stream(i).statistics().foreign(), stream);
            assertEquals(0, carrier.stream(i).statistics().sealMismatches(), stream);
        }
    }

    @Test
    void shouldHaveOneAeronPublicationOnEachLineAndItsCountersOnce() {
        publishAll();
        carry(List.of(), NETWORK);
        awaiting("live", this::cycle, () -> isLive(carriers.get(0)));

        long[] labels = new long[3];
        awaiting("counters", this::cycle, () -> {
            labels[0] = 0;
            labels[1] = 0;
            labels[2] = 0;
            heliograph.aeron().countersReader().forEach((id, type, key, label) -> {
                labels[0] += label.startsWith("snd-pos") ? 1 : 0;
                labels[1] +=
                        label.equals(PublicationDescriptor.PUBLICATION_LINE_PACKETS.labelOfOwner("carrier small", "A"))
                                ? 1
                                : 0;
                labels[2] += label.startsWith("heliograph: publication line packets") ? 1 : 0;
            });
            return labels[1] > 0;
        });

        assertEquals(2, labels[0], "publications of the driver");
        assertEquals(2, labels[2], "counters of lines");
    }

    @Test
    void shouldLeaveTheCarrierToTheOthersWhenOneStreamIsClosedAndTakeItBack() {
        publishAll();
        carry(List.of(), NETWORK);
        awaiting("live", this::cycle, () -> isLive(carriers.get(0)));

        publications.remove(1).close();
        assertTrue(publications.get(0).isConnected());
        StreamPublication again = heliograph.addPublication("s2");
        publications.add(again);

        awaiting(
                "its new epoch", this::cycle, () -> carriers.get(0).stream("s2").epoch() == again.epoch());
        assertEquals(again.lines(), publications.get(0).lines());

        publications.forEach(StreamPublication::close);
        publications.clear();
        publishAll();
        awaiting(
                "all new epochs",
                this::cycle,
                () -> publications.stream()
                        .allMatch(publication ->
                                carriers.get(0).stream(publication.stream()).epoch() == publication.epoch()));
    }

    @Test
    void shouldRefuseASecondConnectionThatPublishesOfTheCarrier() {
        heliograph.addPublication("s1");
        try (Heliograph other = connectAgain()) {
            HeliographException refused = assertThrows(HeliographException.class, () -> other.addPublication("s2"));

            String what = String.valueOf(refused.getMessage());
            assertTrue(
                    what.startsWith("carrier small of stream s2 is published already on this host by process "), what);
            assertTrue(what.contains("publish the stream there, or give it another carrier"), what);
        }
        heliograph.addPublication("s2");
    }

    @Test
    void shouldRefuseOtherOptionsThanTheCarriersAndKeepNothing() {
        heliograph.addPublication("s1");

        HeliographException refused = assertThrows(
                HeliographException.class,
                () -> heliograph.addPublication("s2", PublicationOptions.DEFAULT.receivers(2)));

        assertTrue(String.valueOf(refused.getMessage()).contains("with other options"), refused.getMessage());
        heliograph.addPublication("s2");
    }

    @Test
    void shouldSayWhichCarriersAndStreamsThereAre() {
        HeliographException noCarrier = assertThrows(
                HeliographException.class,
                () -> heliograph.addCarrierSubscription("large", stream -> StreamListener.NONE));
        HeliographException noStream = assertThrows(
                HeliographException.class,
                () -> heliograph.addCarrierSubscription(
                        "small", List.of("s65"), stream -> StreamListener.NONE, SubscriptionOptions.DEFAULT));

        assertTrue(
                String.valueOf(noCarrier.getMessage()).endsWith("has no carrier large; it has small"),
                noCarrier.getMessage());
        assertTrue(
                String.valueOf(noStream.getMessage()).startsWith("carrier small has no stream s65; it has s1, s2"),
                noStream.getMessage());
    }

    private static boolean isLive(CarrierSubscription carrier) {
        for (int i = 0; i < carrier.streamCount(); i++) {
            if (carrier.stream(i).quality() != Quality.LIVE) {
                return false;
            }
        }
        return true;
    }

    private void publishAll() {
        for (int id = 1; id <= STREAMS; id++) {
            publications.add(heliograph.addPublication("s" + id));
        }
    }

    private void carry(List<String> streams, SubscriptionOptions options) {
        carriers.add(heliograph.addCarrierSubscription("small", streams, stream -> StreamListener.NONE, options));
        counts.add(new long[STREAMS + 1]);
    }

    private void cycle() {
        heliograph.doWork();
        publications.forEach(StreamPublication::doWork);
        for (int i = 0; i < carriers.size(); i++) {
            long[] counted = counts.get(i);
            carriers.get(i)
                    .poll(
                            (buffer, offset, length, header) ->
                                    assertEquals(++counted[header.streamId()], header.sequence()),
                            16);
        }
    }

    private Heliograph connectAgain() {
        return Heliograph.connect(new HeliographContext()
                .topology(topology)
                .host("host1")
                .driver(DriverChoice.embedded())
                .stateDirectory(state));
    }

    private static Topology topology() {
        StringBuilder streams = new StringBuilder();
        for (int id = 1; id <= STREAMS; id++) {
            streams.append("<stream name=\"s")
                    .append(id)
                    .append("\" id=\"")
                    .append(id)
                    .append("\" site=\"local\" publishers=\"host1\" bond=\"ab\" flow=\"min\" carrier=\"small\"/>\n");
        }
        return TopologyReader.read(
                "carrier-test.xml", """
            <topology xmlns="urn:heliograph:topology:1" name="test-%d-carrier">
              <site name="local" multicast="%s">
                <host name="host1">
                  <nic name="a" address="127.0.0.1/8"/>
                  <nic name="b" address="127.0.0.2/8"/>
                </host>
                <bond name="ab" nics="a b"/>
              </site>
              %s
            </topology>
            """.formatted(ProcessHandle.current().pid(), LoopbackTopology.range(), streams));
    }
}
