// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import io.heliograph.config.HostPlace;
import io.heliograph.engine.media.population.LineSlots;
import java.nio.file.Path;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;

/**
 * What a {@link NicMonitor} is given.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param topologyName of the deployment: probes of others are refused.
 * @param place the host and its site.
 * @param counted lines of the site whose subscribers are counted.
 * @param driverDirectory of the host's driver, in whose counters the health is stated.
 * @param times of the states' changes.
 * @param listener told of every change, on the monitor's thread.
 * @param errorHandler told of what the system refuses, as often as it does.
 * @param clock for everything.
 */
public record NicMonitorContext(
        String topologyName,
        HostPlace place,
        LineSlots counted,
        Path driverDirectory,
        NicTimes times,
        NicEvent.Listener listener,
        ErrorHandler errorHandler,
        NanoClock clock) {}
