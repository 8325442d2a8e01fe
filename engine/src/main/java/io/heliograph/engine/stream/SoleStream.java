// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import org.agrona.DirectBuffer;

/**
 * Lines that bring the packets of one stream alone.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none.
 */
final class SoleStream implements PacketSink {
    private final Arbiter arbiter;
    private final SteadyPackets packets = new SteadyPackets();
    private final LineProgress progress;

    SoleStream(Arbiter arbiter, long nowNs) {
        this.arbiter = arbiter;
        this.progress = new LineProgress(nowNs);
    }

    @Override
    public void onPacket(int line, DirectBuffer buffer, int offset, int length) {
        packets.hand(arbiter, line, buffer, offset, length);
    }

    @Override
    public void onForeignSource(int line) {
        arbiter.refuse(line, DropReason.FOREIGN_SOURCE);
    }

    @Override
    public void onDriverLosses(int line, long holes, long lostOctets, long broughtOctets) {
        arbiter.line(line).onDriverLosses(holes, lostOctets, broughtOctets);
    }

    @Override
    public void onTick(long nowNs) {
        progress.onTick(nowNs, arbiter.nextSequence());
    }

    @Override
    public boolean isWithStreams(int line) {
        return progress.isWithStream(arbiter.line(line).next());
    }

    @Override
    public void patience(boolean isLong) {
        arbiter.patience(isLong);
    }
}
