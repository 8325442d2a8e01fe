// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.wan;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.engine.testkit.NetworkLab;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One fault after another between two sites that go on all the time, under TLS and with 20 ms each way: how long the far site stands
 * still when a path is cut, and when it falls silent; a receiver that stops reading; kill -9 of each engine, and of the driver at the
 * ingress; an ingress without its journal. In every case each message arrives once and in order.
 *
 * <p>Each is killed once, or as often as {@code -Dheliograph.kills=N} says.
 */
@Tag("full")
@Timeout(value = 1, unit = TimeUnit.HOURS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WanFaultsSystemTest {
    private static final long SEED = Long.getLong("heliograph.seed", System.nanoTime());
    private static final int DELAY_MS = 20;
    private static final int RATE = 6_000;
    private static final int CUTS = 5;
    private static final int SILENCES = 2;
    private static final long MS = 1_000_000L;

    /** There and back: the pull, and what it brings. */
    private static final long WAY_NS = 2 * DELAY_MS * MS;

    private static final long BY_CUT_NS = 50 * MS;
    private static final long BY_DEATH_NS = 750 * MS;
    private static final long STOPPED_NS = 3_000 * MS;

    /** Sockets, batches and what a collector leaves for later; what comes in the time that a reader stands still is no part of it. */
    private static final long MOST_GROWTH = 48 << 20;

    private static final SplittableRandom RANDOM = new SplittableRandom(SEED);

    private Path folder;

    private TwoSites sites;

    @BeforeAll
    void shouldRun(@TempDir Path kept) {
        folder = kept;
        assumeTrue(
                NetworkLab.isPossible(), "SKIPPED: no network namespaces without root: faults of a WAN are not tested");
        sites = TwoSites.start(folder, "tls", "select=\"failover\"", DELAY_MS, RATE);
    }

    @AfterAll
    void shouldLeaveNothingBehind() {
        CloseHelper.close(sites);
    }

    @Test
    @Order(1)
    void shouldGoOnOverTheOtherPathAtOnceWhenOneIsCut() {
        List<Long> times = new ArrayList<>();
        while (isToGoOn(times, CUTS, BY_CUT_NS)) {
            awaitBoth();
            boolean isByReset = times.size() % 2 == 0;
            times.add(pauseOf(() -> sites.relay("cut", sites.carrying(), isByReset), 400 * MS));
        }
        sites.awaitAll("cuts", TwoSites.CONVERGENCE_NS);
        assertTrue(typical(times) - WAY_NS < BY_CUT_NS, () -> "too late: " + say("by a cut, beside the way", times));
        say("by a cut", times);
    }

    @Test
    @Order(2)
    void shouldGoOnOverTheOtherPathWhenOneIsDead() {
        List<Long> times = new ArrayList<>();
        while (isToGoOn(times, SILENCES, BY_DEATH_NS)) {
            awaitBoth();
            int path = sites.carrying();
            times.add(pauseOf(() -> sites.relay("hold", path, true), 1_500 * MS));
            sites.relay("hold", path, false);
        }
        sites.awaitAll("silences", TwoSites.CONVERGENCE_NS);
        assertTrue(typical(times) - WAY_NS < BY_DEATH_NS, () -> "too late: " + say("by death", times));
        say("by death", times);
    }

    @Test
    @Order(3)
    void shouldHoldUpNobodyElseWhenAReceiverStopsReading() {
        awaitBoth();
        long before = memory();
        int path = sites.carrying();
        long other = pauseOf(() -> sites.relay("stop", path, true), STOPPED_NS);
        sites.relay("stop", path, false);
        assertTrue(other - WAY_NS < 2 * BY_DEATH_NS, "the other path takes over after " + other / MS + " ms");
        signal("STOP");
        long near = pauseOf("ny2", () -> {}, STOPPED_NS);
        long grown = memory() - before;
        signal("CONT");
        long tookNs = sites.awaitAll("an ingress that stood still", TwoSites.CONVERGENCE_NS);
        tell(
                "a path that is not read: over the other after %d ms; an ingress that stands still for %d ms: its own site's"
                        + " longest pause %d ms, the egresses' memory %+d KiB, all there %d ms later",
                other / MS, STOPPED_NS / MS, near / MS, grown >> 10, tookNs / MS);
        assertTrue(near < 500 * MS, "ny2 waited " + near / MS + " ms for ldn1");
        assertTrue(grown < MOST_GROWTH, "the egresses took " + grown + " octets more");
    }

    @Test
    @Order(4)
    void shouldBringEverythingOnceWhoeverIsKilled() {
        int rounds = Integer.getInteger("heliograph.kills", 1);
        for (int round = 0; round < rounds; round++) {
            for (String host : List.of("ny1", "ny2", "ldn1")) {
                sites.engine(host).kill();
                TwoSites.pass(RANDOM.nextInt(1_000) * MS);
                sites.begin(host);
                sites.engine(host).awaitOut("driver: process");
                goneOn("round " + round + ", engine of " + host + " killed");
            }
            for (int stream : SitePlan.STREAMS) {
                assertTrue(sites.journals().compare("ldn1", stream) > 0);
            }
            killDriver("ldn1", round);
        }
    }

    /** Its engine starts another, and all who used it attach anew. */
    private void killDriver(String host, int round) {
        long killed = sites.killDriver(host);
        awaiting("another driver", () -> sites.driver(host) != 0 && sites.driver(host) != killed);
        goneOn("round " + round + ", driver of " + host + " killed");
    }

    @Test
    @Order(5)
    void shouldBeginAnewWhereTheIngressHasLostItsJournal() throws IOException {
        sites.engine("ldn1").kill();
        sites.journals().release();
        IoUtil.delete(SiteJournals.of(folder, "ldn1").toFile(), false);
        sites.begin("ldn1");
        sites.engine("ldn1").awaitOut("driver: process");
        goneOn("the ingress's journal deleted");
    }

    private void goneOn(String behind) {
        long tookNs = sites.awaitAll(behind + ", seed " + SEED, TwoSites.CONVERGENCE_NS);
        sites.awaitJournals();
        tell("%s: all there after %d ms, %,d messages at ldn1", behind, tookNs / MS, sites.delivered("ldn1"));
    }

    /** Both paths have a connection, over which TLS was agreed on. */
    private void awaitBoth() {
        awaiting("both paths", () -> sites.isConnected(0) && sites.isConnected(1));
        TwoSites.pass(500 * MS);
    }

    private long pauseOf(Runnable fault, long lastingNs) {
        return pauseOf("ldn1", fault, lastingNs);
    }

    /** The longest time without a message at a subscriber, from a fault on. */
    private long pauseOf(String host, Runnable fault, long lastingNs) {
        sites.takePauseNs(host);
        long untilNs = SystemNanoClock.INSTANCE.nanoTime() + lastingNs;
        fault.run();
        TwoSites.pass(untilNs - SystemNanoClock.INSTANCE.nanoTime());
        return sites.takePauseNs(host);
    }

    /** What both egresses have in memory. */
    private long memory() {
        return TwoSites.residentOctets(sites.engine("ny1").pid())
                + TwoSites.residentOctets(sites.engine("ny2").pid());
    }

    private void signal(String name) {
        try {
            long pid = sites.engine("ldn1").pid();
            assertEquals(
                    0,
                    new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid)
                            .start()
                            .waitFor());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** So often at least; and until two were in time, or it was tried three times as often: eleven processes share the machine. */
    private static boolean isToGoOn(List<Long> times, int count, long boundNs) {
        return times.size() < count || (times.size() < 3 * count && typical(times) - WAY_NS >= boundNs);
    }

    /** The second best: on a machine that has other work the rest is that work's. */
    private static long typical(List<Long> times) {
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[Math.min(1, sorted.length - 1)];
    }

    private static String say(String what, List<Long> times) {
        String words = "%s the far site stood still for %s ms, %d of them the way there and back, seed %d"
                .formatted(
                        what,
                        Arrays.toString(
                                times.stream().mapToLong(each -> each / MS).toArray()),
                        WAY_NS / MS,
                        SEED);
        tell("%s", words);
        return words;
    }

    private static void tell(String format, Object... words) {
        System.out.printf("wan: " + format + "%n", words);
    }
}
