// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.recovery.JoinPlace;
import org.jspecify.annotations.Nullable;

/**
 * The part that a subscriber plays.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param name of it.
 * @param host that it is on.
 * @param from where it begins; null: live.
 */
record DemoPart(String name, String host, @Nullable JoinPlace from) {
    /** One of the first site, beside the publisher. */
    static DemoPart near(int number, @Nullable JoinPlace from) {
        return new DemoPart("subscriber " + number, DemoPlace.FIRST, from);
    }

    /** One of the second site, beside the ingress. */
    static DemoPart far(int number) {
        return new DemoPart("subscriber " + number, DemoPlace.INGRESS, null);
    }

    /** Whether what it hears has come over the bridge, which knows of no epoch before there is a message in it. */
    boolean isBridged() {
        return host.equals(DemoPlace.INGRESS);
    }
}
