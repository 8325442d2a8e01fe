// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.bridge.IngressContext.Use;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.testkit.Packets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Journals and links are real, and the lines are not: what a bridge brings from one to the other. */
@Timeout(60)
final class BridgeLinkIT {
    @TempDir
    private Path directory;

    @Test
    void shouldBringWhatTheJournalHasAndWhatIsAppended() {
        try (BridgePair pair = new BridgePair(directory, IngressContext.of(Use.FAILOVER, false), 1, 2)) {
            append(pair, 0, 1, 1, 5_000);
            append(pair, 0, 2, 1, 100);
            pair.connect(0);
            awaiting("all", () -> pair.next(1) == 5_001 && pair.next(2) == 101);
            append(pair, 0, 1, 5_001, 6_000);
            awaiting("what was appended", () -> pair.next(1) == 6_001);
            assertEquals(List.of(), pair.warnings);
        }
    }

    @Test
    void shouldGoOverToTheOtherPathAtOnceWhenOneIsCutAndBack() {
        try (BridgePair pair = new BridgePair(directory, IngressContext.of(Use.FAILOVER, false), 2, 1)) {
            LinkClient first = pair.connect(0);
            pair.connect(1);
            append(pair, 0, 1, 1, 1_000);
            append(pair, 1, 1, 1, 1_000);
            awaiting("the first", () -> pair.next(1) == 1_001);
            first.close();
            append(pair, 1, 1, 1_001, 2_000);
            awaiting("over the other", () -> pair.next(1) == 2_001);
            pair.connect(0);
            append(pair, 0, 1, 1_001, 3_000);
            append(pair, 1, 1, 2_001, 3_000);
            awaiting("the rest", () -> pair.next(1) == 3_001);
            assertEquals(List.of(), pair.warnings);
        }
    }

    @Test
    void shouldTakeWhatComesFirstOfHedgedPaths() {
        try (BridgePair pair = new BridgePair(directory, IngressContext.of(Use.HEDGE, false), 2, 1)) {
            pair.connect(0);
            pair.connect(1);
            for (int from = 1; from < 4_000; from += 200) {
                append(pair, from / 200 % 2, 1, from, from + 199);
                append(pair, 1 - from / 200 % 2, 1, from, from + 199);
            }
            awaiting("all", () -> pair.next(1) == 4_001);
            assertEquals(List.of(), pair.warnings);
        }
    }

    @Test
    void shouldNotLetAStreamThatCannotBeTakenHoldUpTheOthers() {
        try (BridgePair pair = new BridgePair(directory, IngressContext.of(Use.FAILOVER, false), 1, 2)) {
            pair.connect(0);
            append(pair, 0, 1, 1, 10);
            append(pair, 0, 2, 1, 10);
            awaiting("both", () -> pair.next(1) == 11 && pair.next(2) == 11);
            pair.sinks.get(1).isOpen = false;
            for (int from = 11; from < 400_000; from += 10_000) {
                append(pair, 0, 1, from, from + 9_999);
            }
            append(pair, 0, 2, 11, 10_000);
            awaiting("the other goes on", () -> pair.next(2) == 10_001);
            assertTrue(pair.next(1) <= 12, "it waits");
            pair.sinks.get(1).isOpen = true;
            awaiting("it goes on too", () -> pair.next(1) == 400_011);
            assertEquals(List.of(), pair.warnings);
        }
    }

    @Test
    void shouldKeepToTheRate() {
        try (BridgePair pair = new BridgePair(directory, IngressContext.of(Use.FAILOVER, false), 1, 1)) {
            // 8 Mbit/s: a megabyte a second.
            pair.hosts.get(0).terms = new EgressTerms("", 8_000_000, EgressTerms.Compression.OFF, EgressCursor.KEEP);
            long octets = append(pair, 0, 1, 1, 20_000);
            long startNs = System.nanoTime();
            pair.connect(0);
            awaiting("all", () -> pair.next(1) == 20_001);
            double seconds = (System.nanoTime() - startNs) / 1e9;
            assertTrue(seconds > (octets - 3 * Batch.FULL) / 1e6, octets + " octets in " + seconds + " s");
        }
    }

    @Test
    void shouldBringEverythingInFewerOctetsWhenItIsCompressed() {
        try (BridgePair pair = new BridgePair(directory, IngressContext.of(Use.FAILOVER, false), 1, 2)) {
            pair.hosts.get(0).terms = new EgressTerms("", 0, EgressTerms.Compression.ON, EgressCursor.KEEP);
            long octets = append(pair, 0, 1, 1, 200_000) + append(pair, 0, 2, 1, 100);
            pair.connect(0);
            awaiting("all", () -> pair.next(1) == 200_001 && pair.next(2) == 101);
            EgressFigures figures = pair.hosts.get(0).egress.figures();
            assertTrue(figures.plainOctets() > octets, figures.plainOctets() + " octets, the packets have " + octets);
            assertTrue(figures.octets() < octets / 2, figures.octets() + " of " + octets);
            assertTrue(figures.compressed() > octets / (2 * Batch.FULL), figures.compressed() + " batches");
            assertEquals(List.of(), pair.warnings);
        }
    }

