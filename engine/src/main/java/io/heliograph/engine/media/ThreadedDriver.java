// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.aeron.driver.MediaDriver;
import java.nio.file.Path;
import org.agrona.concurrent.AgentInvoker;
import org.jspecify.annotations.Nullable;

/**
 * A media driver on threads of its own inside this process: what the role {@code driver} runs, and the engine with {@code
 * driver="engine"}.
 *
 * <p><b>Thread:</b> one owner: the thread that made it.
 */
public final class ThreadedDriver implements Driver {
    private final Path directory;
    private final DirectoryLock lock;
    private final MediaDriver driver;
    private boolean isClosed;

    private ThreadedDriver(Path directory, DirectoryLock lock, MediaDriver driver) {
        this.directory = directory;
        this.lock = lock;
        this.driver = driver;
    }

    /**
     * Starts a driver; what a dead one left in the directory is removed.
     *
     * @param directory where clients find it; its parent has to exist.
     * @param context its settings.
     * @return the driver at work.
     * @throws DriverException when another driver works in the directory, or when it cannot start.
     */
    public static ThreadedDriver launch(Path directory, DriverContext context) {
        DirectoryLock lock = DriverDirectories.takeForDriver(directory);
        try {
            return new ThreadedDriver(directory, lock, MediaDriver.launch(context.threaded(directory)));
        } catch (RuntimeException failed) {
            lock.close();
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
        return 0;
    }

    @Override
    public boolean isAlive() {
        return !isClosed;
    }

    @Override
    public @Nullable AgentInvoker invoker() {
        return null;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            driver.close();
            lock.close();
        }
    }
}
