// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.HeliographException;
import io.heliograph.engine.base.CounterDescriptor;
import io.heliograph.engine.base.PublicationDescriptor;
import io.heliograph.engine.intake.FeedLedger;
import io.heliograph.engine.intake.RingFile;
import io.heliograph.engine.intake.WriterProcess;
import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.RoleProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stream whose messages come from several processes: engine, writers and subscriber, each on its own. */
@Timeout(60)
@Tag("full")
final class ManyWritersIT {
    private static final long EACH = 20_000;

    @TempDir
    private Path folder;

    private final FeedLedger ledger = new FeedLedger();
    private String name;
    private Path file;
    private Path ring;
    private Topology topology;

    @BeforeEach
    void setUp() throws IOException {
        name = "many-" + ProcessHandle.current().pid();
        file = folder.resolve("topology.xml");
        Files.writeString(file, """
                <topology xmlns="urn:heliograph:topology:1" name="%s">
                  <site name="local" multicast="%s">
                    <host name="host1">
                      <nic name="a" address="127.0.0.1/8"/>
                      <nic name="b" address="127.0.0.2/8"/>
                      <engine driver="engine"/>
                    </host>
                    <bond name="ab" nics="a b"/>
                  </site>
                  <stream name="itch" id="1001" site="local" publishers="host1" bond="ab" flow="min" writers="many"/>
                </topology>
                """.formatted(name, LoopbackTopology.range()));
        topology = TopologyReader.read(file);
        ring = RingFile.of(name, "host1", "itch");
    }

    @AfterEach
    void removeFiles() throws IOException {
        Path directory = DriverDirectories.of(name, "host1");
        for (String suffix : List.of(".engine.lock", ".driver.lock", ".log", "-itch.epoch")) {
            Files.deleteIfExists(Path.of(directory + suffix));
        }
        Files.deleteIfExists(ring);
        Files.deleteIfExists(Path.of(ring + ".lock"));
    }

    @Test
    void shouldCarryAllThatTwoProcessesWriteInEachOnesOrderAndEndInAnOrderlyWay() {
        MessageHandler handler = (buffer, offset, length, header) -> ledger.take(buffer, offset, length);
        try (RoleProcess engine = RoleProcess.start("engine", "--topology", file.toString(), "--host", "host1")) {
            String opened = engine.awaitOut("intake: stream itch: writers put messages into");
            assertTrue(opened.contains(ring + ", 65,536 cells of 64 octets"), opened);
            engine.awaitOut("intake: stream itch: published in epoch");
            try (Heliograph heliograph = Heliograph.connect(
                            new HeliographContext().topology(topology).host("host1"));
                    StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE)) {
                Runnable work = () -> {
                    heliograph.doWork();
                    subscription.poll(handler, 64);
                };
                HeliographException refused =
                        assertThrows(HeliographException.class, () -> heliograph.addPublication("itch"));
                assertTrue(refused.getMessage().contains(ring.toString()), refused::getMessage);
                awaiting("heartbeats", work, () -> subscription.quality() == Quality.LIVE);

                try (WriterProcess one = WriterProcess.java(ring.toString(), "1", Long.toString(EACH));
                        WriterProcess held = WriterProcess.java(ring.toString(), "2", Long.toString(EACH), "hold")) {
                    // More than the ring holds: while nobody receives, writers are pushed back.
                    awaiting("both feeds", work, () -> one.hasSaid("done") && held.hasSaid("claimed"));
                    held.signal("KILL");
                    awaiting("all messages", work, () -> ledger.total() == 2 * EACH);
                }

                awaiting(
                        "the counters",
                        work,
                        () -> counter(heliograph, PublicationDescriptor.INTAKE_MESSAGES) == 2 * EACH
                                && counter(heliograph, PublicationDescriptor.INTAKE_ABANDONED) == 1
                                && counter(heliograph, PublicationDescriptor.INTAKE_WRITERS) == 0);
                engine.interrupt();
                awaiting("the end of the epoch", work, subscription::isEnded);
                assertEquals(0, subscription.statistics().gaps());
            }
            assertEquals(130, engine.awaitExit());
            engine.awaitOut("intake: stream itch: ended at message 40,000 of epoch");
        }
    }

    private static long counter(Heliograph heliograph, CounterDescriptor descriptor) {
        long[] value = {-1};
        heliograph.aeron().countersReader().forEach((counterId, typeId, key, label) -> {
            if (typeId == descriptor.typeId()) {
                value[0] = heliograph.aeron().countersReader().getCounterValue(counterId);
            }
        });
        return value[0];
    }
}
