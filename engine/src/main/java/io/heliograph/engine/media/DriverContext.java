// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.heliograph.config.Profile;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.agrona.concurrent.status.CountersReader;

/**
 * How a media driver of ours runs: set, then handed to the driver that it starts, and not changed any more.
 *
 * <p><b>Thread:</b> one owner until the driver starts.
 */
public final class DriverContext {
    /** Cores from which on a thread that spins takes nothing from the others: three of the driver's, and as many again. */
    public static final int SPIN_CORES = 6;

    /** A process that subscribes to 64 streams on two lines takes some 3,400, so 19 such processes fit. */
    public static final int COUNTERS = 65_536;

    /** What the counters take of shared memory, with their labels, whether or not they are used. */
    public static final long COUNTERS_BYTES =
            (long) COUNTERS * (CountersReader.COUNTER_LENGTH + CountersReader.METADATA_LENGTH);

    /** A datagram of the largest MTU of a line. */
    private static final int MIN_WINDOW_LENGTH = 8192;

    /** Publications and images are looked at so often: half a millisecond costs a conductor some microseconds of it. */
    private static final long TIMER_INTERVAL_NS = 500_000L;

    /** A reader that lies three quarters of a window behind for so long is left behind... */
    private static final long UNTETHERED_WINDOW_LIMIT_NS = 2_000_000L;

    /** ...and holds nobody up any more so long after: with two looks between them 3.75 ms at most in all. */
    private static final long UNTETHERED_LINGER_NS = 750_000L;

    /** So long after it may hold others up again, unless it has asked anew before, as ours do once they run again. */
    private static final long UNTETHERED_RESTING_NS = 2_000_000_000L;

    /**
     * A driver closes a socket five times so long after its last subscription was closed, while it tells the publisher of the
     * end; only then the kernel leaves the group, and joining it again is told to the switch.
     */
    private static final long STATUS_MESSAGE_NS = 50_000_000L;

    /**
     * A line has a listener until so long after the last status message: with the quarter of a second that a publication waits
     * before it believes it, less than the resend window of 2 s. Aeron's own 5 s would lose what lies between.
     */
    private static final long CONNECTION_NS = 1_500_000_000L;

    private Profile profile = Profile.DEFAULT;
    private int termLength = ChannelSettings.TERM_LENGTH;
    private int windowLength = ChannelSettings.WINDOW_LENGTH;
    private Consumer<MediaDriver.Context> aeron = context -> {};
    private ErrorHandler errorHandler = DriverErrors.standard("media driver");

    /** The defaults. */
    public DriverContext() {}

    /**
     * What the driver's threads and idling are tuned for.
     *
     * @param value {@link Profile#DEFAULT}: one thread that backs off; {@link Profile#LOW_LATENCY}: three that yield, or spin
     *     where there are at least {@value #SPIN_CORES} cores.
     * @return this.
     */
    public DriverContext profile(Profile value) {
        profile = value;
        return this;
    }

    /**
     * What a publication gets that doesn't say.
     *
     * @param bytes each of its three buffers, a power of two.
     * @return this.
     */
    public DriverContext termLength(int bytes) {
        ChannelSettings.checkTermLength(bytes);
        termLength = bytes;
        return this;
    }

    /**
     * What a subscription gets that doesn't say. Set the term length first.
     *
     * @param bytes how far a sender may run ahead of it.
     * @return this.
     */
    public DriverContext windowLength(int bytes) {
        ChannelSettings.checkWindowLength(bytes, MIN_WINDOW_LENGTH, termLength);
        windowLength = bytes;
        return this;
    }

    /**
     * Who is told of errors: it must expect hundreds of thousands a second.
     *
     * @param handler called on the driver's threads; by default standard error is told, rarely.
     * @return this.
     */
    public DriverContext errorHandler(ErrorHandler handler) {
        errorHandler = handler;
        return this;
    }

    /**
     * For what this class doesn't set: runs last, on Aeron's own context, and may change everything.
     *
     * @param changes made before the driver starts; after those of earlier calls.
     * @return this.
     */
    public DriverContext aeron(Consumer<MediaDriver.Context> changes) {
        aeron = aeron.andThen(changes);
        return this;
    }

    Profile profile() {
        return profile;
    }

    int termLength() {
        return termLength;
    }

    int windowLength() {
        return windowLength;
    }

    /** For a driver with threads of its own. The directory's lock is held: so what is in it is dead. */
    MediaDriver.Context threaded(Path directory) {
        MediaDriver.Context context = basic(directory);
        if (profile == Profile.DEFAULT) {
            return changed(context.threadingMode(ThreadingMode.SHARED).sharedIdleStrategy(backOff()));
        }
        return changed(context.threadingMode(ThreadingMode.DEDICATED)
                .senderIdleStrategy(busy())
                .receiverIdleStrategy(busy())
                .conductorIdleStrategy(backOff())
                .termBufferSparseFile(false));
    }

    /** For a driver without threads. */
    MediaDriver.Context invoked(Path directory) {
        return changed(basic(directory).threadingMode(ThreadingMode.INVOKER).asyncExecutorEnabled(false));
    }

    private MediaDriver.Context changed(MediaDriver.Context context) {
        aeron.accept(context);
        return context;
    }

    private MediaDriver.Context basic(Path directory) {
        int receiveLength = SocketBuffers.granted();
        return new MediaDriver.Context()
                .aeronDirectoryName(directory.toString())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .warnIfDirectoryExists(false)
                .errorHandler(errorHandler)
                .socketRcvbufLength(receiveLength)
                .socketSndbufLength(receiveLength)
                .initialWindowLength(Math.min(windowLength, receiveLength))
                .counterValuesBufferLength(COUNTERS * CountersReader.COUNTER_LENGTH)
                .publicationTermBufferLength(termLength)
                .ipcTermBufferLength(termLength)
                .statusMessageTimeoutNs(STATUS_MESSAGE_NS)
                .publicationConnectionTimeoutNs(CONNECTION_NS)
                .timerIntervalNs(TIMER_INTERVAL_NS)
                .untetheredWindowLimitTimeoutNs(UNTETHERED_WINDOW_LIMIT_NS)
                .untetheredLingerTimeoutNs(UNTETHERED_LINGER_NS)
                .untetheredRestingTimeoutNs(UNTETHERED_RESTING_NS);
    }

    private static IdleStrategy backOff() {
        return new BackoffIdleStrategy();
    }

    private static IdleStrategy busy() {
        return Runtime.getRuntime().availableProcessors() >= SPIN_CORES
                ? BusySpinIdleStrategy.INSTANCE
                : YieldingIdleStrategy.INSTANCE;
    }
}
