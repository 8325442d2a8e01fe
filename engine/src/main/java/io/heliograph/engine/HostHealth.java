// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.aeron.Aeron;
import io.heliograph.config.Host;
import io.heliograph.config.Line;
import io.heliograph.config.Nic;
import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.media.nic.NicHealth;
import java.util.List;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * What the host's engine states of its NICs, for the streams of one connection.
 *
 * <p><b>Thread:</b> one owner, the connection's; what {@link #of} gives is read by any thread.
 *
 * <p><b>Allocation:</b> none but when an engine comes or goes.
 */
@SuppressWarnings("ReferenceEquality") // Another client is another object.
final class HostHealth {
    /** The time is asked for so seldom; a program that waits a millisecond between two calls sees an engine come in a second. */
    private static final int CALLS = 256;

    private final List<String> nics;
    private final NicHealth health;
    private final NanoClock clock;
    private @Nullable Aeron client;
    private int calls;

    HostHealth(Host host, NanoClock clock) {
        this.nics = host.nics().stream().map(Nic::name).toList();
        this.health = new NicHealth(host.name(), nics);
        this.clock = clock;
    }

    /** The duty cycle: follows the driver, and looks now and then for an engine that came. */
    void doWork(@Nullable Aeron now) {
        if (now != client) {
            client = now;
            health.attach(now, clock.nanoTime());
        } else if (++calls == CALLS) {
            calls = 0;
            health.doWork(clock.nanoTime());
        }
    }

    /** The health of lines, by their place in the list. */
    LineHealth of(List<Line> lines) {
        int[] nicOfLine =
                lines.stream().mapToInt(line -> nics.indexOf(line.nic())).toArray();
        return new LineHealth() {
            @Override
            public long up() {
                long up = 0;
                for (int i = 0; i < nicOfLine.length; i++) {
                    up |= health.isUp(nicOfLine[i]) ? LineChoice.bit(i) : 0;
                }
                return up;
            }

            @Override
            public long goodUntilNs(int line) {
                return health.goodUntilNs(nicOfLine[line]);
            }

            @Override
            public long joins(int line) {
                return health.joins(nicOfLine[line]);
            }

            @Override
            public boolean isGone(int line) {
                return health.isGone(nicOfLine[line]);
            }

            @Override
            public long sentPerSecond(int line) {
                return health.sentPerSecond(nicOfLine[line]);
            }
        };
    }
}
