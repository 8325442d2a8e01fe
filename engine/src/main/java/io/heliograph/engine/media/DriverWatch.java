// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.heliograph.engine.media.DriverEvent.Kind;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a driver alive: a state machine that is told the time, starts a driver again that has ended, and waits longer
 * each time that one does not last, with jitter, so that a broken one costs little.
 *
 * <p><b>Thread:</b> one owner: the thread that calls {@link #onTick}.
 *
 * <p><b>Failure:</b> a start that fails counts like a driver that ended at once.
 */
final class DriverWatch {
    /** The wait before the first restart; it doubles up to the last. */
    static final long FIRST_WAIT_NS = 100_000_000L;

    static final long LAST_WAIT_NS = 10_000_000_000L;

    /** Who lives so long is well: the next wait is the first again. */
    static final long WELL_AFTER_NS = 30_000_000_000L;

    /** A JVM needs a second on a busy machine; who needs this long never gets ready. */
    static final long READY_WITHIN_NS = 30_000_000_000L;

    private final Path directory;
    private final DriverLife.Source source;
    private final DriverEvent.Listener listener;
    private final DoubleSupplier jitter;
    private State state = State.WAITING;
    private @Nullable DriverLife life;
    private Kind arrival = Kind.STARTED;
    private boolean isSilent;
    private long sinceNs;
    private long waitNs;
    private long nextWaitNs = FIRST_WAIT_NS;
    private long starts;

    enum State {
        /** For the moment to start one. */
        WAITING,
        /** A process was started and is not at work yet. */
        STARTING,
        /** A driver is at work. */
        RUNNING,
        /** It is over. */
        CLOSED
    }

    /**
     * A watch that starts a driver at its first tick.
     *
     * @param directory of the driver, for events.
     * @param source of drivers.
     * @param listener told of each.
     * @param jitter numbers from 0 to 1 that spread the waits.
     */
    DriverWatch(Path directory, DriverLife.Source source, DriverEvent.Listener listener, DoubleSupplier jitter) {
        this.directory = directory;
        this.source = source;
        this.listener = listener;
        this.jitter = jitter;
    }

    /** Begins with a driver that was found at work. */
    void adopt(DriverLife found, long nowNs) {
        life = found;
        arrival = Kind.ATTACHED;
        to(State.STARTING, nowNs);
        starts = 1;
    }

    /** Looks, and does what is due. Returns 1 when something changed, else 0. */
    int onTick(long nowNs) {
        return switch (state) {
            case WAITING -> nowNs - sinceNs >= waitNs || starts == 0 ? start(nowNs) : 0;
            case STARTING -> onStarting(nowNs);
            case RUNNING -> onRunning(nowNs);
            case CLOSED -> 0;
        };
    }

    /** Ends the driver and the watch. */
    void close() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        DriverLife last = life;
        if (last != null && !last.hasEnded()) {
            last.end();
            tell(Kind.CLOSED, last.pid(), "");
        }
    }

    State state() {
        return state;
    }

    /** How often a driver was started again. */
    long restarts() {
        return Math.max(0, starts - 1);
    }

    private int start(long nowNs) {
        starts++;
        arrival = Kind.STARTED;
        try {
            life = source.start();
            to(State.STARTING, nowNs);
        } catch (DriverException failed) {
            onEnd(nowNs, 0, String.valueOf(failed.getMessage()));
        }
        return 1;
    }

    private int onStarting(long nowNs) {
        DriverLife starting = current();
        if (starting.hasEnded()) {
            onEnd(nowNs, starting.pid(), starting.lastWords());
            return 1;
        }
        if (starting.isReady()) {
            to(State.RUNNING, nowNs);
            tell(arrival, starting.pid(), "");
            return 1;
        }
        if (nowNs - sinceNs <= READY_WITHIN_NS) {
            return 0;
        }
        if (arrival == Kind.ATTACHED) {
            // Not ours to end: it may carry streams again at any moment.
            return silent(starting, true);
        }
        starting.end();
        onEnd(nowNs, starting.pid(), "not ready within " + READY_WITHIN_NS / 1_000_000_000L + " s");
        return 1;
    }

    private int onRunning(long nowNs) {
        DriverLife running = current();
        if (running.hasEnded()) {
            onEnd(nowNs, running.pid(), running.lastWords());
            return 1;
        }
        if (nowNs - sinceNs > WELL_AFTER_NS) {
            nextWaitNs = FIRST_WAIT_NS;
        }
        return silent(running, !running.isReady());
    }

    private int silent(DriverLife who, boolean isSilentNow) {
        if (isSilent == isSilentNow) {
            return 0;
        }
        isSilent = isSilentNow;
        tell(
                isSilent ? Kind.SILENT : Kind.BACK,
                who.pid(),
                isSilent ? "if it stays so: kill -9 " + who.pid() + ", another is started then" : "");
        return 1;
    }

    private void onEnd(long nowNs, long pid, String lastWords) {
        life = null;
        waitNs = (long) (nextWaitNs * (0.5 + jitter.getAsDouble()));
        nextWaitNs = Math.min(LAST_WAIT_NS, 2 * nextWaitNs);
        to(State.WAITING, nowNs);
        String next = "starting another in " + waitNs / 1_000_000 + " ms";
        tell(Kind.ENDED, pid, lastWords.isEmpty() ? next : lastWords + "; " + next);
    }

    private void to(State next, long nowNs) {
        isSilent = false;
        state = next;
        sinceNs = nowNs;
    }

    private void tell(Kind kind, long pid, String detail) {
        listener.onDriver(new DriverEvent(kind, pid, directory, restarts(), detail));
    }

    private DriverLife current() {
        DriverLife current = life;
        if (current == null) {
            throw new IllegalStateException("no driver in state " + state);
        }
        return current;
    }
}
