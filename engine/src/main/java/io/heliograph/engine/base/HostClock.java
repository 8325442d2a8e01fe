// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The wall clock of everything on a host: what a publisher stamps packets with and what a subscriber of another process
 * subtracts from agree to some tens of ns, so that the difference is a latency and not an artefact.
 *
 * <p>It is the monotonic clock, which all processes of a host share, plus the wall clock's distance from it. The kernel
 * slews both alike, so the distance changes only when somebody steps the wall clock (NTP at its start, a leap second, a
 * machine that slept). It is measured with care once, looked at again every second by whoever reads the clock then, and
 * measured anew when it is off by more than {@value #STEP_NS} ns. So after a step two processes may differ by the step for
 * a second, and the clock goes back when the wall clock was set back; nothing but figures of latency depends on it. (Agrona's
 * {@code OffsetEpochNanoClock} takes the distance from a clock of whole ms: two of them are up to 1 ms apart, which is a
 * hundred times what is measured here.)
 *
 * <p>Between hosts it is as good as their synchronisation.
 *
 * <p><b>Thread:</b> any thread; one is enough for a process: {@link #INSTANCE}.
 *
 * <p><b>Allocation:</b> none but in the look once a second, a few dozen octets.
 */
public final class HostClock implements EpochNanoClock {
    /** The one of this process. */
    public static final HostClock INSTANCE = new HostClock(SystemNanoClock.INSTANCE, SystemEpochNanoClock.INSTANCE);

    /** How often the distance is looked at. */
    static final long LOOK_INTERVAL_NS = 1_000_000_000L;

    /** What is more than the noise of a measurement: the wall clock was stepped. */
    static final long STEP_NS = 1_000L;

    /** Both clocks are read within less than this, unless something came between. */
    private static final long NARROW_NS = 100L;

    private static final int LOOKS = 3;
    private static final int MEASUREMENTS = 1_000;
    private static final VarHandle LOOK_AT = lookAt();

    private final NanoClock monotonic;
    private final EpochNanoClock wall;
    private volatile Distance distance;

    @SuppressWarnings("UnusedVariable") // By its handle.
    private volatile long lookAtNs;

    /**
     * A clock over two others.
     *
     * @param monotonic what runs evenly.
     * @param wall what is right, at the resolution of the result; costly to read, or allocating.
     */
    public HostClock(NanoClock monotonic, EpochNanoClock wall) {
        this.monotonic = monotonic;
        this.wall = wall;
        this.distance = measure(MEASUREMENTS);
        this.lookAtNs = monotonic.nanoTime() + LOOK_INTERVAL_NS;
    }

    /**
     * The time.
     *
     * @return ns since the Unix epoch, UTC.
     */
    @Override
    public long nanoTime() {
        long nowNs = monotonic.nanoTime();
        long dueNs = lookAtNs;
        if (nowNs - dueNs >= 0 && LOOK_AT.compareAndSet(this, dueNs, nowNs + LOOK_INTERVAL_NS)) {
            look();
        }
        return nowNs + distance.ns;
    }

    private void look() {
        Distance held = distance;
        Distance seen = measure(LOOKS);
        if (Math.abs(seen.ns - held.ns) > STEP_NS + seen.windowNs) {
            distance = measure(MEASUREMENTS);
        }
    }

    /** The best of several: that whose two reads of the monotonic clock, around the one of the wall clock, are nearest. */
    private Distance measure(int atMost) {
        long bestWindowNs = Long.MAX_VALUE;
        long bestNs = 0;
        for (int i = 0; i < atMost && bestWindowNs > NARROW_NS; i++) {
            long beforeNs = monotonic.nanoTime();
            long wallNs = wall.nanoTime();
            long windowNs = monotonic.nanoTime() - beforeNs;
            if (windowNs < bestWindowNs) {
                bestWindowNs = windowNs;
                bestNs = wallNs - (beforeNs + windowNs / 2);
            }
        }
        return new Distance(bestNs, bestWindowNs);
    }

    private static VarHandle lookAt() {
        try {
            return MethodHandles.lookup().findVarHandle(HostClock.class, "lookAtNs", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** The wall clock less the monotonic one, and the time within which that was measured. */
    private record Distance(long ns, long windowNs) {}
}
