// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Topology;
import io.heliograph.engine.base.ErrorReport;
import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.media.DriverContext;
import java.nio.file.Path;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Where a program stands: its topology, its host, its driver, its clocks. Set, then handed to {@link Heliograph#connect}.
 *
 * <p><b>Thread:</b> one owner until it is handed over, read only from then on.
 */
public final class HeliographContext {
    private @Nullable Topology topology;
    private String host = "";
    private DriverChoice driver = DriverChoice.host();
    private DriverContext driverContext = new DriverContext();
    private ErrorHandler errorHandler = new ErrorReport("heliograph", System.err::println, SystemNanoClock.INSTANCE);
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private EpochNanoClock wallClock = HostClock.INSTANCE;
    private @Nullable Path stateDirectory;

    /** A context that lacks topology and host. */
    public HeliographContext() {}

    /**
     * The deployment.
     *
     * @param value as {@code TopologyReader} gives it.
     * @return this.
     */
    public HeliographContext topology(Topology value) {
        topology = value;
        return this;
    }

    /**
     * The host of the topology that this program runs on.
     *
     * @param name in the topology.
     * @return this.
     */
    public HeliographContext host(String name) {
        host = name;
        return this;
    }

    /**
     * The media driver; by default that of the host's engine.
     *
     * @param value which one.
     * @return this.
     */
    public HeliographContext driver(DriverChoice value) {
        driver = value;
        return this;
    }

    /**
     * How an embedded driver runs; of no meaning for one that is attached to.
     *
     * @param value its settings.
     * @return this.
     */
    public HeliographContext driverContext(DriverContext value) {
        driverContext = value;
        return this;
    }

    /**
     * Who is told of what escapes a handler, and of errors of the client; by default standard error, rarely.
     *
     * @param value called on any thread; must not throw.
     * @return this.
     */
    public HeliographContext errorHandler(ErrorHandler value) {
        errorHandler = value;
        return this;
    }

    /**
     * The monotonic clock, read once a duty cycle.
     *
     * @param value of ns.
     * @return this.
     */
    public HeliographContext nanoClock(NanoClock value) {
        nanoClock = value;
        return this;
    }

    /**
     * The wall clock that packets carry, read once a packet.
     *
     * @param value ns since the Unix epoch; by default {@link HostClock#INSTANCE}, by which a handler measures latency too:
     *     {@code HostClock.INSTANCE.nanoTime() - header.sentEpochNs()}.
     * @return this.
     */
    public HeliographContext wallClock(EpochNanoClock value) {
        wallClock = value;
        return this;
    }

    /**
     * Where a publisher keeps what must outlive it (the last epoch of each stream); by default shared memory.
     *
     * @param path of a directory.
     * @return this.
     */
    public HeliographContext stateDirectory(Path path) {
        stateDirectory = path;
        return this;
    }

    Topology topology() {
        Topology value = topology;
        if (value == null) {
            throw new HeliographException("no topology: set it with HeliographContext.topology(...)");
        }
        return value;
    }

    String host() {
        return host;
    }

    DriverChoice driver() {
        return driver;
    }

    DriverContext driverContext() {
        return driverContext;
    }

    ErrorHandler errorHandler() {
        return errorHandler;
    }

    NanoClock nanoClock() {
        return nanoClock;
    }

    EpochNanoClock wallClock() {
        return wallClock;
    }

    @Nullable
    Path stateDirectory() {
        return stateDirectory;
    }
}
