// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.recovery.JoinPlace;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.testkit.JournalHosts;
import io.heliograph.engine.testkit.StreamRecorder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts on loopback: the first publishes and keeps the journal, the second has none and asks it by its engine. */
final class JournalFetchIT {
    private static final String WITHOUT_NAK = "repair=\"journal\"";

    /** A thread may stand still for longer than a stream's budget where all share two cores. */
    private static final String PATIENT = WITHOUT_NAK + " budget=\"9s\"";

    @TempDir
    private Path folder;

    @Test
    void shouldFetchFromAnotherHostsJournalWhatTheOnlyLineHasLost() {
        try (JournalPair hosts = pair(PATIENT, "")) {
            hosts.publish(1_000);
            awaiting("the first", hosts::cycle, () -> hosts.recorder.messages() == 1_000);
            int rounds = Integer.getInteger("heliograph.rounds", 20);
            long[] tookNs = new long[rounds];
            for (int i = 0; i < rounds; i++) {
                tookNs[i] = loseOne(hosts, i % 2 == 0);
            }
            Arrays.sort(tookNs);
            System.err.println("one lost packet back from another host's journal: p50 " + tookNs[rounds / 2] / 1_000
                    + " us, p90 " + tookNs[rounds * 9 / 10] / 1_000 + " us, max " + tookNs[rounds - 1] / 1_000 + " us");

            assertEquals(
                    "epoch " + hosts.publication.epoch() + " from 1, 1-" + (hosts.publication.nextSequence() - 1),
                    hosts.recorder.heard(),
                    () -> "errors " + hosts.errors);
            assertEquals(0, hosts.recorder.wrongBodies());
            // Now and then what is lost is a heartbeat before the message, which then comes.
            assertTrue(hosts.subscription.statistics().recovered() > rounds / 2, "from the journal");
            assertEquals(0, hosts.subscription.statistics().gaps());
            assertEquals(List.of(), hosts.errors);
        }
    }

    /** The publisher waits for the journal, so that this has everything however slowly its thread is run. */
    @Test
    @Tag("full")
    void shouldBeginInThePastOutOfAnotherHostsJournal() {
        try (JournalPair hosts = pair(PATIENT + " journal-mode=\"required\"", "")) {
            hosts.publish(30_000);
            awaiting("all", hosts::cycle, () -> hosts.recorder.messages() == 30_000);
            hosts.subscription.close();
            StreamRecorder late = new StreamRecorder();

            hosts.subscription = hosts.receiver.addSubscription(
                    "itch", late, SubscriptionOptions.DEFAULT.from(JoinPlace.START, hosts.errors::add));
            awaiting("live", () -> hosts.publishAndCycle(late), () -> hosts.subscription.quality() == Quality.LIVE);
            awaiting(
                    "the rest",
                    () -> hosts.cycle(late),
                    () -> hosts.subscription.nextSequence() == hosts.publication.nextSequence());

            assertEquals(
                    "epoch " + hosts.publication.epoch() + " from 1, 1-" + (hosts.publication.nextSequence() - 1),
                    late.heard());
            assertEquals(0, late.wrongBodies());
            assertTrue(hosts.subscription.statistics().replayed() >= 30_000, "from the journal");
            assertEquals(List.of(), hosts.errors);
        }
    }

    @Test
    @Tag("full")
    void shouldSayInWordsThatItMayNotHaveTheStream() {
        try (JournalPair hosts = pair(
                WITHOUT_NAK + " budget=\"300ms\" reorder=\"100ms\"",
                "<allow node=\"host1\" serve=\"replay\"/><allow node=\"host2\" pull=\"itch.*\" ask=\"replay\"/>")) {
            hosts.publish(100);
            awaiting("the first", hosts::cycle, () -> hosts.recorder.messages() == 100);

            hosts.lose(20);
            hosts.publish(10);
            awaiting("the rest", hosts::cycle, () -> hosts.subscription.nextSequence() == 131);

            assertTrue(hosts.recorder.heard().contains("gap 101-"), "lost");
            String refusal =
                    "stream itch: nothing can be fetched from host host1 for now: host2 may not pull stream 1001";
            assertTrue(hosts.errors.contains(refusal), hosts.errors::toString);
        }
    }

    private JournalPair pair(String streamAttributes, String more) {
        return new JournalPair(JournalHosts.with(2, folder.resolve("journals"), streamAttributes, more));
    }

    private static long loseOne(JournalPair hosts, boolean isLast) {
        long sentNs = System.nanoTime();
        hosts.lose(1);
        // The last of its burst: only a heartbeat shows that it is missing.
        hosts.publish(isLast ? 0 : 10);
        long upTo = hosts.publication.nextSequence();
        awaiting("what was lost", hosts::cycle, () -> hosts.subscription.nextSequence() == upTo);
        return System.nanoTime() - sentNs;
    }
}
