// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.simulation;

import io.heliograph.engine.recovery.GapSource;
import io.heliograph.engine.recovery.JoinPlace;
import io.heliograph.engine.recovery.Recovery;
import io.heliograph.engine.recovery.RecoveryContext;
import io.heliograph.engine.recovery.RepairOutput;
import io.heliograph.engine.recovery.Rung;
import io.heliograph.engine.stream.Arbiter;
import io.heliograph.engine.stream.ArbiterContext;
import io.heliograph.engine.stream.GapRepair;
import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.MissingRanges;
import io.heliograph.engine.stream.StreamListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A subscription with its recovery: arbitration on one side, asks on the other, between them a ring that takes so much and no
 * more.
 *
 * <p><b>Thread:</b> one owner: the test's.
 */
final class SimulatedReceiver implements GapRepair, RepairOutput {
    static final int STREAM = 1001;
    private static final int RING = 1 << 18;

    private final Arbiter arbiter;
    private final Recovery recovery;
    private final MessageHandler handler;
    private final ArrayDeque<Consumer<Answers>> ring = new ArrayDeque<>();
    private final List<byte[]> inbox = new ArrayList<>();
    private final List<Integer> inboxLines = new ArrayList<>();
    private int ringOctets;

    SimulatedReceiver(
            ArbiterContext context,
            long budgetNs,
            StreamListener listener,
            MessageHandler handler,
            Function<GapSource.SourceAnswers, List<Rung>> rungs,
            Random random,
            @Nullable JoinPlace place) {
        this.handler = handler;
        this.recovery = new Recovery(
                new RecoveryContext(STREAM, budgetNs, 3_000 * Agenda.MS), rungs, this, random, place, words -> {
                    throw new AssertionError(words);
                });
        this.arbiter = new Arbiter(context, listener, this);
    }

    /** A packet has arrived; it is looked at in the next cycle. */
    void onArrival(int line, byte[] packet) {
        inbox.add(packet);
        inboxLines.add(line);
    }

    void cycle(long nowNs) {
        arbiter.beginCycle(nowNs, handler);
        for (int i = 0; i < inbox.size(); i++) {
            byte[] packet = inbox.get(i);
            arbiter.onPacket(inboxLines.get(i), new UnsafeBuffer(packet), 0, packet.length);
        }
        inbox.clear();
        inboxLines.clear();
        arbiter.endCycle();
        recovery.onTick(nowNs);
    }

    Recovery recovery() {
        return recovery;
    }

    @Override
    public boolean onMissing(MissingRanges missing, long nowNs) {
        recovery.onMissing(missing, nowNs);
        return true;
    }

    @Override
    public int poll(Answers answers, int limit) {
        int count = 0;
        while (count < limit && !ring.isEmpty()) {
            ring.remove().accept(answers);
            count++;
        }
        return count;
    }

    @Override
    public int room() {
        return RING - ringOctets;
    }

    @Override
    public boolean isDrained() {
        return ring.isEmpty();
    }

    @Override
    public void packet(DirectBuffer buffer, int offset, int length) {
        byte[] octets = new byte[length];
        buffer.getBytes(offset, octets);
        ringOctets += length;
        if (ringOctets > 2 * RING) {
            throw new AssertionError("more was fetched than there is room for");
        }
        ring.add(answers -> {
            ringOctets -= length;
            answers.onPacket(new UnsafeBuffer(octets), 0, length);
        });
    }

    @Override
    public void nobodyHas(long epoch, long first, long end) {
        ring.add(answers -> answers.onNobodyHas(epoch, first, end));
    }

    @Override
    public void begin(long epoch, long sequence) {
        ring.add(answers -> answers.onBegin(epoch, sequence));
    }

    @Override
    public void epoch(long epoch) {
        ring.add(answers -> answers.onEpoch(epoch));
    }

    @Override
    public void close() {
        ring.clear();
    }
}
