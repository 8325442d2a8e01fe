// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.journal.JournalAgent;
import io.heliograph.engine.journal.JournalAppender;
import io.heliograph.engine.journal.JournalContext;
import io.heliograph.engine.journal.JournalVerifier;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.ThreadedDriver;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code journal-mode="required"}: a publisher over a real driver, whose journal's thread is this one, so that it stops at will. */
final class RequiredJournalIT {
    private static final int LENGTH = 1_000;
    private static final int BOUND = 1_000_000;
    private static final int MESSAGES = 12_000;

    @TempDir
    private Path folder;

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);

    @Test
    void shouldSendNoMoreThanTheBoundAheadOfTheJournalAndLoseNothing() throws IOException {
        Topology topology = topology();
        Path directory = folder.resolve("driver");
        StreamJournal journal = StreamJournal.of(folder, "itch");
        JournalContext context = JournalContext.of(journal.directory(), "itch", 1001);
        ThreadedDriver driver = ThreadedDriver.launch(directory, new DriverContext());
        try (Heliograph heliograph = Heliograph.connect(new HeliographContext()
                        .topology(topology)
                        .host("host1")
                        .driver(DriverChoice.directory(directory))
                        .stateDirectory(folder));
                StreamPublication publication = heliograph.addPublication("itch");
                StreamSubscription subscription = heliograph.addSubscription(
                        "itch", StreamListener.NONE, SubscriptionOptions.DEFAULT.withoutRepair());
                JournalAppender appender = StreamJournal.appender(context, words -> {
                    throw new AssertionError(words);
                })) {
            Runnable work = () -> {
                heliograph.doWork();
                publication.doWork();
            };
            awaiting("connected", work, () -> publication.isFullyConnected() && subscription.isConnected());
            publishAll(publication);
            assertEquals(0, publication.packets(), "without a journal");
            assertTrue(publication.isHeldBack());

            try (JournalAgent agent =
                    new JournalAgent(subscription, appender, heliograph.connection(), SystemNanoClock.INSTANCE)) {
                Runnable journaling = () -> {
                    work.run();
                    agent.doWork();
                };
                awaiting("the journal", journaling, () -> !publication.isHeldBack());
                awaiting("what was held back", journaling, () -> appender.packets() > 0);
                long before = publication.packets();
                publishAll(publication);
                long ahead = (publication.packets() - before) * LENGTH;
                assertTrue(ahead > BOUND / 2 && ahead < BOUND * 3 / 2, "ahead by " + ahead);

                awaiting("all", journaling, () -> publishAll(publication) >= MESSAGES);
                awaiting("the end", journaling, () -> publication.endEpoch() >= 0);
                awaiting("all in the journal", journaling, appender::isEnded);
            }
            assertEquals(0, appender.gaps());
            assertEquals(0, publication.unheard());
        } finally {
            driver.close();
        }
        try (JournalVerifier verifier = new JournalVerifier(journal)) {
            while (verifier.verify(1_000)) {}
            assertEquals("", verifier.firstBad());
            assertEquals(0, verifier.lost());
            assertTrue(verifier.messages() >= MESSAGES);
        }
    }

    @Test
    void shouldRefuseADriverThatTheJournalDoesNotShareWhenItIsRequired() throws IOException {
        Topology topology = topology();
        try (Heliograph heliograph = Heliograph.connect(
                new HeliographContext().topology(topology).host("host1").driver(DriverChoice.embedded()))) {
            HeliographException refused =
                    assertThrows(HeliographException.class, () -> heliograph.addPublication("itch"));

            assertTrue(
                    String.valueOf(refused.getMessage()).contains("journal-mode=\"required\""), refused.getMessage());
            assertFalse(String.valueOf(refused.getMessage()).contains("\n"));
        }
    }

    private long publishAll(StreamPublication publication) {
        while (publication.messages() < MESSAGES && publication.offer(message, 0, LENGTH) > 0) {
            publication.flush();
        }
        return publication.messages();
    }

    private Topology topology() throws IOException {
        String sample = Files.readString(LoopbackTopology.sample("journal.xml", folder));
        return TopologyReader.read(
                "journal.xml",
                sample.replace("flow=\"min\"", "flow=\"max\"")
                        .replace(
                                "journal=\"host1\"",
                                "journal=\"host1\" journal-mode=\"required\" journal-lag=\"1 MB\""));
    }
}
