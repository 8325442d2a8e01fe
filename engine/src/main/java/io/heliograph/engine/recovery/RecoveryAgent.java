// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.stream.GapRepair;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Runs the recovery of one subscription on a thread beside the one that polls it.
 *
 * <p><b>Thread:</b> one owner: its runner's; {@link #repair} belongs to the thread that polls.
 */
public final class RecoveryAgent implements Agent {
    private static final long TICK_NS = 250_000;
    private static final int SPINS = 10;
    private static final long MIN_PARK_NS = 50_000;
    private static final long MAX_PARK_NS = 500_000;

    private final String name;
    private final RecoveryRings rings = new RecoveryRings();
    private final Recovery recovery;
    private final Runnable closing;
    private final NanoClock clock;
    private long tickAtNs;

    /**
     * A recovery that has heard nothing yet.
     *
     * @param name of the stream, for the thread's name.
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
            RecoveryContext context,
            Function<GapSource.SourceAnswers, List<Rung>> rungs,
            NanoClock clock,
            RandomGenerator random,
            @Nullable JoinPlace place,
            Consumer<String> failed,
            Runnable closing) {
        this.name = name;
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
     * How the thread waits: a gap is looked after within half a millisecond.
     *
     * @return a new one.
     */
    public static IdleStrategy idleStrategy() {
        return new BackoffIdleStrategy(SPINS, SPINS, MIN_PARK_NS, MAX_PARK_NS);
    }

    @Override
    public int doWork() {
        long nowNs = clock.nanoTime();
        int work = rings.takeStatements(recovery, nowNs);
        if (work > 0 || nowNs - tickAtNs >= 0) {
            tickAtNs = nowNs + TICK_NS;
            recovery.onTick(nowNs);
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
