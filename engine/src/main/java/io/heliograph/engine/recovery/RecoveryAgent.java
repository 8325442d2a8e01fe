// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.base.Doorbell;
import io.heliograph.engine.stream.GapRepair;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Runs the recovery of one subscription on a thread beside the one that polls it.
 *
 * <p><b>Thread:</b> one owner: its runner's; {@link #repair} belongs to the thread that polls.
 */
public final class RecoveryAgent implements Agent {
    private static final long TICK_NS = 250_000;
    private static final long MOST_WAIT_NS = 500_000;

    /** With nothing missing there is nothing to look after: many subscriptions cost no more than few. */
    private static final long IDLE_WAIT_NS = 100_000_000;

    private final String name;
    private final Doorbell bell;
    private final RecoveryRings rings;
    private final Recovery recovery;
    private final Runnable closing;
    private final NanoClock clock;
    private long tickAtNs;

    /**
     * A recovery that has heard nothing yet.
     *
     * @param name of the stream, for the thread's name.
     * @param bell rung when there is something to do, by those who are asked too.
     * @param context of the recovery.
     * @param rungs makes those who are asked, who give their answers to what they are given.
     * @param clock read once a duty cycle.
     * @param random for the times at which to ask again.
     * @param place where the subscription begins; null: live.
     * @param failed told, in words, on the agent's thread, when it cannot begin there.
     * @param closing ends those who are asked, on the agent's thread.
     */
    public RecoveryAgent(
            String name,
            Doorbell bell,
            RecoveryContext context,
            Function<GapSource.SourceAnswers, List<Rung>> rungs,
            NanoClock clock,
            RandomGenerator random,
            @Nullable JoinPlace place,
            Consumer<String> failed,
            Runnable closing) {
        this.name = name;
        this.bell = bell;
        this.rings = new RecoveryRings(bell::ring);
        this.clock = clock;
        this.recovery = new Recovery(context, rungs, rings.output(), random, place, failed);
        this.closing = closing;
        this.tickAtNs = clock.nanoTime();
    }

    /**
     * What the subscription is given; to close it does nothing, the agent's owner ends the agent.
     *
     * @return a repair for one subscription.
     */
    public GapRepair repair() {
        return rings.polling();
    }

    /**
     * How the thread waits: what is missing wakes it, and so may those who are asked.
     *
     * @return a new one, with which it looks by itself every half a millisecond while something is missing.
     */
    public static Doorbell newBell() {
        return new Doorbell(MOST_WAIT_NS);
    }

    @Override
    public int doWork() {
        long nowNs = clock.nanoTime();
        int work = rings.takeStatements(recovery, nowNs) + recovery.poll(nowNs);
        if (work > 0 || nowNs - tickAtNs >= 0) {
            tickAtNs = nowNs + TICK_NS;
            recovery.onTick(nowNs);
            bell.waitAtMost(recovery.isIdle() ? IDLE_WAIT_NS : MOST_WAIT_NS);
        }
        return work;
    }

    @Override
    public void onClose() {
        closing.run();
    }

    @Override
    public String roleName() {
        return "recovery " + name;
    }
}
