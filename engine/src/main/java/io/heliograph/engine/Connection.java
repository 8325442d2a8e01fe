// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.aeron.Aeron;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.DriverTimeoutException;
import io.heliograph.engine.media.AttachedDriver;
import io.heliograph.engine.media.Driver;
import io.heliograph.engine.media.DriverException;
import io.heliograph.engine.stream.AeronConnection;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * A driver and the client on it; when the driver is lost, looks for the one that takes its place and connects to that.
 *
 * <p><b>Thread:</b> one owner, the thread that calls {@link #doWork}; {@link #client} and {@link #pause} any thread.
 *
 * <p><b>Failure:</b> after the first connection nothing is thrown: what stands in the way of the next one is told to the
 * error handler, once a loss, and tried again.
 */
final class Connection implements AeronConnection, AutoCloseable {
    private static final long RETRY_INTERVAL_NS = 100_000_000L;

    /**
     * How long the client's conductor sleeps: what the driver says is heard so much later. A driver of ours takes a line from a
     * reader that does not read for 2 ms, also from one that has not heard yet that it was given it: Aeron's 16 ms would often be
     * too late at full rate.
     */
    private static final long CONDUCTOR_SLEEP_NS = 1_000_000L;

    private final Supplier<Driver> drivers;
    private final ErrorHandler errorHandler;
    private final NanoClock clock;
    private Driver driver;
    private volatile @Nullable Aeron client;
    private @Nullable AgentInvoker conductor;
    private volatile @Nullable AgentInvoker driverInvoker;
    private boolean isFailureTold;
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
            connect(driver);
        } catch (RuntimeException e) {
            CloseHelper.quietClose(driver);
            throw e instanceof AeronException refused ? refused(driver, refused) : e;
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

    /** For whoever waits for room: the driver that lives now gets to run where it is invoked on the caller's thread. */
    void pause() {
        AgentInvoker invoker = driverInvoker;
        if (invoker == null) {
            Thread.onSpinWait();
        } else {
            invoker.invoke();
        }
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

    private void connect(Driver driver) {
        boolean isInvoked = driver.isInvoked();
        Aeron.Context context = new Aeron.Context()
                .aeronDirectoryName(driver.directory())
                .errorHandler(this::onClientError)
                .subscriberErrorHandler(this::onClientError)
                .idleStrategy(new SleepingIdleStrategy(CONDUCTOR_SLEEP_NS))
                .useConductorAgentInvoker(isInvoked);
        if (isInvoked) {
            context.driverAgentInvoker(driver.invoker());
        }
        Aeron connected = Aeron.connect(context);
        conductor = isInvoked ? connected.conductorAgentInvoker() : null;
        driverInvoker = driver.invoker();
        client = connected;
    }

    /** A driver that has ended is told once, with what it means, and not by each thread of the client that ends with it. */
    private void onClientError(Throwable error) {
        if (!(error instanceof DriverTimeoutException || error instanceof AgentTerminationException)) {
            errorHandler.onError(error);
        }
    }

    private void lose(Aeron lost) {
        losses++;
        client = null;
        conductor = null;
        driverInvoker = null;
        isFailureTold = false;
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
        Driver found = null;
        try {
            found = drivers.get();
            // Aeron waits 10 s for a driver that is not there yet: on this thread nothing is waited for.
            if (AttachedDriver.isAlive(Path.of(found.directory()))) {
                connect(found);
                driver = found;
                return 1;
            }
        } catch (DriverException absent) {
            tell(absent.isAbsence() ? null : absent);
        } catch (AeronException failed) {
            tell(found == null ? null : refused(found, failed));
        }
        CloseHelper.close(errorHandler, found);
        return 0;
    }

    /** Once a loss; that there is no driver yet was said when it was lost. */
    private void tell(@Nullable DriverException failure) {
        if (failure != null && !isFailureTold) {
            isFailureTold = true;
            errorHandler.onError(failure);
        }
    }

    private static DriverException refused(Driver driver, AeronException why) {
        return new DriverException(
                "cannot connect to the media driver in " + driver.directory() + ": " + why.getMessage(), why);
    }
}
