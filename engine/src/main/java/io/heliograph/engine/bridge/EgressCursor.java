// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.stream.PacketHandler;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketCut;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where the egress is in a stream's journal for one pull: hands out what follows, without a hole. What the journal has not is a gap
 * in its place; what is too old is left out where the topology says so, and is a gap too.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction, but the log's.
 */
public final class EgressCursor implements PacketHandler {
    /** Nothing is too old. */
    public static final long KEEP = Long.MAX_VALUE;

    private final int stream;
    private final PacketLog log;
    private final long lagBoundNs;
    private final UnsafeBuffer made = new UnsafeBuffer(ByteBuffer.allocateDirect(PacketFlyweight.MAX_PACKET_LENGTH));
    private long epoch;
    private long next;
    private long sentNs;
    private long wallNs;
    private boolean isStarted;
    private boolean isTooOld;
    private @Nullable Batch batch;

    /**
     * A cursor that has handed out nothing.
     *
     * @param stream id.
     * @param log of the stream; closed by the caller.
     * @param lagBoundNs how old a message may be that is still sent, ns; {@link #KEEP}: however old.
     * @param epoch of the first message wanted; 0: the log's last, from its start.
     * @param sequence of it.
     */
    public EgressCursor(int stream, PacketLog log, long lagBoundNs, long epoch, long sequence) {
        this.stream = stream;
        this.log = log;
        this.lagBoundNs = lagBoundNs;
        this.epoch = epoch;
        this.next = sequence;
    }

    /** {@return the epoch of the message that is handed out next} */
    public long epoch() {
        return epoch;
    }

    /** {@return the sequence that is handed out next} */
    public long next() {
        return next;
    }

    /**
     * Puts what follows into a batch, until it is full or the log has no more.
     *
     * @param to receives it.
     * @param nowNs wall clock, ns since the Unix epoch.
     * @return whether the log may have more.
     */
    boolean fill(Batch to, long nowNs) {
        batch = to;
        wallNs = nowNs;
        try {
            if (!isStarted && !start()) {
                return false;
            }
            while (!to.isFull()) {
                if (log.poll(this, 1) == 0) {
                    return false;
                }
                if (isTooOld) {
                    leaveOut();
                }
            }
            return true;
        } finally {
            batch = null;
        }
    }

    /**
     * Says how far the log goes, so that the other end knows that the stream lives and what it lacks.
     *
     * @param isAtEnd whether the log has nothing that was not handed out: then it need not be looked at, which costs a search.
     */
    void announce(Batch to, boolean isAtEnd, long nowNs) {
        if (isAtEnd && isStarted && next > 0) {
            announce(to, epoch, next, nowNs);
        } else {
            long lastEpoch = log.lastEpoch();
            if (lastEpoch >= 0) {
                announce(to, lastEpoch, log.lastSequence() + 1, nowNs);
            }
        }
    }

    private void announce(Batch to, long its, long end, long nowNs) {
        int place = to.place();
        PacketFlyweight.init(to.room(), place, stream, its, 0);
        PacketFlyweight.kind(to.room(), place, PacketKind.HEARTBEAT);
        PacketFlyweight.sequence(to.room(), place, end);
        PacketFlyweight.sentEpochNs(to.room(), place, nowNs);
        to.commit(PacketFlyweight.HEADER_LENGTH);
    }

    private boolean start() {
        if (epoch == 0) {
            long last = log.lastEpoch();
            if (last < 0) {
                return false;
            }
            epoch = last;
            next = 0;
        }
        isStarted = true;
        log.seek(epoch, Math.max(1, next));
        return true;
    }

    @Override
    public void onPacket(DirectBuffer packet, int offset, int length) {
        long its = PacketFlyweight.epoch(packet, offset);
        long first = PacketFlyweight.sequence(packet, offset);
        if (its < epoch || isTooOld) {
            return;
        }
        if (next == 0) {
            // Whoever has nothing begins with what there is.
            next = first;
        } else if (its > epoch) {
            next = 1;
        }
        epoch = its;
        switch (PacketFlyweight.kind(packet, offset)) {
            case PacketKind.DATA -> onData(packet, offset, length, first);
            case PacketKind.GAP -> {
                long end = ControlFlyweight.gapLast(packet, offset) + 1;
                if (end > next) {
                    gap(end);
                }
            }
            case PacketKind.SEAL -> {
                if (first == next) {
                    to().add(packet, offset, length);
                }
            }
            default -> {
                if (first >= next) {
                    gap(first);
                    to().add(packet, offset, length);
                }
            }
        }
    }

    private void onData(DirectBuffer packet, int offset, int length, long first) {
        long end = first + PacketFlyweight.count(packet, offset);
        if (end <= next) {
            return;
        }
        if (lagBoundNs != KEEP && wallNs - PacketFlyweight.sentEpochNs(packet, offset) > lagBoundNs) {
            isTooOld = true;
            return;
        }
        gap(first);
        sentNs = PacketFlyweight.sentEpochNs(packet, offset);
        if (first < next) {
            to().add(made, 0, PacketCut.messages(packet, offset, next, end, made));
        } else {
            to().add(packet, offset, length);
        }
        next = end;
    }

    /** What is missing before a sequence, if anything is. */
    private void gap(long end) {
        if (end > next) {
            to().add(made, 0, PacketCut.gap(made, stream, epoch, next, end - 1, sentNs));
            next = end;
        }
    }

    /** Goes to what is half as old as it may be: what is before it is a gap. */
    private void leaveOut() {
        isTooOld = false;
        if (!log.seekTime(wallNs - lagBoundNs / 2) && log.lastEpoch() == epoch) {
            gap(log.lastSequence() + 1);
        }
    }

    private Batch to() {
        return Objects.requireNonNull(batch);
    }
}
