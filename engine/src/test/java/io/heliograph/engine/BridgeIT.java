// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Engines, journals, links and lines are real: what is published in one site is heard in the other. */
@Timeout(120)
final class BridgeIT {
    private static final String[] FAILOVER = {"priority=\"1\"", "priority=\"2\""};

    @TempDir
    private Path folder;

    @Test
    void shouldBeHeardInTheOtherSiteUnderTheSameNumbers() {
        try (BridgeRun sites = new BridgeRun(folder, "", FAILOVER)) {
            sites.publish(2_000);
            awaiting("all", sites::cycle, sites::isAllHeard);
            long epoch = sites.publication.epoch();
            awaiting("the end", sites::cycle, () -> sites.publication.endEpoch() >= 0);
            awaiting("it is heard", sites::cycle, sites.subscription::isEnded);

            assertEquals("epoch " + epoch + " from 1, 1-2000, end " + epoch + " at 2000", sites.recorder.heard());
            assertEquals(0, sites.recorder.wrongBodies());
            assertEquals(1, sites.recorder.hops());
            sites.awaitJournal("ldn1", "from 1 up to 2000");
        }
    }

    @Test
    @Tag("full")
    void shouldGoOnOverTheOtherPathWhenAnEgressStopsAndComesBack() {
        try (BridgeRun sites = new BridgeRun(folder, "", FAILOVER)) {
            sites.publish(1_000);
            awaiting("the first", sites::cycle, sites::isAllHeard);
            for (int round = 0; round < 3; round++) {
                sites.stop("ny1");
                sites.publish(1_000);
                awaiting("without it", sites::cycle, sites::isAllHeard);
                sites.start("ny1");
                sites.publish(1_000);
                awaiting("with it", sites::cycle, sites::isAllHeard);
            }
            String[] said = {
                "ldn1 bridge: from ny: pulled over ny1", "ldn1 bridge: from ny: pulled over ny2; ny1: not connected"
            };
            for (String words : said) {
                assertTrue(sites.hasEvent(words), words + " is not in " + sites.events);
            }
            assertEquals("epoch " + sites.publication.epoch() + " from 1, 1-7000", sites.recorder.heard());
        }
    }

    @Test
    @Tag("full")
    void shouldResumeAtItsJournalsEndWhenTheIngressComesBack() {
        try (BridgeRun sites = new BridgeRun(folder, "", FAILOVER)) {
            sites.publish(1_000);
            awaiting("the first", sites::cycle, sites::isAllHeard);
            for (int round = 0; round < 3; round++) {
                sites.stop("ldn1");
                sites.publish(1_000);
                sites.start("ldn1");
                awaiting("what was missed", sites::cycle, sites::isAllHeard);
            }
            assertEquals("epoch " + sites.publication.epoch() + " from 1, 1-4000", sites.recorder.heard());
            sites.awaitJournal("ldn1", "from 1 up to 4000");
        }
    }

    @Test
    @Tag("full")
    void shouldBeginWithTheEpochWhenTheIngressHasLostItsJournal() {
        try (BridgeRun sites = new BridgeRun(folder, "", FAILOVER)) {
            sites.publish(1_000);
            awaiting("the first", sites::cycle, sites::isAllHeard);
            sites.stop("ldn1");
            IoUtil.delete(folder.resolve("ldn1").toFile(), false);
            sites.publish(500);
            sites.start("ldn1");
            awaiting("all", sites::cycle, sites::isAllHeard);
            sites.awaitJournal("ldn1", "from 1 up to 1500");
            assertEquals("epoch " + sites.publication.epoch() + " from 1, 1-1500", sites.recorder.heard());
        }
    }

    @Test
    @Tag("full")
    void shouldFetchForAJournalWhatItMissedWhileItsEngineWasAway() {
        try (BridgeRun sites = new BridgeRun(folder, "", FAILOVER)) {
            sites.publish(500);
            awaiting("the first", sites::cycle, sites::isAllHeard);
            sites.awaitJournal("ny2", "from 1 up to 500");
            sites.stop("ny2");
            sites.publish(500);
            sites.start("ny2");
            awaiting(
                    "the rest",
                    () -> sites.publish(1),
                    () -> sites.journal("ny2").endsWith("up to " + (sites.publication.nextSequence() - 1)));
            String last = "up to " + (sites.publication.nextSequence() - 1);
            assertEquals("from 1 " + last, sites.journal("ny2"));
        }
    }

    @Test
    @Tag("full")
    void shouldBePulledOverConnectionsThatTheEgressMakes() {
        String[] opens = {"opens=\"from\"", "opens=\"from\""};
        try (BridgeRun sites = new BridgeRun(folder, "select=\"hedge\"", opens)) {
            sites.publish(1_000);
            awaiting("all", sites::cycle, sites::isAllHeard);
            sites.stop("ny2");
            sites.publish(1_000);
            awaiting("over one", sites::cycle, sites::isAllHeard);
            assertEquals("epoch " + sites.publication.epoch() + " from 1, 1-2000", sites.recorder.heard());
        }
    }
}
