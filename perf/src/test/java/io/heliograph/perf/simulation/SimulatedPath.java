// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.simulation;

import java.util.Random;
import java.util.function.Consumer;

/**
 * What one line does to the packets on their way to one receiver.
 *
 * <p><b>Thread:</b> one owner: the test's.
 */
final class SimulatedPath {
    private final Agenda agenda;
    private final Random random;
    private final double loss;
    private final double dark;
    private final int darkMs;
    private final int delayMs;
    private final int jitterMs;
    private final double twice;
    private long darkUntilNs;

    SimulatedPath(Agenda agenda, Random random, boolean isPerfect, int mostDarkMs) {
        this.agenda = agenda;
        this.random = random;
        this.loss = isPerfect ? 0 : random.nextDouble() * 0.2;
        this.dark = isPerfect ? 0 : random.nextDouble() * 0.005;
        this.darkMs = mostDarkMs;
        this.delayMs = isPerfect ? 0 : random.nextInt(10);
        this.jitterMs = isPerfect ? 0 : random.nextInt(8);
        this.twice = isPerfect ? 0 : random.nextInt(2) * 0.1;
    }

    void send(byte[] packet, boolean isCut, Consumer<byte[]> arrival) {
        if (random.nextDouble() < dark) {
            darkUntilNs = agenda.nowNs() + random.nextInt(1 + darkMs) * Agenda.MS;
        }
        if (isCut || agenda.nowNs() < darkUntilNs || random.nextDouble() < loss) {
            return;
        }
        for (int copies = random.nextDouble() < twice ? 2 : 1; copies > 0; copies--) {
            long delayNs = (delayMs + random.nextInt(1 + jitterMs)) * Agenda.MS;
            agenda.in(delayNs, () -> arrival.accept(packet));
        }
    }
}
