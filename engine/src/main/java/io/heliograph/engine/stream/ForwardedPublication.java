// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends the packets of a stream that another site publishes on the lines of this one, as they came: of all their octets only the
 * count of bridges crossed grows. Numbers, times, seals, gaps and ends are the origin's; heartbeats are made here.
 *
 * <p><b>Thread:</b> one owner: the thread that calls it.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class ForwardedPublication implements AutoCloseable {
    private static final int CATCH_UP_LIMIT = 64;
    private static final int CONTROL_CAPACITY = 64;
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long NO_EPOCH = -1;

    private final PublicationLines lines;
    private final SendingLines sending;
    private final LineFanout fanout;
    private final HeartbeatSchedule heartbeats;
    private final UnsafeBuffer control = new UnsafeBuffer(ByteBuffer.allocateDirect(CONTROL_CAPACITY));
    private long epoch = NO_EPOCH;
    private long next = 1;
    private long packets;
    private long lingerUntilNs;
    private boolean isEnded;
    private boolean hasSent;
    private boolean isStamped;
    private boolean isClosed;

    /**
     * A publication that has sent nothing.
     *
     * @param streamId of the stream.
     * @param lines to send on; closed with this.
     * @param isLossless whether a packet waits for every line that has a listener.
     * @param nowNs monotonic.
     */
    public ForwardedPublication(int streamId, PublicationLines lines, boolean isLossless, long nowNs) {
        this.lines = lines;
        this.sending = lines.sending();
        this.fanout = new LineFanout(sending, isLossless);
        this.heartbeats = new HeartbeatSchedule(nowNs);
        PacketFlyweight.init(control, 0, streamId, 0, 0);
    }

    /**
     * Goes on from where it was left: heartbeats say so before the first packet does.
     *
     * @param from the epoch, 0 to 2^32 - 1.
     * @param sequence that comes next in it.
     */
    public void resume(long from, long sequence) {
        epoch = from;
        next = sequence;
        PacketFlyweight.epoch(control, 0, from);
    }

    /**
     * Sends a packet: data, a gap, a seal or an end, in order.
     *
     * @param packet holds it; its count of hops is changed there.
     * @param offset of its first octet.
     * @param length of it in octets.
     * @return false: the same packet, at whatever place, is to be offered again, and no other.
     */
    public boolean offer(MutableDirectBuffer packet, int offset, int length) {
        if (!isStamped) {
            PacketFlyweight.hops(packet, offset, PacketFlyweight.hops(packet, offset) + 1);
            isStamped = true;
        }
        if (fanout.send(packet, offset, length) == LineFanout.REFUSED) {
            return false;
        }
        isStamped = false;
        hasSent = true;
        packets++;
        onSent(packet, offset);
        return true;
    }

    private void onSent(MutableDirectBuffer packet, int offset) {
        long its = PacketFlyweight.epoch(packet, offset);
        long first = PacketFlyweight.sequence(packet, offset);
        if (its != epoch) {
            epoch = its;
            PacketFlyweight.epoch(control, 0, its);
        }
        PacketFlyweight.source(control, 0, PacketFlyweight.source(packet, offset));
        PacketFlyweight.hops(control, 0, PacketFlyweight.hops(packet, offset));
        int kind = PacketFlyweight.kind(packet, offset);
        isEnded = kind == PacketKind.END_OF_EPOCH;
        next = switch (kind) {
            case PacketKind.DATA -> first + PacketFlyweight.count(packet, offset);
            case PacketKind.GAP -> ControlFlyweight.gapLast(packet, offset) + 1;
            default -> first;
        };
    }

    /**
     * The duty cycle, to be called at least every millisecond.
     *
     * @param nowNs monotonic.
     * @param wallNs wall clock, ns since the Unix epoch.
     * @param isAlive whether the stream is known to live: else nothing is said of it.
     * @return work done.
     */
    public int doWork(long nowNs, long wallNs, boolean isAlive) {
        if (isClosed) {
            return 0;
        }
        int work = sending.isBehind() ? sending.catchUp(CATCH_UP_LIMIT) : 0;
        lines.onTick(nowNs);
        if (hasSent) {
            hasSent = false;
            heartbeats.onPacket(nowNs);
            lingerUntilNs = nowNs + LINGER_NS;
        } else if (epoch != NO_EPOCH && !isStamped && isAlive && heartbeats.isDue(nowNs) && !isSilent(nowNs)) {
            heartbeats.onSent(nowNs);
            PacketFlyweight.sequence(control, 0, next);
            PacketFlyweight.sentEpochNs(control, 0, wallNs);
            PacketFlyweight.count(control, 0, 0);
            PacketFlyweight.kind(control, 0, isEnded ? PacketKind.END_OF_EPOCH : PacketKind.HEARTBEAT);
            sending.announce(control, 0, PacketFlyweight.HEADER_LENGTH);
            work++;
        }
        return work;
    }

    /** An end is repeated for a while, as its publisher does, and then nothing is said any more. */
    private boolean isSilent(long nowNs) {
        return isEnded && nowNs - lingerUntilNs >= 0;
    }

    /**
     * Whether somebody listens.
     *
     * @return on at least one line that is sent on.
     */
    public boolean isConnected() {
        return sending.isAnyConnected(sending.active());
    }

    /**
     * The sequence that comes next.
     *
     * @return 1 and up.
     */
    public long nextSequence() {
        return next;
    }

    /**
     * Packets sent, of any kind but heartbeats.
     *
     * @return counted once for all lines.
     */
    public long packets() {
        return packets;
    }

    /**
     * The lines.
     *
     * @return live figures.
     */
    public PublicationLines lines() {
        return lines;
    }

    /** Closes the lines. Idempotent. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            lines.close();
        }
    }
}
