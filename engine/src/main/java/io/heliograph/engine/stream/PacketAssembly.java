// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketCut;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes packets again of what an {@link Arbiter} delivers and tells: so the arbiter, and the path of those who want messages,
 * know nothing of packets. A packet whose messages were delivered all is handed out as it lies there.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class PacketAssembly implements MessageHandler, StreamListener {
    /** Seals that came ahead of what they cover: more than the reorder window has ranges of 4,096 full messages. */
    private static final int PENDING_SEALS = 256;

    private static final PacketHandler NOBODY = (buffer, offset, length) -> {};

    private final int streamId;
    private final StreamListener listener;
    private final UnsafeBuffer made = new UnsafeBuffer(ByteBuffer.allocateDirect(PacketFlyweight.MAX_PACKET_LENGTH));
    private final UnsafeBuffer seals =
            new UnsafeBuffer(ByteBuffer.allocateDirect(PENDING_SEALS * ControlFlyweight.SEAL_LENGTH));
    private int sealCount;
    private PacketHandler handler = NOBODY;
    private boolean isPolled;
    private boolean isOpen;
    private long first;
    private long next = 1;
    private long sealed;
    private long sentNs;

    /**
     * @param streamId the stream's id.
     * @param listener told all that this is told.
     */
    PacketAssembly(int streamId, StreamListener listener) {
        this.streamId = streamId;
        this.listener = listener;
    }

    /** Packets are wanted now, by this handler. */
    void begin(PacketHandler by) {
        handler = by;
        isPolled = true;
    }

    /** The poll is over. */
    void end() {
        handler = NOBODY;
        isPolled = false;
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, MessageHeader header) {
        if (!isOpen) {
            isOpen = true;
            first = header.sequence();
        }
        if (header.isEndOfPacket()) {
            isOpen = false;
            onPacket(buffer, header.packetOffset(), offset + length, header.sequence() + 1);
        }
    }

    @Override
    public void onSeal(DirectBuffer packet, int offset) {
        long sequence = PacketFlyweight.sequence(packet, offset);
        if (isPolled && sequence == next) {
            handOutSeal(packet, offset);
        } else if (isPolled && sequence > next && sealCount < PENDING_SEALS) {
            seals.putBytes(sealCount * ControlFlyweight.SEAL_LENGTH, packet, offset, ControlFlyweight.SEAL_LENGTH);
            sealCount++;
        }
        listener.onSeal(packet, offset);
    }

    @Override
    public void onGap(long epoch, long lost, long last) {
        isOpen = false;
        if (last != UNKNOWN_END) {
            next = last + 1;
            if (isPolled) {
                handler.onPacket(made, 0, PacketCut.gap(made, streamId, epoch, lost, last, sentNs));
                handOutSeals();
            }
        }
        listener.onGap(epoch, lost, last);
    }

    @Override
    public void onEpochStart(long epoch, long begins) {
        isOpen = false;
        next = begins;
        sealed = 0;
        sealCount = 0;
        listener.onEpochStart(epoch, begins);
    }

    @Override
    public void onEpochEnd(long epoch, long last) {
        if (isPolled) {
            PacketFlyweight.init(made, 0, streamId, epoch, 0);
            PacketFlyweight.sequence(made, 0, last + 1);
            PacketFlyweight.sentEpochNs(made, 0, sentNs);
            PacketFlyweight.kind(made, 0, PacketKind.END_OF_EPOCH);
            handler.onPacket(made, 0, PacketFlyweight.HEADER_LENGTH);
        }
        listener.onEpochEnd(epoch, last);
    }

    @Override
    public void onQuality(Quality was, Quality is) {
        listener.onQuality(was, is);
    }

    @Override
    public void onSealMismatch(long epoch, long rangeFirst, long last, int line) {
        listener.onSealMismatch(epoch, rangeFirst, last, line);
    }

    @Override
    public void onDropped(int line, DropReason reason) {
        listener.onDropped(line, reason);
    }

    @Override
    public void onSkew(int line, long lateNs, boolean isSilent) {
        listener.onSkew(line, lateNs, isSilent);
    }

    @Override
    public void onSkewEnd(int line) {
        listener.onSkewEnd(line);
    }

    private void onPacket(DirectBuffer buffer, int offset, int limit, long end) {
        next = end;
        sentNs = PacketFlyweight.sentEpochNs(buffer, offset);
        if (PacketFlyweight.sequence(buffer, offset) == first) {
            handler.onPacket(buffer, offset, limit - offset);
        } else {
            handler.onPacket(made, 0, PacketCut.messages(buffer, offset, first, end, made));
        }
        if (sealCount > 0) {
            handOutSeals();
        }
    }

    /** Those of the seals that waited whose turn it is; those whose turn is over are forgotten. */
    private void handOutSeals() {
        int kept = 0;
        for (int i = 0; i < sealCount; i++) {
            int at = i * ControlFlyweight.SEAL_LENGTH;
            long sequence = PacketFlyweight.sequence(seals, at);
            if (sequence == next) {
                handOutSeal(seals, at);
            } else if (sequence > next) {
                seals.putBytes(kept * ControlFlyweight.SEAL_LENGTH, seals, at, ControlFlyweight.SEAL_LENGTH);
                kept++;
            }
        }
        sealCount = kept;
    }

    private void handOutSeal(DirectBuffer packet, int offset) {
        long last = ControlFlyweight.sealLast(packet, offset);
        if (last > sealed) {
            sealed = last;
            handler.onPacket(packet, offset, ControlFlyweight.SEAL_LENGTH);
        }
    }
}
