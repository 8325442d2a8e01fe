// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A site in virtual time: hosts with an engine each and subscribers, statements lost and delayed. Whatever happens, the lines are
 * even soon after, and then nobody moves any more.
 */
final class PopulationPropertyTest {
    private static final long MS = 1_000_000;
    private static final long SEEDS = Boolean.getBoolean("heliograph.full") ? 200 : 40;

    @Test
    void shouldKeepSixJoinersAtThreeAndThree() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            int hosts = 1 + (int) (seed % 6);
            SimulatedSite site = new SimulatedSite(seed, hosts, 2, 0.05);
            for (int i = 0; i < 6; i++) {
                site.join(i % hosts);
            }
            site.run(15_000 * MS);
            assertEquals("[3, 3]", site.populations(), "at once, seed " + seed);

            site.leave(0);
            site.run(15_000 * MS);
            assertEquals(3, site.subscribers());
            site.assertEven("one line's joiners have left, seed " + seed);

            for (int i = 0; i < 3; i++) {
                site.join(0);
                site.run(2_000 * MS);
            }
            site.run(10_000 * MS);
            assertEquals("[3, 3]", site.populations(), "one after another, seed " + seed);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {71, 72, 73, 74, 75, 76, 77, 78})
    void shouldBeEvenAndStillSoonAfterAnything(long seed) {
        Random random = new Random(seed);
        int hosts = 1 + random.nextInt(8);
        int lines = 2 + random.nextInt(3);
        SimulatedSite site = new SimulatedSite(seed, hosts, lines, random.nextDouble() * 0.3);
        for (int phase = 0; phase < 12; phase++) {
            String what = happen(site, random, hosts, lines);
            long before = site.moves();
            site.run(30_000 * MS);
            site.assertEven(what + ", seed " + seed);
            long moved = site.moves() - before;
            assertTrue(moved <= 2L * site.subscribers(), what + ": " + moved + " moves, seed " + seed);
            long settled = site.moves();
            site.run(20_000 * MS);
            assertEquals(settled, site.moves(), what + ": somebody moves though all is even, seed " + seed);
        }
    }

    @Test
    void shouldEvenOutAThousandWithinAMinuteInLittleMoreMovesThanNeeded() {
        SimulatedSite site = new SimulatedSite(5, 20, 2, 0.01);
        for (int i = 0; i < 1_000; i++) {
            site.join(i % 20);
        }
        site.run(20_000 * MS);
        site.leave(0);
        int left = site.subscribers();
        long before = site.moves();

        site.run(60_000 * MS);

        site.assertEven("half of a thousand have left");
        assertTrue(site.moves() - before < left / 2 + 40, (site.moves() - before) + " moves of " + left);
    }

    private static String happen(SimulatedSite site, Random random, int hosts, int lines) {
        switch (random.nextInt(5)) {
            case 0 -> {
                int count = 1 + random.nextInt(20);
                for (int i = 0; i < count; i++) {
                    site.join(random.nextInt(hosts));
                }
                return count + " join at once";
            }
            case 1 -> {
                int host = random.nextInt(hosts);
                for (int i = 0; i < 8; i++) {
                    site.join(host);
                    site.run(random.nextInt(1_500) * MS);
                }
                return "8 join one host one after another";
            }
            case 2 -> {
                site.leave(random.nextInt(lines));
                return "all of a line leave";
            }
            case 3 -> {
                site.restartEngine(random.nextInt(hosts));
                return "an engine is started anew";
            }
            default -> {
                site.leaveSome(random.nextInt(1 + site.subscribers()));
                return "some leave";
            }
        }
    }
}
