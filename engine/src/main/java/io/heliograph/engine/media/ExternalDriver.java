// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.heliograph.engine.media.DriverEvent.Kind;
import java.nio.file.Path;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A driver that somebody else starts (Aeron's C driver, one on DPDK or ef_vi), named by its directory: watched, so that its
 * end and its return are said, and never started, ended or cleaned up after.
 *
 * <p><b>Thread:</b> one owner: the thread that calls {@link #doWork}.
 */
public final class ExternalDriver implements Driver {
    private static final long LOOK_INTERVAL_NS = 100_000_000L;

    private final Path directory;
    private final DriverEvent.Listener listener;
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private AttachedDriver driver;
    private long returns;
    private long nextLookNs;

    private ExternalDriver(Path directory, DriverEvent.Listener listener) {
        this.directory = directory;
        this.listener = listener;
        this.driver = AttachedDriver.attach(directory);
        this.nextLookNs = clock.nanoTime();
        tell(Kind.ATTACHED, "");
    }

    /**
     * Watches a driver that is at work.
     *
     * @param directory of the driver.
     * @param listener told of its end and its return.
     * @return the watch.
     * @throws DriverException when none is alive there.
     */
    public static ExternalDriver watch(Path directory, DriverEvent.Listener listener) {
        return new ExternalDriver(directory, listener);
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
        return driver.isAlive() ? look() : lookForReturn();
    }

    @Override
    public boolean isAlive() {
        return driver.isAlive();
    }

    @Override
    public @Nullable AgentInvoker invoker() {
        return null;
    }

    /** Ends the watch; the driver lives on. */
    @Override
    public void close() {
        driver.close();
    }

    private int look() {
        driver.doWork();
        if (driver.isAlive()) {
            return 0;
        }
        tell(Kind.ENDED, "start it again; it is attached to then");
        return 1;
    }

    private int lookForReturn() {
        if (!AttachedDriver.isAlive(directory)) {
            return 0;
        }
        driver = AttachedDriver.attach(directory);
        returns++;
        tell(Kind.ATTACHED, "");
        return 1;
    }

    private void tell(Kind kind, String detail) {
        listener.onDriver(new DriverEvent(kind, driver.mark().pid(), directory, returns, detail));
    }
}
