// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.aeron.Aeron;
import io.heliograph.engine.media.Driver;
import io.heliograph.engine.media.DriverException;
import io.heliograph.engine.stream.AeronConnection;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A driver and the client on it; when the driver is lost, looks for the one that takes its place and connects to that.
 *
 * <p><b>Thread:</b> one owner, the thread that calls {@link #doWork}; {@link #client} any thread.
 */
final class Connection implements AeronConnection, AutoCloseable {
    private static final long RETRY_INTERVAL_NS = 100_000_000L;

    private final Supplier<Driver> drivers;
    private final ErrorHandler errorHandler;
    private final NanoClock clock;
    private Driver driver;
    private volatile @Nullable Aeron client;
    private @Nullable AgentInvoker conductor;
    private long retryAtNs;
    private long losses;

    /**
     * @param drivers attaches to a living driver, or starts one; throws {@link DriverException} when there is none.
     * @param errorHandler told of the client's errors.
     * @param clock read only while there is no driver.
     */
    Connection(Supplier<Driver> drivers, ErrorHandler errorHandler, NanoClock clock) {
        this.clock = clock;
        this.drivers = drivers;
        this.errorHandler = errorHandler;
        this.driver = drivers.get();
        try {
            connect();
        } catch (RuntimeException e) {
            CloseHelper.quietClose(driver);
            throw e;
        }
    }

    @Override
    public @Nullable Aeron client() {
        return client;
    }

    boolean isAlive() {
        return client != null;
    }

    /** How often the driver was lost. */
    long losses() {
        return losses;
    }

    @Nullable
    AgentInvoker driverInvoker() {
        return driver.invoker();
    }

    int doWork() {
        Aeron now = client;
        if (now == null) {
            return reconnect();
        }
        int work = driver.doWork();
        AgentInvoker invoker = conductor;
        if (invoker != null) {
            work += invoker.invoke();
        }
        if (!driver.isAlive() || now.isClosed()) {
            lose(now);
        }
        return work;
    }

    @Override
    public void close() {
        CloseHelper.close(errorHandler, client);
        client = null;
        CloseHelper.close(errorHandler, driver);
    }

    private void connect() {
        boolean isInvoked = driver.isInvoked();
        Aeron.Context context = new Aeron.Context()
                .aeronDirectoryName(driver.directory())
                .errorHandler(errorHandler)
                .subscriberErrorHandler(errorHandler)
                .useConductorAgentInvoker(isInvoked);
        if (isInvoked) {
            context.driverAgentInvoker(driver.invoker());
        }
        Aeron connected = Aeron.connect(context);
        conductor = isInvoked ? connected.conductorAgentInvoker() : null;
        client = connected;
    }

    private void lose(Aeron lost) {
        losses++;
        client = null;
        conductor = null;
        retryAtNs = clock.nanoTime() + RETRY_INTERVAL_NS;
        errorHandler.onError(new DriverException("the media driver in " + driver.directory()
                + " is gone: nothing is sent or received until one is alive there again"));
        CloseHelper.quietCloseAll(lost, driver);
    }

    private int reconnect() {
        long nowNs = clock.nanoTime();
        if (nowNs - retryAtNs < 0) {
            return 0;
        }
        retryAtNs = nowNs + RETRY_INTERVAL_NS;
        try {
            driver = drivers.get();
            connect();
            return 1;
        } catch (DriverException e) {
            // Not there yet: said once, when it was lost.
            return 0;
        }
    }
}
