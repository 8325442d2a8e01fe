// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.site;

import io.heliograph.config.Topology;
import io.heliograph.engine.Engine;
import io.heliograph.engine.EngineListener;
import io.heliograph.engine.EngineOptions;
import io.heliograph.engine.IntakeEvent;
import io.heliograph.engine.JournalEvent;
import io.heliograph.engine.media.DriverEvent;
import io.heliograph.engine.media.nic.NicEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;

/**
 * The engines of some hosts, with the thread that runs their duty cycles.
 *
 * <p><b>Thread:</b> one owner.
 */
public final class RunningEngines implements AutoCloseable {
    private static final long CYCLE_NS = 1_000_000L;

    private final List<Engine> engines = new ArrayList<>();
    private final Thread cycle = new Thread(this::run, "engines");
    private volatile boolean isOver;

    private RunningEngines() {}

    /**
     * Starts engines.
     *
     * @param topology they belong to.
     * @param hosts one engine each, in this order.
     * @return running.
     */
    public static RunningEngines start(Topology topology, List<String> hosts) {
        RunningEngines running = new RunningEngines();
        try {
            hosts.forEach(
                    host -> running.engines.add(Engine.start(topology, host, EngineOptions.DEFAULT, new Quiet())));
        } catch (RuntimeException failed) {
            CloseHelper.quietCloseAll(running.engines);
            throw failed;
        }
        running.cycle.start();
        return running;
    }

    /**
     * A TCP port that was free a moment ago.
     *
     * @param host the last octet of its address on loopback.
     * @return the port.
     */
    public static int freePort(int host) {
        try (ServerSocket socket =
                new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host}))) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("no free port on 127.0.0." + host, none);
        }
    }

    private void run() {
        while (!isOver) {
            engines.forEach(Engine::doWork);
            LockSupport.parkNanos(CYCLE_NS);
        }
    }

    @Override
    public void close() {
        isOver = true;
        try {
            cycle.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        CloseHelper.quietCloseAll(engines);
    }

    /** What goes wrong shows in the figures, or as a round without any. */
    private static final class Quiet implements EngineListener {
        @Override
        public void onClaimed() {}

        @Override
        public void onIntake(IntakeEvent event) {}

        @Override
        public void onJournal(JournalEvent event) {}

        @Override
        public void onDriver(DriverEvent event) {}

        @Override
        public void onNic(NicEvent event) {}
    }
}
