// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.DriverMode;
import io.heliograph.config.Host;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.AttachedDriver;
import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.media.DriverException;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a thread of the engine to the host's driver, made as soon as that is there: the engine starts its threads
 * before its driver has started.
 *
 * <p><b>Thread:</b> made by the engine's owner, then one owner: the thread that works with it.
 */
final class LateConnection implements AutoCloseable {
    private static final long INTERVAL_NS = 100_000_000L;

    private final Topology topology;
    private final Host host;
    private final ErrorHandler errorHandler;
    private final NanoClock clock;
    private @Nullable Heliograph heliograph;
    private long connectAtNs;

    LateConnection(Topology topology, Host host, ErrorHandler errorHandler, NanoClock clock) {
        this.topology = topology;
        this.host = host;
        this.errorHandler = errorHandler;
        this.clock = clock;
        this.connectAtNs = clock.nanoTime();
    }

    /** The connection; null while there is no driver. */
    @Nullable
    Heliograph get() {
        if (heliograph == null && clock.nanoTime() - connectAtNs >= 0) {
            connectAtNs = clock.nanoTime() + INTERVAL_NS;
            connect();
        }
        return heliograph;
    }

    @Override
    public void close() {
        CloseHelper.close(errorHandler, heliograph);
    }

    private void connect() {
        try {
            if (isDriverThere()) {
                heliograph = Heliograph.connect(new HeliographContext()
                        .topology(topology)
                        .host(host.name())
                        .errorHandler(errorHandler));
            }
        } catch (DriverException absent) {
            // The engine says itself what becomes of its driver; this is about one that is there and useless.
            if (!absent.isAbsence()) {
                errorHandler.onError(absent);
            }
        }
    }

    /** Aeron waits 10 s for a driver that is not there yet: on this thread nothing is waited for. */
    private boolean isDriverThere() {
        String external = host.engine().directory();
        Path directory = external == null ? DriverDirectories.of(topology.name(), host.name()) : Path.of(external);
        return host.engine().driver() == DriverMode.EMBEDDED || AttachedDriver.isAlive(directory);
    }
}
