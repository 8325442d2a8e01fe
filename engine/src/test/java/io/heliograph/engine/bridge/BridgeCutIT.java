// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.bridge.IngressContext.Use;
import io.heliograph.engine.testkit.CuttingRelay;
import io.heliograph.engine.testkit.Packets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Paths through relays that cut them, let nothing through or change octets, at random: everything arrives once and in order. For
 * {@code -Dheliograph.cut.seconds=N}.
 */
@Tag("full")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class BridgeCutIT {
    private static final long SECONDS = Long.getLong("heliograph.cut.seconds", 4);
    private static final long SEED = Long.getLong("heliograph.seed", System.nanoTime());
    private static final int STREAMS = 3;
    private static final long BETWEEN_NS = 200_000;

    @TempDir
    private Path directory;

    private final List<CuttingRelay> relays = new ArrayList<>();
    private final long[] next = {0, 1, 1, 1};

    @Test
    void shouldLoseNothingOfOnePathAtATime() {
        run(Use.FAILOVER);
    }

    @Test
    void shouldLoseNothingOfHedgedPaths() {
        run(Use.HEDGE);
    }

    @Test
    void shouldLoseNothingOfSpreadStreams() {
        run(Use.SPREAD);
    }

    @Test
    void shouldCatchOctetsThatWereChanged() {
        try (BridgePair pair = new BridgePair(directory, IngressContext.of(Use.FAILOVER, false), 1, STREAMS)) {
            connect(pair, 1);
            for (int round = 0; round < 5; round++) {
                awaiting("the path carries", () -> append(pair, 1), () -> ends(pair) + 2 == opened(pair));
                long before = ends(pair);
                awaiting("it is seen", () -> change(pair), () -> ends(pair) > before);
                relays.get(0).corrupt(false);
            }
            finish(pair);
        } finally {
            CloseHelper.closeAll(relays);
        }
    }

    private void run(Use use) {
        SplittableRandom random = new SplittableRandom(SEED);
        try (BridgePair pair = new BridgePair(directory, IngressContext.of(use, false), 2, STREAMS)) {
            connect(pair, 2);
            long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            long faults = 0;
            while (System.nanoTime() - endNs < 0) {
                append(pair, 2);
                CuttingRelay relay = relays.get(random.nextInt(relays.size()));
                switch (random.nextInt(200)) {
                    case 0, 1, 2 -> relay.cut();
                    case 3 -> relay.shut(true);
                    case 4, 5 -> relay.shut(false);
                    case 6 -> relay.stand(true);
                    case 7, 8, 9 -> relay.stand(false);
                    case 10 -> relay.corrupt(true);
                    default -> faults--;
                }
                faults++;
            }
            for (CuttingRelay relay : relays) {
                relay.shut(false);
                relay.stand(false);
                relay.corrupt(false);
            }
            finish(pair);
            assertTrue(faults > 0, "no fault, seed " + SEED);
            System.out.println(use + ": " + faults + " faults in " + SECONDS + " s, " + (next[1] + next[2] + next[3])
                    + " messages, " + corrupted(pair) + " frames changed on their way, seed " + SEED);
        } finally {
            CloseHelper.closeAll(relays);
        }
    }

    private void connect(BridgePair pair, int paths) {
        for (int path = 0; path < paths; path++) {
            CuttingRelay relay = new CuttingRelay(pair.port(path));
            relays.add(relay);
            pair.connect(path, relay.port());
        }
    }

    /** A few packets of each stream, in every host's journal. */
    private void append(BridgePair pair, int hosts) {
        for (int stream = 1; stream <= STREAMS; stream++) {
            byte[] packet = Packets.data(stream, 1, next[stream], next[stream] + 29);
            next[stream] += 30;
            for (int host = 0; host < hosts; host++) {
                pair.hosts.get(host).append(stream, packet);
            }
        }
        LockSupport.parkNanos(BETWEEN_NS);
    }

    /** Has an octet of what comes changed, again and again: one in a heartbeat or in what is late harms nobody and is not seen. */
    private void change(BridgePair pair) {
        relays.get(0).corrupt(true);
        append(pair, 1);
    }

    private void finish(BridgePair pair) {
        for (int stream = 1; stream <= STREAMS; stream++) {
            int of = stream;
            try {
                awaiting("all of stream " + of, () -> pair.next(of) == next[of]);
            } catch (AssertionError late) {
                throw new AssertionError(
                        "stream " + of + " is at " + pair.next(of) + " of " + next[of] + ", seed " + SEED + ", paths "
                                + pair.ingress.paths() + ", warnings " + pair.warnings + ", events "
                                + pair.events.subList(Math.max(0, pair.events.size() - 12), pair.events.size()),
                        late);
            }
        }
        assertEquals(List.of(), pair.warnings, "seed " + SEED);
    }

    /** How often either end has said that the other one is there. */
    private static long opened(BridgePair pair) {
        return pair.events.stream().filter(event -> event.contains("connected")).count();
    }

    /** How often either end has said that the other one is gone. */
    private static long ends(BridgePair pair) {
        return pair.events.stream().filter(event -> event.contains("gone")).count();
    }

    private static long corrupted(BridgePair pair) {
        return pair.events.stream()
                .filter(event -> event.contains("are not those that were sent") || event.contains("malformed"))
                .count();
    }
}
