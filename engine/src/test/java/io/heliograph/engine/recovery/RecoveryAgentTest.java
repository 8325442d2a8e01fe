// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.base.Doorbell;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;

class RecoveryAgentTest {
    private static final long BUDGET_NS = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong turns = new AtomicLong();
    private final NanoClock clock = () -> {
        turns.incrementAndGet();
        return SystemNanoClock.INSTANCE.nanoTime();
    };

    @Test
    void shouldSleepWhileNothingIsMissing() {
        Doorbell bell = RecoveryAgent.newBell();
        RecoveryAgent agent = new RecoveryAgent(
                "itch",
                bell,
                new RecoveryContext(1001, BUDGET_NS, BUDGET_NS),
                answers -> List.of(),
                clock,
                new SplittableRandom(1),
                null,
                words -> {},
                () -> {});
        try (AgentRunner runner = new AgentRunner(bell, Throwable::printStackTrace, null, agent)) {
            AgentRunner.startOnThread(runner);
            awaiting("its first turns", () -> turns.get() > 3);

            long turnsBefore = turns.get();
            long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
            awaiting("some time", () -> System.nanoTime() - endNs >= 0);

            assertTrue(turns.get() - turnsBefore < 50, turns::toString);
        }
    }
}
