// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.SubscriptionOptions.Nak;
import io.heliograph.engine.testkit.JournalHosts;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two hosts on loopback without any journal: what the only line has lost its publisher sends once more, when it is asked. */
final class ResendIT {
    private static final SubscriptionOptions WITHOUT_NAK = SubscriptionOptions.DEFAULT.nak(Nak.NONE);

    @Test
    void shouldGetBackFromItsPublisherWhatTheOnlyLineHasLost() {
        try (JournalPair hosts = new JournalPair(JournalHosts.without("budget=\"9s\" resend=\"10s\""), WITHOUT_NAK)) {
            hosts.publish(1_000);
            awaiting("the first", hosts::cycle, () -> hosts.recorder.messages() == 1_000);
            int rounds = Integer.getInteger("heliograph.rounds", 6);
            long[] tookNs = new long[rounds];
            for (int i = 0; i < rounds; i++) {
                tookNs[i] = lose(hosts, i % 2 == 0 ? 1 : 300, i % 3 == 0);
            }
            Arrays.sort(tookNs);
            System.err.println("lost packets back from their publisher: p50 " + tookNs[rounds / 2] / 1_000 + " us, max "
                    + tookNs[rounds - 1] / 1_000 + " us");

            assertEquals(
                    "epoch " + hosts.publication.epoch() + " from 1, 1-" + (hosts.publication.nextSequence() - 1),
                    hosts.recorder.heard(),
                    () -> "errors " + hosts.errors);
            assertEquals(0, hosts.recorder.wrongBodies());
            assertEquals(0, hosts.subscription.statistics().gaps());
            // Sent by the publisher itself; now and then what is lost is a heartbeat before the message, which then
            // comes.
            assertTrue(hosts.publication.sending().resent() > rounds / 2, "sent once more");
            assertEquals(List.of(), hosts.errors);
        }
    }

    @Test
    @Tag("full")
    void shouldNameExactlyAndAtOnceWhatItsPublisherHasKeptNoLonger() {
        String little = "budget=\"60s\" resend=\"100ms\" rate=\"1 kbit/s\"";
        try (JournalPair hosts = new JournalPair(JournalHosts.without(little), WITHOUT_NAK)) {
            hosts.publish(100);
            awaiting("the first", hosts::cycle, () -> hosts.recorder.messages() == 100);
            hosts.stopTheReceiversEngine();
            hosts.lose(100);
            awaiting(
                    "newer packets in the place of those that were lost",
                    () -> hosts.publish(200),
                    () -> hosts.publication.lines().kept().first() > 200);
            long upTo = hosts.publication.nextSequence();
            assertEquals(101, hosts.subscription.nextSequence(), "waited for");

            hosts.startTheReceiversEngine();
            awaiting("the rest", hosts::cycle, () -> hosts.subscription.nextSequence() == upTo);

            assertEquals(
                    "epoch " + hosts.publication.epoch() + " from 1, 1-100, gap 101-200, 201-" + (upTo - 1),
                    hosts.recorder.heard());
            assertEquals(1, hosts.subscription.statistics().gaps());
            assertEquals(100, hosts.subscription.statistics().lostMessages());
            assertEquals(0, hosts.recorder.wrongBodies());
        }
    }

    private static long lose(JournalPair hosts, int messages, boolean isLast) {
        long sentNs = System.nanoTime();
        hosts.lose(messages);
        hosts.publish(isLast ? 0 : 10);
        long upTo = hosts.publication.nextSequence();
        awaiting("what was lost", hosts::cycle, () -> hosts.subscription.nextSequence() == upTo);
        return System.nanoTime() - sentNs;
    }
}
