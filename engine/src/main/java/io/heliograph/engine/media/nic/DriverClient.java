// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import io.aeron.Aeron;
import io.aeron.exceptions.AeronException;
import io.heliograph.engine.media.AttachedDriver;
import io.heliograph.engine.media.DriverException;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentInvoker;
import org.jspecify.annotations.Nullable;

/**
 * A client of the host's driver that is there when the driver is: it waits for none, and connects anew to each that takes a
 * lost one's place.
 *
 * <p><b>Thread:</b> one owner: the thread that calls {@link #doWork}, which runs the client's conductor too.
 *
 * <p><b>Failure:</b> what Aeron says is told to the error handler; nothing is thrown.
 */
public final class DriverClient implements AutoCloseable {
    private static final long RETRY_INTERVAL_NS = 100_000_000L;

    /** Bounds what a driver that ends while it is connected to can hold the thread up. */
    private static final long DRIVER_TIMEOUT_MS = 2_000;

    private final Path directory;
    private final ErrorHandler errorHandler;
    private @Nullable AttachedDriver driver;
    private @Nullable Aeron client;
    private long retryAtNs;

    /**
     * Not connected yet.
     *
     * @param directory of the driver.
     * @param nowNs monotonic.
     * @param errorHandler told of what Aeron says.
     */
    public DriverClient(Path directory, long nowNs, ErrorHandler errorHandler) {
        this.directory = directory;
        this.errorHandler = errorHandler;
        this.retryAtNs = nowNs;
    }

    /**
     * The client of the driver that lives now.
     *
     * @return null while there is no driver.
     */
    public @Nullable Aeron client() {
        return client;
    }

    /**
     * Connects where there is a driver, and runs the client's conductor.
     *
     * @param nowNs monotonic.
     * @return work done; 0 = idle.
     */
    public int doWork(long nowNs) {
        Aeron now = client;
        AttachedDriver alive = driver;
        if (now == null || alive == null) {
            return nowNs - retryAtNs < 0 ? 0 : connect(nowNs);
        }
        alive.doWork();
        AgentInvoker conductor = now.conductorAgentInvoker();
        int work = conductor.invoke();
        if (!alive.isAlive() || now.isClosed()) {
            close();
            retryAtNs = nowNs + RETRY_INTERVAL_NS;
        }
        return work;
    }

    @Override
    public void close() {
        CloseHelper.close(errorHandler, client);
        CloseHelper.close(errorHandler, driver);
        client = null;
        driver = null;
    }

    private int connect(long nowNs) {
        retryAtNs = nowNs + RETRY_INTERVAL_NS;
        if (!AttachedDriver.isAlive(directory)) {
            return 0;
        }
        try {
            driver = AttachedDriver.attach(directory);
            client = Aeron.connect(new Aeron.Context()
                    .aeronDirectoryName(directory.toString())
                    .driverTimeoutMs(DRIVER_TIMEOUT_MS)
                    .errorHandler(errorHandler)
                    .subscriberErrorHandler(errorHandler)
                    .useConductorAgentInvoker(true));
        } catch (AeronException | DriverException failed) {
            errorHandler.onError(failed);
            close();
        }
        return 1;
    }
}