    @Test
    void shouldCompressOnlyWhatTheRateHoldsUpWhenLeftToItself() {
        try (BridgePair pair = new BridgePair(directory, IngressContext.of(Use.FAILOVER, false), 1, 1)) {
            pair.hosts.get(0).terms = new EgressTerms("", 50_000_000, EgressTerms.Compression.AUTO, EgressCursor.KEEP);
            append(pair, 0, 1, 1, 50_000);
            pair.connect(0);
            awaiting("all", () -> pair.next(1) == 50_001);
            EgressFigures figures = pair.hosts.get(0).egress.figures();
            assertTrue(figures.compressed() > 0 && figures.octets() < figures.plainOctets());
            assertEquals(List.of(), pair.warnings);
        }
    }

    @Test
    void shouldRefuseAPullAndGoOnWithTheOthersOfItsConnection() {
        try (BridgePair pair = new BridgePair(directory, IngressContext.of(Use.FAILOVER, false), 1, 2)) {
            pair.hosts.get(0).termsOf.put(1, EgressTerms.refused("no bridge carries stream s1 to ldn1"));
            append(pair, 0, 1, 1, 1_000);
            append(pair, 0, 2, 1, 1_000);
            pair.connect(0);
            awaiting("the words", () -> !pair.warnings.isEmpty());
            awaiting("the other stream", () -> pair.next(2) == 1_001);
            append(pair, 0, 2, 1_001, 2_000);
            awaiting("more of it", () -> pair.next(2) == 2_001);
            assertEquals(
                    List.of("stream 1: ny1 does not give it: no bridge carries stream s1 to ldn1;"
                            + " asked again every 5000 ms"),
                    pair.warnings);
            assertEquals(1, pair.hosts.get(0).egress.figures().refused(), "it does not hammer");
            assertEquals(
                    List.of(),
                    pair.events.stream()
                            .filter(event -> event.contains("reject") || event.contains("not allowed"))
                            .toList());
        }
    }

    @Test
    void shouldBringOverTheOtherPathWhatOneRefuses() {
        try (BridgePair pair = new BridgePair(directory, IngressContext.of(Use.FAILOVER, false), 2, 2)) {
            pair.hosts.get(0).termsOf.put(1, EgressTerms.refused("no bridge carries stream s1 to ldn1"));
            for (int host = 0; host < 2; host++) {
                append(pair, host, 1, 1, 1_000);
                append(pair, host, 2, 1, 1_000);
                pair.connect(host);
            }
            awaiting("all", () -> pair.next(1) == 1_001 && pair.next(2) == 1_001);
            assertEquals(1, pair.warnings.size(), pair.warnings.toString());
        }
    }

    @Test
    void shouldSendWhatWasReadBeforeTheJournalsDamage() {
        try (BridgePair pair = new BridgePair(directory, IngressContext.of(Use.FAILOVER, false), 1, 1)) {
            pair.hosts.get(0).failAt = 7;
            append(pair, 0, 1, 1, 1_000);
            pair.connect(0);
            awaiting("all", () -> pair.next(1) == 1_001);
            assertEquals(1, pair.warnings.size(), pair.warnings.toString());
            assertTrue(pair.warnings.get(0).contains("record 7 is damaged"), pair.warnings.toString());
        }
    }

    @Test
    void shouldHoldInTheJournalWhatThePeerHasNotHad() {
        try (BridgePair pair = new BridgePair(directory, IngressContext.of(Use.FAILOVER, false), 1, 1)) {
            append(pair, 0, 1, 1, 1_000);
            pair.connect(0);
            awaiting("all", () -> pair.next(1) == 1_001);
            awaiting(
                    "the hold follows",
                    () -> pair.hosts.get(0).holds.stream()
                            .anyMatch(hold -> hold.epoch() == 1 && hold.sequence() == 1_001));
            assertEquals("the bridge to ldn1", pair.hosts.get(0).holds.get(0).who());
        }
    }

    /** In packets of ten; returns their octets. */
    private static long append(BridgePair pair, int host, int stream, long first, long last) {
        long octets = 0;
        for (long from = first; from <= last; from += 10) {
            byte[] packet = Packets.data(stream, 1, from, Math.min(last, from + 9));
            pair.hosts.get(host).append(stream, packet);
            octets += packet.length;
        }
        return octets;
    }
}
