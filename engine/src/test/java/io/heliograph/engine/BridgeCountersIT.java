// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_DUPLICATES;
import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_EPOCH;
import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_GAPS;
import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_LOST;
import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_MESSAGES;
import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_NEXT;
import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_PATHS;
import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_REFUSED;
import static io.heliograph.engine.base.BridgeDescriptor.EGRESS_COMPRESSED;
import static io.heliograph.engine.base.BridgeDescriptor.EGRESS_OCTETS;
import static io.heliograph.engine.base.BridgeDescriptor.EGRESS_PACKETS;
import static io.heliograph.engine.base.BridgeDescriptor.EGRESS_PLAIN_OCTETS;
import static io.heliograph.engine.base.BridgeDescriptor.PATH_BACKLOG;
import static io.heliograph.engine.base.BridgeDescriptor.PATH_CLOCK_ERROR;
import static io.heliograph.engine.base.BridgeDescriptor.PATH_CLOCK_OFFSET;
import static io.heliograph.engine.base.BridgeDescriptor.PATH_OLDEST;
import static io.heliograph.engine.base.BridgeDescriptor.PATH_ROUND_TRIP;
import static io.heliograph.engine.base.BridgeDescriptor.PATH_SPACE;
import static io.heliograph.engine.base.BridgeDescriptor.PATH_STATE;
import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.base.BridgeDescriptor;
import io.heliograph.engine.priority.PeerState;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What engines state of their bridges is what has happened. */
@Timeout(120)
final class BridgeCountersIT {
    /** Two looks at one host's clocks, some instructions apart, the thread perhaps not on its core between them. */
    private static final long CLOCK_NS = 20_000_000;

    @TempDir
    private Path folder;

    @Test
    @Tag("full")
    void shouldStateWhatIsBridgedAndOverWhichPaths() {
        try (BridgeRun sites =
                new BridgeRun(folder, "compress=\"on\"", new String[] {"priority=\"1\"", "priority=\"2\""})) {
            // Whichever path is there first is pulled over until the better one is: nothing is to be sent before.
            awaitPath(sites, PATH_STATE, "ny1", PeerState.AVAILABLE.code());
            awaitStream(sites, BRIDGED_PATHS, 0b01);
            long before = Math.max(0, egress(sites, EGRESS_PACKETS, "ny2"));
            sites.publish(2_000);
            awaiting("all", sites::cycle, sites::isAllHeard);
            awaitStream(sites, BRIDGED_MESSAGES, 2_000);
            awaitStream(sites, BRIDGED_NEXT, 2_001);
            awaitStream(sites, BRIDGED_EPOCH, sites.publication.epoch());
            awaitStream(sites, BRIDGED_PATHS, 0b01);
            assertNothingWrong(sites);

            for (String peer : new String[] {"ny1", "ny2"}) {
                awaitPath(sites, PATH_STATE, peer, PeerState.AVAILABLE.code());
                awaitPath(sites, PATH_BACKLOG, peer, 0);
                awaitPath(sites, PATH_OLDEST, peer, 0);
                assertEquals(-1, path(sites, PATH_SPACE, peer), "without a mark");
                awaiting("a round trip", sites::cycle, () -> path(sites, PATH_ROUND_TRIP, peer) > 0);
                long errorNs = path(sites, PATH_CLOCK_ERROR, peer);
                assertTrue(errorNs >= 0, "of an offset that is known");
                long offsetNs = path(sites, PATH_CLOCK_OFFSET, peer);
                assertTrue(Math.abs(offsetNs) <= errorNs + CLOCK_NS, "one host has one clock, not " + offsetNs);
            }

            awaiting("sent", sites::cycle, () -> egress(sites, EGRESS_PACKETS, "ny1") >= 100);
            assertTrue(egress(sites, EGRESS_COMPRESSED, "ny1") > 0, "batches compressed");
            assertTrue(egress(sites, EGRESS_OCTETS, "ny1") < egress(sites, EGRESS_PLAIN_OCTETS, "ny1"));
            assertEquals(before, egress(sites, EGRESS_PACKETS, "ny2"));

            sites.stop("ny1");
            sites.publish(1_000);
            awaiting("over the other", sites::cycle, sites::isAllHeard);
            awaitStream(sites, BRIDGED_MESSAGES, 3_000);
            awaitStream(sites, BRIDGED_PATHS, 0b10);
            awaitPath(sites, PATH_STATE, "ny1", PeerState.DISCONNECTED.code());
            awaitPath(sites, PATH_ROUND_TRIP, "ny1", -1);
            awaiting("sent", sites::cycle, () -> egress(sites, EGRESS_PACKETS, "ny2") >= 50);
            assertNothingWrong(sites);

            sites.stop("ldn1");
            awaitStream(sites, BRIDGED_MESSAGES, -1);
            assertEquals(-1, path(sites, PATH_STATE, "ny2"), "freed");
        }
    }

    private static void assertNothingWrong(BridgeRun sites) {
        assertEquals(0, stream(sites, BRIDGED_DUPLICATES));
        assertEquals(0, stream(sites, BRIDGED_GAPS));
        assertEquals(0, stream(sites, BRIDGED_LOST));
        assertEquals(0, stream(sites, BRIDGED_REFUSED));
    }

    private static void awaitStream(BridgeRun sites, BridgeDescriptor counter, long value) {
        awaiting(counter + " " + value, sites::cycle, () -> stream(sites, counter) == value);
    }

    private static void awaitPath(BridgeRun sites, BridgeDescriptor counter, String peer, long value) {
        awaiting(counter + " " + value + " of " + peer, sites::cycle, () -> path(sites, counter, peer) == value);
    }

    private static long stream(BridgeRun sites, BridgeDescriptor counter) {
        return sites.counter(counter, counter.labelOfBridged("ldn1", "ny", "itch"));
    }

    private static long path(BridgeRun sites, BridgeDescriptor counter, String peer) {
        return sites.counter(counter, counter.labelOfPath("ldn1", "ny", peer));
    }

    private static long egress(BridgeRun sites, BridgeDescriptor counter, String host) {
        return sites.counter(counter, counter.labelOfHost(host));
    }
}
