// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.wan;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** What can happen to the paths of a bridge; it is over when the call is. */
enum Disturbance {
    /** One is reset, or ended. */
    CUT {
        @Override
        void strike(TwoSites sites, SplittableRandom random) {
            sites.relay("cut", random.nextInt(SitePlan.PATHS), random.nextBoolean());
        }
    },

    /** Both are. */
    CUT_BOTH {
        @Override
        void strike(TwoSites sites, SplittableRandom random) {
            for (int path = 0; path < SitePlan.PATHS; path++) {
                sites.relay("cut", path, random.nextBoolean());
            }
        }
    },

    /** One lets no octet through for a while. */
    HOLD {
        @Override
        void strike(TwoSites sites, SplittableRandom random) {
            int path = random.nextInt(SitePlan.PATHS);
            sites.relay("hold", path, true);
            pass(random, 1_500);
            sites.relay("hold", path, false);
        }
    },

    /** Both do. */
    HOLD_BOTH {
        @Override
        void strike(TwoSites sites, SplittableRandom random) {
            sites.relay("hold", 0, true);
            sites.relay("hold", 1, true);
            pass(random, 1_500);
            sites.relay("hold", random.nextInt(SitePlan.PATHS), false);
            pass(random, 500);
            sites.relay("hold", 0, false);
            sites.relay("hold", 1, false);
        }
    },

    /** One is cut and refuses for a while. */
    REFUSE {
        @Override
        void strike(TwoSites sites, SplittableRandom random) {
            int path = random.nextInt(SitePlan.PATHS);
            sites.relay("refuse", path, true);
            sites.relay("cut", path, random.nextBoolean());
            pass(random, 1_000);
            sites.relay("refuse", path, false);
        }
    },

    /** A bit of what comes over one is changed. */
    CORRUPT {
        @Override
        void strike(TwoSites sites, SplittableRandom random) {
            sites.relay("corrupt", random.nextInt(SitePlan.PATHS), true);
        }
    };

    /** Does it, and lets some time pass. */
    final void strikeAndPass(TwoSites sites, SplittableRandom random) {
        strike(sites, random);
        pass(random, 600);
    }

    abstract void strike(TwoSites sites, SplittableRandom random);

    static Disturbance any(SplittableRandom random) {
        return values()[random.nextInt(values().length)];
    }

    private static void pass(SplittableRandom random, int mostMs) {
        TwoSites.pass(TimeUnit.MILLISECONDS.toNanos(1 + random.nextInt(mostMs)));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
