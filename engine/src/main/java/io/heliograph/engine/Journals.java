// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Host;
import io.heliograph.config.Profile;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.base.ErrorReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The journals that a host keeps: subscribes to each stream that names it, and appends what comes, on one thread for all; on
 * another one their files are looked after, and on a third one they are brought onto the disk, where that is asked for.
 *
 * <p><b>Thread:</b> opened, told and closed by the engine's owner; the work is done by threads of its own, {@code journal}, {@code
 * journal-keeper} and {@code journal-sync}.
 */
final class Journals implements Agent, AutoCloseable {
    private static final int KEEPER_IDLE_MS = 2;

    /** So late a journal may notice a packet: a part of what a repair takes, and no core's time while nothing comes. */
    private static final long LONGEST_IDLE_NS = 250_000;

    private final List<JournaledStream> streams = new ArrayList<>();
    private final Map<Integer, JournaledStream> byId = new HashMap<>();
    private final Queue<JournalEvent> events = new ConcurrentLinkedQueue<>();
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final ErrorHandler errorHandler = new ErrorReport("journal", System.err::println, clock);
    private final Host host;
    private final LateConnection connection;
    private @Nullable AgentRunner runner;
    private @Nullable AgentRunner keeping;
    private @Nullable AgentRunner syncing;
    private boolean isSynced;

    private Journals(Topology topology, Host host) {
        this.host = host;
        this.connection = new LateConnection(topology, host, errorHandler, clock);
    }

    /** Finds the streams whose journals the host keeps. */
    static Journals of(Topology topology, Host host) {
        Journals all = new Journals(topology, host);
        for (Stream stream : topology.streams()) {
            if (stream.journaling().hosts().contains(host.name())) {
                Path directory = Path.of(Objects.requireNonNull(host.engine().journal()));
                all.isSynced |= stream.journaling().syncNs() > 0;
                JournaledStream journaled = new JournaledStream(stream, directory, all.events::add, all.clock);
                all.streams.add(journaled);
                all.byId.put(stream.id(), journaled);
            }
        }
        return all;
    }

    /** A stream's journal, by its id; null for one that the host keeps none of. */
    @Nullable
    JournaledStream of(int stream) {
        return byId.get(stream);
    }

    /** What is run, for each stream by its id, whenever something was appended; before the threads start. */
    void ringing(IntFunction<Runnable> bells) {
        byId.forEach((id, stream) -> stream.ringing(bells.apply(id)));
    }

    /** Starts the threads; without streams there are none. */
    void start() {
        if (!streams.isEmpty()) {
            AgentRunner work = new AgentRunner(idle(), errorHandler, null, this);
            AgentRunner keep = new AgentRunner(
                    new SleepingMillisIdleStrategy(KEEPER_IDLE_MS), errorHandler, null, new Keepers(streams));
            runner = work;
            keeping = keep;
            AgentRunner.startOnThread(work, task -> new Thread(task, roleName()));
            AgentRunner.startOnThread(keep, task -> new Thread(task, "journal-keeper"));
            if (isSynced) {
                AgentRunner sync = new AgentRunner(
                        new SleepingMillisIdleStrategy(KEEPER_IDLE_MS), errorHandler, null, new Syncs(streams));
                syncing = sync;
                AgentRunner.startOnThread(sync, task -> new Thread(task, "journal-sync"));
            }
        }
    }

    /** Hands over what has happened. */
    int tell(EngineListener listener) {
        int told = 0;
        for (JournalEvent event = events.poll(); event != null; event = events.poll()) {
            listener.onJournal(event);
            told++;
        }
        return told;
    }

    @Override
    public int doWork() {
        Heliograph connected = connection.get();
        int work = connected == null ? 0 : connected.doWork();
        for (int i = 0; i < streams.size(); i++) {
            work += streams.get(i).doWork(connected);
        }
        return work;
    }

    @Override
    public String roleName() {
        return "journal";
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(errorHandler, streams);
        CloseHelper.close(errorHandler, connection);
    }

    /** Ends the threads; the journals are let go of. Idempotent. */
    @Override
    public void close() {
        // The keeper first: it works on what the other thread closes. Then the last that was appended is synced.
        CloseHelper.closeAll(errorHandler, keeping, runner, syncing);
    }

    private IdleStrategy idle() {
        return host.engine().profile() == Profile.LOW_LATENCY
                ? YieldingIdleStrategy.INSTANCE
                : new BackoffIdleStrategy(1, 1, 1_000, LONGEST_IDLE_NS);
    }

    /** Looks after the files of all of them. */
    private record Keepers(List<JournaledStream> streams) implements Agent {
        @Override
        public int doWork() {
            int work = 0;
            for (int i = 0; i < streams.size(); i++) {
                work += streams.get(i).keep();
            }
            return work;
        }

        @Override
        public String roleName() {
            return "journal-keeper";
        }
    }

    /** Brings all of them onto the disk: one that does not answer holds back the others' syncs, and nothing else. */
    private record Syncs(List<JournaledStream> streams) implements Agent {
        @Override
        public int doWork() {
            int work = 0;
            for (int i = 0; i < streams.size(); i++) {
                work += streams.get(i).sync();
            }
            return work;
        }

        @Override
        public void onClose() {
            streams.forEach(JournaledStream::closeSync);
        }

        @Override
        public String roleName() {
            return "journal-sync";
        }
    }
}
