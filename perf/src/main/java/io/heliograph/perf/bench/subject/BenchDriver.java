// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ReceiveChannelEndpointSupplier;
import io.aeron.driver.ThreadingMode;
import io.aeron.driver.ext.DebugReceiveChannelEndpoint;
import io.aeron.driver.ext.LossGenerator;
import io.aeron.driver.ext.RandomLossGenerator;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.ThreadedDriver;
import io.heliograph.perf.bench.control.ControlLine;
import java.nio.file.Path;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * The media driver of a benchmark's process, with the same settings for both subjects: the product's own, network threads
 * that yield, a conductor that backs off. It can lose a share of the packets that it receives, independently on each line.
 *
 * <p><b>Thread:</b> any thread.
 */
final class BenchDriver {
    private static final LossGenerator NOTHING_LOST = (address, buffer, length) -> false;

    private BenchDriver() {}

    /**
     * The settings that an {@code open} asks for.
     *
     * @param settings with {@code threads} and, where packets shall be lost, {@code loss} (a share: 0.01 is 1 %) and
     *     {@code seed}.
     * @return the settings.
     */
    static DriverContext context(ControlLine settings) {
        Threads threads = Threads.of(settings.text("threads"));
        DriverContext context = new DriverContext();
        if (threads != Threads.INVOKED) {
            context.aeron(driver -> thread(driver, threads));
        }
        if (settings.has("loss")) {
            context.aeron(driver ->
                    driver.receiveChannelEndpointSupplier(losing(settings.decimal("loss"), settings.number("seed"))));
        }
        return context;
    }

    /**
     * Starts a driver with threads, in this process.
     *
     * @param settings the {@code open}, with {@code directory}.
     * @return the driver.
     */
    static ThreadedDriver launch(ControlLine settings) {
        return ThreadedDriver.launch(directory(settings), context(settings));
    }

    /** Where the driver lives. */
    static Path directory(ControlLine settings) {
        return Path.of(settings.text("directory"));
    }

    private static void thread(MediaDriver.Context driver, Threads threads) {
        driver.threadingMode(ThreadingMode.valueOf(threads.name()))
                .conductorIdleStrategy(new BackoffIdleStrategy())
                .senderIdleStrategy(YieldingIdleStrategy.INSTANCE)
                .receiverIdleStrategy(YieldingIdleStrategy.INSTANCE)
                .sharedNetworkIdleStrategy(YieldingIdleStrategy.INSTANCE);
    }

    private static ReceiveChannelEndpointSupplier losing(double share, long seed) {
        return (channel, dispatcher, status, driver) -> new DebugReceiveChannelEndpoint(
                channel,
                dispatcher,
                status,
                driver,
                new RandomLossGenerator(share, seed * 31 + channel.remoteData().getPort()),
                NOTHING_LOST);
    }
}
