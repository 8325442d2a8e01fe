// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import io.heliograph.engine.stream.GapRepair;
import io.heliograph.engine.stream.MissingRanges;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A repair that answers what a test tells it to, and notes what it was told last.
 *
 * <p><b>Thread:</b> one owner: the test's.
 */
public final class ScriptedRepair implements GapRepair {
    private final Queue<Consumer<Answers>> answers = new ArrayDeque<>();
    private String told = "";
    private int statements;
    private boolean isClosed;
    private boolean isFull;

    /** A repair without answers. */
    public ScriptedRepair() {}

    /**
     * Answers by a packet in the next duty cycle.
     *
     * @param octets of it.
     */
    public void answer(byte[] octets) {
        answers.add(to -> to.onPacket(new UnsafeBuffer(octets), 0, octets.length));
    }

    /**
     * Answers in the next duty cycle that nobody has some messages.
     *
     * @param epoch of them.
     * @param first of them.
     * @param end the sequence behind the last.
     */
    public void nobodyHas(long epoch, long first, long end) {
        answers.add(to -> to.onNobodyHas(epoch, first, end));
    }

    /**
     * Says in the next duty cycle where to begin.
     *
     * @param epoch to begin in.
     * @param sequence to begin with.
     */
    public void begin(long epoch, long sequence) {
        answers.add(to -> to.onBegin(epoch, sequence));
    }

    /**
     * Says in the next duty cycle that what is followed goes on in a later epoch.
     *
     * @param epoch that begins.
     */
    public void epoch(long epoch) {
        answers.add(to -> to.onEpoch(epoch));
    }

    /**
     * What was told last.
     *
     * @return {@code nothing}, {@code 7: 4-6 9-?}, {@code 7: from 4 (live 7: 100)} or {@code where (live 7: 100)}.
     */
    public String told() {
        return told;
    }

    /**
     * How often something was told.
     *
     * @return times.
     */
    public int statements() {
        return statements;
    }

    /**
     * Whether it was closed.
     *
     * @return true once it was.
     */
    public boolean isClosed() {
        return isClosed;
    }

    /**
     * Has no room for statements, or has again.
     *
     * @param value whether it is full.
     */
    public void full(boolean value) {
        isFull = value;
    }

    @Override
    public boolean onMissing(MissingRanges missing, long nowNs) {
        if (isFull) {
            return false;
        }
        statements++;
        String live = missing.liveEpoch() < 0 ? "" : " (live " + missing.liveEpoch() + ": " + missing.liveNext() + ")";
        if (missing.epoch() < 0) {
            told = "where" + live;
        } else if (missing.isCatchingUp()) {
            told = missing.epoch() + ": from " + missing.next() + live;
        } else if (missing.count() == 0) {
            told = "nothing";
        } else {
            told = missing.epoch() + ":";
            for (int i = 0; i < missing.count(); i++) {
                long end = missing.end(i);
                told += " " + missing.first(i) + "-"
                        + (end == MissingRanges.UNKNOWN_END ? "?" : Long.toString(end - 1));
            }
        }
        return true;
    }

    @Override
    public int poll(Answers to, int limit) {
        int count = 0;
        while (count < limit && !answers.isEmpty()) {
            answers.remove().accept(to);
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
