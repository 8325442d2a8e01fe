// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.simulation;

import static io.heliograph.perf.simulation.SimulatedReceiver.STREAM;

import io.heliograph.engine.testkit.Packets;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Publishes numbered messages in bursts, with heartbeats behind them; is killed and goes on, in the same epoch or in a later one.
 *
 * <p><b>Thread:</b> one owner: the test's.
 */
final class SimulatedPublisher {
    private static final long[] BEATS_MS = {1, 4, 16, 64, 100};
    private static final int MESSAGES_PER_PACKET = 10;

    private final Agenda agenda;
    private final Random random;
    private final Consumer<byte[]> lines;
    private final int burst;
    private long epoch = 7;
    private long next = 1;
    private long published;
    private boolean isAlive = true;
    private boolean isEnded;
    private long sentNs;
    private int beats;

    SimulatedPublisher(Agenda agenda, Random random, Consumer<byte[]> lines, int burst) {
        this.agenda = agenda;
        this.random = random;
        this.lines = lines;
        this.burst = burst;
    }

    long epoch() {
        return epoch;
    }

    long next() {
        return next;
    }

    /** Messages that were sent, over all epochs. */
    long published() {
        return published;
    }

    void publish() {
        int left = isAlive && !isEnded ? random.nextInt(burst + 1) : 0;
        while (left > 0) {
            int count = 1 + random.nextInt(Math.min(left, MESSAGES_PER_PACKET));
            send(Packets.data(STREAM, epoch, next, next + count - 1));
            next += count;
            published += count;
            left -= count;
        }
    }

    /** Heartbeats, or after the end of the epoch the end, repeated. */
    void onTick() {
        long quietMs = (agenda.nowNs() - sentNs) / Agenda.MS;
        if (isAlive && quietMs >= BEATS_MS[Math.min(beats, BEATS_MS.length - 1)]) {
            int beat = beats + 1;
            send(isEnded ? Packets.end(STREAM, epoch, next - 1) : Packets.heartbeat(STREAM, epoch, next));
            beats = Math.min(beat, BEATS_MS.length - 1);
        }
    }

    void end() {
        isEnded = true;
        send(Packets.end(STREAM, epoch, next - 1));
    }

    void kill() {
        isAlive = false;
    }

    /** Comes back and goes on with the next number, behind some that it may have used. */
    void goOn(int used) {
        isAlive = true;
        next += used;
    }

    /** Comes back without its place. */
    void beginAnew() {
        isAlive = true;
        epoch += 2;
        next = 1;
    }

    private void send(byte[] packet) {
        sentNs = agenda.nowNs();
        beats = 0;
        lines.accept(packet);
    }
}
