// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.DriverMode;
import io.heliograph.config.Host;
import io.heliograph.config.HostPlace;
import io.heliograph.config.Topology;
import io.heliograph.engine.base.ErrorReport;
import io.heliograph.engine.media.Driver;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.media.DriverEvent;
import io.heliograph.engine.media.DriverEvent.Kind;
import io.heliograph.engine.media.DriverProcess;
import io.heliograph.engine.media.EngineClaim;
import io.heliograph.engine.media.ExternalDriver;
import io.heliograph.engine.media.ThreadedDriver;
import io.heliograph.engine.media.nic.NicEvent;
import io.heliograph.engine.media.nic.NicMonitor;
import io.heliograph.engine.media.nic.NicMonitorContext;
import io.heliograph.engine.media.population.LineSlots;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The appliance on a host: starts what the topology says runs there, in an order in which each part finds what it stands
 * on, watches it, and stops it in the opposite order: the media driver, the monitor of the NICs, the journals that the host
 * keeps, the streams of the host that many writers give their messages, the links to other hosts, and the bridges over them.
 *
 * <p><b>Thread:</b> one owner: the thread that calls {@link #doWork}, at least ten times a second; a driver has threads or a
 * process of its own, the monitor a thread of its own, the streams of many writers one together, the journals and the links two each, and who
 * answers from journals one, what bridges send one, and each bridge that leads here one.
 */
public final class Engine implements AutoCloseable {
    private final EngineClaim claim;
    private final @Nullable Driver driver;
    private final AgentRunner nicMonitor;
    private final ManyWriters manyWriters;
    private final Journals journals;
    private final HostLinks links;
    private final HostReplay replay;
    private final HostBridges bridges;
    private final EngineListener listener;
    private boolean isClosed;

    private Engine(
            EngineClaim claim,
            @Nullable Driver driver,
            AgentRunner nicMonitor,
            ManyWriters manyWriters,
            Journals journals,
            HostLinks links,
            HostReplay replay,
            HostBridges bridges,
            EngineListener listener) {
        this.claim = claim;
        this.driver = driver;
        this.nicMonitor = nicMonitor;
        this.manyWriters = manyWriters;
        this.journals = journals;
        this.links = links;
        this.replay = replay;
        this.bridges = bridges;
        this.listener = listener;
    }

    /**
     * Starts the engine of a host.
     *
     * @param topology that the host is in.
     * @param hostName of the host that this machine is.
     * @param options that the topology does not say.
     * @param listener told of what happens.
     * @return the engine; a driver process starts as {@link #doWork} is called.
     * @throws io.heliograph.engine.media.DriverException when another engine of this host runs, or when there is no driver
     *     to be had.
     * @throws io.heliograph.engine.intake.IntakeException when a ring cannot be opened.
     * @throws io.heliograph.engine.link.tls.CertificateException when a link is TLS and there are no certificates for it.
     * @throws IllegalArgumentException when the topology has no such host.
     */
    public static Engine start(Topology topology, String hostName, EngineOptions options, EngineListener listener) {
        HostPlace place = topology.host(hostName)
                .orElseThrow(() -> new IllegalArgumentException("no host " + hostName + " in " + topology.name()));
        Path directory = DriverDirectories.of(topology.name(), hostName);
        EngineClaim claim = EngineClaim.take(directory);
        Driver driver = null;
        ManyWriters manyWriters = null;
        HostLinks links = null;
        try {
            listener.onClaimed();
            Host host = place.host();
            manyWriters = ManyWriters.open(topology, host);
            links = HostLinks.prepare(
                    topology, place, directory, driverDirectory(host.engine(), directory), options, listener);
            driver = driver(host.engine(), directory, listener);
            NicRoutes routes = new NicRoutes(host, listener);
            AgentRunner nicMonitor = nicMonitor(topology, place, directory, options, routes);
            Journals journals = Journals.of(topology, host);
            manyWriters.start();
            HostReplay replay = HostReplay.start(topology, place, links, routes, listener);
            HostBridges bridges = HostBridges.prepare(topology, place, journals, links, listener::onBridge, listener);
            links.start();
            journals.start();
            bridges.start();
            return new Engine(claim, driver, nicMonitor, manyWriters, journals, links, replay, bridges, listener);
        } catch (RuntimeException failed) {
            CloseHelper.quietCloseAll(links, manyWriters, driver);
            claim.close();
            throw failed;
        }
    }

    /**
     * The engine's duty cycle: watches what it started.
     *
     * @return work done; 0 = idle.
     */
    public int doWork() {
        return manyWriters.tell(listener) + journals.tell(listener) + (driver == null ? 0 : driver.doWork());
    }

    /**
     * The host's driver.
     *
     * @return empty with {@code driver="embedded"}, where every program runs its own.
     */
    public Optional<Driver> driver() {
        return Optional.ofNullable(driver);
    }

    /** Stops everything, the driver last: streams of other programs on this host end with it. Idempotent. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        bridges.close();
        manyWriters.close();
        manyWriters.tell(listener);
        journals.close();
        journals.tell(listener);
        // Journals ask the engine for what they miss: it answers until they are closed.
        replay.close();
        links.close();
        nicMonitor.close();
        if (driver != null) {
            driver.close();
        }
        if (driver instanceof ThreadedDriver) {
            long pid = ProcessHandle.current().pid();
            listener.onDriver(new DriverEvent(Kind.CLOSED, pid, Path.of(driver.directory()), 0, ""));
        }
        claim.close();
    }

    private static AgentRunner nicMonitor(
            Topology topology, HostPlace place, Path directory, EngineOptions options, NicEvent.Listener listener) {
        io.heliograph.config.Engine settings = place.host().engine();
        Path driver = driverDirectory(settings, directory);
        ErrorReport errors = new ErrorReport("nic monitor", System.err::println, SystemNanoClock.INSTANCE);
        NicMonitor monitor = new NicMonitor(new NicMonitorContext(
                topology.name(),
                place,
                LineSlots.of(topology, place.site().name()),
                driver,
                options.nicTimes(),
                listener,
                errors,
                SystemNanoClock.INSTANCE));
        AgentRunner runner = new AgentRunner(NicMonitor.idleStrategy(), errors, null, monitor);
        AgentRunner.startOnThread(runner);
        return runner;
    }

    private static Path driverDirectory(io.heliograph.config.Engine settings, Path directory) {
        return settings.driver() == DriverMode.EXTERNAL
                ? Path.of(Objects.requireNonNull(settings.directory()))
                : directory;
    }

    private static @Nullable Driver driver(
            io.heliograph.config.Engine settings, Path directory, DriverEvent.Listener listener) {
        DriverContext context = new DriverContext().profile(settings.profile());
        return switch (settings.driver()) {
            case PROCESS -> DriverProcess.watch(directory, context, listener);
            case ENGINE -> {
                ThreadedDriver driver = ThreadedDriver.launch(directory, context);
                long pid = ProcessHandle.current().pid();
                listener.onDriver(new DriverEvent(Kind.STARTED, pid, directory, 0, "inside the engine"));
                yield driver;
            }
            case EXTERNAL -> ExternalDriver.watch(Path.of(Objects.requireNonNull(settings.directory())), listener);
            case EMBEDDED -> null;
        };
    }
}
