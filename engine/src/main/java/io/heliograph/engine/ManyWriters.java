// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Host;
import io.heliograph.config.Profile;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.config.Writers;
import io.heliograph.engine.base.ErrorReport;
import io.heliograph.engine.intake.IntakeRing;
import io.heliograph.engine.intake.RingFile;
import io.heliograph.engine.intake.RingLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The streams with {@code writers="many"} that a host publishes: numbers and sends what processes of the host put into their
 * rings, on one thread for all.
 *
 * <p>The rings are opened at once, so that writers can begin; the streams are published when the host's driver is there. At
 * the end what is in the rings is sent, at most for a second, and the epochs are ended; a ring stays, with what came too late.
 *
 * <p><b>Thread:</b> opened, told and closed by the engine's owner; the work is done by a thread of its own, {@code intake}.
 */
final class ManyWriters implements Agent, AutoCloseable {
    private static final long DRAIN_PATIENCE_NS = 1_000_000_000L;
    private static final long LINGER_IDLE_NS = 50_000L;
    private static final long END_PATIENCE_NS = 3_000_000_000L;

    private final List<RingStream> streams = new ArrayList<>();
    private final Queue<IntakeEvent> events = new ConcurrentLinkedQueue<>();
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final ErrorHandler errorHandler = new ErrorReport("engine", System.err::println, clock);
    private final Host host;
    private final LateConnection connection;
    private @Nullable AgentRunner runner;

    private ManyWriters(Topology topology, Host host) {
        this.host = host;
        this.connection = new LateConnection(topology, host, errorHandler, clock);
    }

    /** Opens the rings. */
    static ManyWriters open(Topology topology, Host host) {
        ManyWriters all = new ManyWriters(topology, host);
        try {
            for (Stream stream : topology.streams()) {
                if (stream.writers() == Writers.MANY && stream.publishers().contains(host.name())) {
                    Path path = RingFile.of(topology.name(), host.name(), stream.name());
                    IntakeRing ring = IntakeRing.open(path, RingLayout.DEFAULT_CAPACITY);
                    all.streams.add(new RingStream(stream.name(), ring, all.events::add, all.clock));
                }
            }
            return all;
        } catch (RuntimeException refused) {
            CloseHelper.quietCloseAll(all.streams);
            throw refused;
        }
    }

    /** Starts the thread; without streams there is none. */
    void start() {
        if (!streams.isEmpty()) {
            AgentRunner started = new AgentRunner(idle(), errorHandler, null, this);
            runner = started;
            AgentRunner.startOnThread(started, work -> new Thread(work, roleName()));
        }
    }

    /** Hands over what has happened. */
    int tell(EngineListener listener) {
        int told = 0;
        for (IntakeEvent event = events.poll(); event != null; event = events.poll()) {
            listener.onIntake(event);
            told++;
        }
        return told;
    }

    @Override
    public int doWork() {
        Heliograph connected = connection.get();
        if (connected == null) {
            return 0;
        }
        int work = connected.doWork();
        for (int i = 0; i < streams.size(); i++) {
            work += streams.get(i).doWork(connected);
        }
        return work;
    }

    @Override
    public String roleName() {
        return "intake";
    }

    @Override
    public void onClose() {
        Heliograph connected = connection.get();
        if (connected != null && connected.isAlive()) {
            end(connected);
        }
        CloseHelper.closeAll(errorHandler, streams);
        CloseHelper.close(errorHandler, connection);
    }

    /** Ends the thread, which ends the streams in an orderly way. Idempotent. */
    @Override
    public void close() {
        if (runner == null) {
            CloseHelper.closeAll(errorHandler, streams);
        } else {
            runner.close();
        }
    }

    private void end(Heliograph connected) {
        long startNs = clock.nanoTime();
        while (clock.nanoTime() - startNs < DRAIN_PATIENCE_NS
                && !streams.stream().allMatch(RingStream::isDrained)) {
            doWork();
        }
        List<RingStream> ending = new ArrayList<>(streams);
        while (clock.nanoTime() - startNs < END_PATIENCE_NS && !ending.isEmpty()) {
            connected.doWork();
            ending.removeIf(RingStream::end);
            streams.forEach(RingStream::lingerOn);
        }
        while (clock.nanoTime() - startNs < END_PATIENCE_NS && streams.stream().anyMatch(RingStream::isLingering)) {
            connected.doWork();
            streams.forEach(RingStream::lingerOn);
            LockSupport.parkNanos(LINGER_IDLE_NS);
        }
    }

    private IdleStrategy idle() {
        return host.engine().profile() == Profile.LOW_LATENCY
                ? YieldingIdleStrategy.INSTANCE
                : new BackoffIdleStrategy(1, 1, 1_000, 100_000);
    }
}
