// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The host's media driver as a process of its own: started when there is none, watched, and started again when it dies.
 * Nothing that stops this process, a collection or its own death, stops the driver: a new engine finds it at work and
 * watches it again.
 *
 * <p><b>Thread:</b> one owner: the thread that calls {@link #doWork}, often and cheaply: it looks ten times a second.
 */
public final class DriverProcess implements Driver {
    private static final long LOOK_INTERVAL_NS = 100_000_000L;

    private final Path directory;
    private final DriverWatch watch;
    private final NanoClock clock;
    private long nextLookNs;

    private DriverProcess(Path directory, DriverWatch watch, NanoClock clock) {
        this.directory = directory;
        this.watch = watch;
        this.clock = clock;
        this.nextLookNs = clock.nanoTime();
    }

    /**
     * Takes responsibility for a directory's driver: the one at work there, or a new one, which {@link #doWork} starts. The
     * caller holds the {@link EngineClaim} of the directory.
     *
     * @param directory of the driver.
     * @param context its settings; a driver that is at work already keeps the ones that it has.
     * @param listener told of its start, its end and every restart.
     * @return the watch over the driver.
     */
    public static DriverProcess watch(Path directory, DriverContext context, DriverEvent.Listener listener) {
        NanoClock clock = SystemNanoClock.INSTANCE;
        DriverWatch watch = new DriverWatch(
                directory,
                () -> DriverLives.start(directory, context),
                listener,
                ThreadLocalRandom.current()::nextDouble);
        DriverLives.find(directory).ifPresent(life -> watch.adopt(life, clock.nanoTime()));
        return new DriverProcess(directory, watch, clock);
    }

    @Override
    public String directory() {
        return directory.toString();
    }

    @Override
    public int doWork() {
        long nowNs = clock.nanoTime();
        if (nowNs - nextLookNs < 0) {
            return 0;
        }
        nextLookNs = nowNs + LOOK_INTERVAL_NS;
        return watch.onTick(nowNs);
    }

    @Override
    public boolean isAlive() {
        return watch.state() == DriverWatch.State.RUNNING;
    }

    /**
     * How often the driver had to be started again.
     *
     * @return 0 and up.
     */
    public long restarts() {
        return watch.restarts();
    }

    @Override
    public @Nullable AgentInvoker invoker() {
        return null;
    }

    /** Ends the driver, also one that a former engine started. */
    @Override
    public void close() {
        watch.close();
    }
}
