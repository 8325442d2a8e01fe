// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.aeron.driver.MediaDriver;
import java.nio.file.Path;
import org.agrona.concurrent.AgentInvoker;

/**
 * A media driver of one's own, without threads: it works when the caller's duty cycle invokes it. The lowest latency
 * where cores are few. Nobody else can find its directory by name, and it is removed at the end; what a killed process left
 * is removed by the next embedded driver of the same user.
 *
 * <p><b>Thread:</b> one owner: the thread that calls {@link #doWork}.
 *
 * <p><b>Allocation:</b> none in {@link #doWork} but Aeron's own on rare events.
 */
public final class EmbeddedDriver implements Driver {
    private final Path directory;
    private final DirectoryLock lock;
    private final MediaDriver driver;
    private final AgentInvoker invoker;
    private boolean isClosed;

    private EmbeddedDriver(Path directory, DirectoryLock lock, MediaDriver driver) {
        this.directory = directory;
        this.lock = lock;
        this.driver = driver;
        this.invoker = driver.sharedAgentInvoker();
    }

    /**
     * Starts a driver with the default settings.
     *
     * @return the driver, which works when it is invoked.
     */
    public static EmbeddedDriver launch() {
        return launch(new DriverContext());
    }

    /**
     * Starts a driver.
     *
     * @param context its settings; the threads of its profile don't matter here.
     * @return the driver, which works when it is invoked.
     * @throws DriverException when it cannot start.
     */
    public static EmbeddedDriver launch(DriverContext context) {
        DriverDirectories.removeAbandonedEmbedded();
        Path directory = DriverDirectories.embedded();
        DirectoryLock lock = DriverDirectories.takeForDriver(directory);
        try {
            return new EmbeddedDriver(directory, lock, MediaDriver.launch(context.invoked(directory)));
        } catch (RuntimeException failed) {
            lock.closeAndDelete();
            throw new DriverException(
                    "cannot start a media driver in " + directory + " (" + failed.getMessage() + ")", failed);
        }
    }

    @Override
    public String directory() {
        return directory.toString();
    }

    @Override
    public int doWork() {
        return invoker.invoke();
    }

    @Override
    public boolean isAlive() {
        return !isClosed;
    }

    @Override
    public AgentInvoker invoker() {
        return invoker;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            driver.close();
            lock.closeAndDelete();
        }
    }
}
