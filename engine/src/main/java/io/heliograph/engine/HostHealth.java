// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.aeron.Aeron;
import io.heliograph.config.Host;
import io.heliograph.config.HostPlace;
import io.heliograph.config.Line;
import io.heliograph.config.Nic;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.base.LineKey;
import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.media.nic.NicHealth;
import io.heliograph.engine.media.population.LinePopulation;
import io.heliograph.engine.media.population.LineSlots;
import java.util.List;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * What the host's engine states of its NICs, and of the subscribers of lines, for the streams of one connection.
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
    private final LinePopulation population;
    private final NanoClock clock;
    private @Nullable Aeron client;
    private int calls;

    HostHealth(Topology topology, HostPlace place, NanoClock clock) {
        Host host = place.host();
        this.nics = host.nics().stream().map(Nic::name).toList();
        this.health = new NicHealth(host.name(), nics);
        this.population = new LinePopulation(
                LineSlots.of(topology, place.site().name()), LineKey.host(topology.name(), host.name()));
        this.clock = clock;
    }

    /** The duty cycle: follows the driver, and looks now and then for an engine that came. */
    void doWork(@Nullable Aeron now) {
        if (now != client) {
            client = now;
            health.attach(now, clock.nanoTime());
            population.attach(now == null ? null : now.countersReader());
        } else if (++calls == CALLS) {
            calls = 0;
            if (health.doWork(clock.nanoTime()) > 0) {
                population.search();
            }
        }
    }

    /** The health of a stream's lines, by their place in the list. */
    LineHealth of(Stream stream, List<Line> lines) {
        int[] nicOfLine =
                lines.stream().mapToInt(line -> nics.indexOf(line.nic())).toArray();
        int[] slotOfLine = lines.stream()
                .mapToInt(line -> population.slot(stream.id(), line.index()))
                .toArray();
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
            public boolean isMended(int line) {
                return health.isMended(nicOfLine[line]);
            }

            @Override
            public long sentPerSecond(int line) {
                return health.sentPerSecond(nicOfLine[line]);
            }

            @Override
            public long subscribers(int line) {
                return population.subscribers(slotOfLine[line]);
            }
        };
    }
}
