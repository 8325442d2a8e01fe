// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.wan;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.engine.testkit.NetworkLab;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The paths between two sites are cut, held and refused at random, one or both, and octets on them changed, for half of {@code
 * -Dheliograph.cut.seconds} with TLS, where one path carries all, and for the other half without, where both carry everything: the far
 * site has every message once and in order, and all of them soon after the last fault.
 */
@Tag("full")
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class RandomCutsSystemTest {
    /** Of so many changed bits one is seen: a path that is cut before its frame is whole takes the change with it. */
    private static final int MANY = 20;

    private static final long SECONDS = Long.getLong("heliograph.cut.seconds", 48) / 2;
    private static final long SEED = Long.getLong("heliograph.seed", System.nanoTime());
    private static final long TELL_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int DELAY_MS = 20;
    private static final int RATE = 6_000;

    /** What TLS says of octets that are not those that were sent, and what the link says that has no TLS. */
    private static final List<String> CHANGED = List.of(
            "bad_record_mac", "BAD_DECRYPT", "Tag mismatch", "are not those that were sent", "malformed", "corrupt");

    @TempDir
    private Path folder;

    @Test
    void shouldBringEverythingOnceOverPathsThatAreCutUnderTls() {
        run("tls", "select=\"failover\"");
    }

    @Test
    void shouldBringEverythingOnceOverPathsThatAreCutWithoutTls() {
        run("none", "select=\"hedge\"");
    }

    private void run(String security, String bridge) {
        assumeTrue(NetworkLab.isPossible(), "SKIPPED: no network namespaces without root: no paths are cut");
        SplittableRandom random = new SplittableRandom(SEED);
        try (TwoSites sites = TwoSites.start(folder, security, bridge, DELAY_MS, RATE)) {
            say(security + ", seed " + SEED);
            Map<Disturbance, Integer> faults = new EnumMap<>(Disturbance.class);
            long beganNs = SystemNanoClock.INSTANCE.nanoTime();
            long endNs = beganNs + TimeUnit.SECONDS.toNanos(SECONDS);
            long tellAtNs = beganNs + TELL_NS;
            while (SystemNanoClock.INSTANCE.nanoTime() - endNs < 0) {
                Disturbance next = Disturbance.any(random);
                faults.merge(next, 1, Integer::sum);
                next.strikeAndPass(sites, random);
                if (SystemNanoClock.INSTANCE.nanoTime() - tellAtNs > 0) {
                    tellAtNs += TELL_NS;
                    say(progress(sites, beganNs, faults));
                }
            }
            sites.heal();
            long tookNs = sites.awaitAll("healed, seed " + SEED, TwoSites.CONVERGENCE_NS);
            say(progress(sites, beganNs, faults) + "; all there " + tookNs / 1_000_000 + " ms after the last fault");
            for (int stream : SitePlan.STREAMS) {
                assertTrue(sites.journals().compare("ldn1", stream) > 0);
            }
            assertTrue(
                    sites.changed() < MANY || changesSeen(sites) > 0,
                    () -> "no changed octet was seen, seed " + SEED + ": " + sites.engine("ldn1"));
        }
    }

    private static String progress(TwoSites sites, long beganNs, Map<Disturbance, Integer> faults) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d s: %,d messages at ny2, %,d at ldn1;",
                TwoSites.seconds(SystemNanoClock.INSTANCE.nanoTime() - beganNs),
                sites.delivered("ny2"),
                sites.delivered("ldn1")));
        faults.forEach(
                (each, count) -> text.append(' ').append(each).append(' ').append(count));
        return text.append("; bits changed ")
                .append(sites.changed())
                .append(", seen ")
                .append(changesSeen(sites))
                .toString();
    }

    private static long changesSeen(TwoSites sites) {
        return List.of(sites.engine("ldn1").out(), sites.engine("ldn1").err()).stream()
                .flatMap(List::stream)
                .filter(line -> CHANGED.stream().anyMatch(line::contains))
                .count();
    }

    private static void say(String words) {
        System.out.println("random cuts: " + words);
    }
}
