// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * How an agent waits that others have work for: until its bell is rung, or for a while at most.
 *
 * <p><b>Thread:</b> {@link #ring} any; the rest one owner, the agent's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class Doorbell implements IdleStrategy {
    private long mostNs;
    private final AtomicBoolean isRung = new AtomicBoolean();
    private volatile @Nullable Thread waiting;

    /**
     * A bell that nobody has rung.
     *
     * @param mostNs the longest wait, ns.
     */
    public Doorbell(long mostNs) {
        this.mostNs = mostNs;
    }

    /**
     * From now on the agent looks by itself so often.
     *
     * @param atMostNs the longest wait, ns.
     */
    public void waitAtMost(long atMostNs) {
        mostNs = atMostNs;
    }

    /** There is work: the agent's next wait ends at once, or does not begin. A system call only where it waits now. */
    public void ring() {
        if (!isRung.getAndSet(true)) {
            Thread agent = waiting;
            if (agent != null) {
                LockSupport.unpark(agent);
            }
        }
    }

    @Override
    public void idle(int workCount) {
        if (workCount == 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        waiting = Thread.currentThread();
        if (!isRung.getAndSet(false)) {
            LockSupport.parkNanos(mostNs);
        }
    }

    @Override
    public void reset() {}
}
