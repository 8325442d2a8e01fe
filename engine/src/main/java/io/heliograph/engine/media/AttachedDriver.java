// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import java.nio.file.Path;
import java.util.Optional;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;
import org.jspecify.annotations.Nullable;

/**
 * A media driver that others run: the host's, or an external one (Aeron's C driver), found by its directory.
 *
 * <p><b>Thread:</b> one owner: the thread that calls {@link #doWork}.
 */
public final class AttachedDriver implements Driver {
    /** A look opens and reads a small file: 20 us. */
    private static final long LOOK_INTERVAL_MS = 100;

    private final Path directory;
    private final EpochClock clock;
    private final DriverMark mark;
    private long nextLookMs;
    private boolean isAlive = true;

    private AttachedDriver(Path directory, EpochClock clock, DriverMark mark) {
        this.directory = directory;
        this.clock = clock;
        this.mark = mark;
        this.nextLookMs = clock.time() + LOOK_INTERVAL_MS;
    }

    /**
     * Attaches to a driver that lives.
     *
     * @param directory of the driver.
     * @return the driver as it is now: one that takes its place later is another.
     * @throws DriverException when none is alive there.
     */
    public static AttachedDriver attach(Path directory) {
        return attach(directory, SystemEpochClock.INSTANCE);
    }

    static AttachedDriver attach(Path directory, EpochClock clock) {
        DriverMark mark = living(directory, clock)
                .orElseThrow(() -> DriverException.absent("no media driver is alive in " + directory
                        + "; start one with: heliograph engine --topology T --host H"
                        + " (or: heliograph driver --directory " + directory + ")"));
        return new AttachedDriver(directory, clock, mark);
    }

    /**
     * Whether a driver is alive in a directory, so that {@link #attach} would find it.
     *
     * @param directory where one may be.
     * @return true when it has worked lately.
     */
    public static boolean isAlive(Path directory) {
        return living(directory, SystemEpochClock.INSTANCE).isPresent();
    }

    /**
     * Who the driver is.
     *
     * @return its mark at the time that it was attached to.
     */
    public DriverMark mark() {
        return mark;
    }

    @Override
    public String directory() {
        return directory.toString();
    }

    /** Looks, now and then, whether the driver still lives: it is dead for good when another one has taken its place. */
    @Override
    public int doWork() {
        long nowMs = clock.time();
        if (!isAlive || nowMs - nextLookMs < 0) {
            return 0;
        }
        nextLookMs = nowMs + LOOK_INTERVAL_MS;
        isAlive = living(directory, clock)
                .filter(now -> now.startEpochMs() == mark.startEpochMs() && now.pid() == mark.pid())
                .isPresent();
        return isAlive ? 0 : 1;
    }

    @Override
    public boolean isAlive() {
        return isAlive;
    }

    @Override
    public @Nullable AgentInvoker invoker() {
        return null;
    }

    /** Lets go: the driver is others' and lives on. */
    @Override
    public void close() {
        isAlive = false;
    }

    /** Without a lock of ours (an external driver) only its beat tells; with one, a driver that was killed shows at once. */
    private static Optional<DriverMark> living(Path directory, EpochClock clock) {
        return DriverMark.read(directory)
                .filter(mark -> mark.isBeating(clock.time()))
                .filter(mark -> !DirectoryLock.isAbandoned(DriverDirectories.driverLock(directory), mark.pid()));
    }
}
