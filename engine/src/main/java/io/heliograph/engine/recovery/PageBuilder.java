// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes a page of what a journal has from a place on.
 *
 * <p><b>Thread:</b> one owner: the thread that reads.
 */
final class PageBuilder {
    private final UnsafeBuffer page;
    private final PageWalk crc = new PageWalk(0);
    private int length;
    private int count;
    private int status;
    private long nextEpoch;
    private long next;

    /** @param capacity octets of packets in a page; a packet that is longer has one of its own. */
    PageBuilder(int capacity) {
        int most = Math.max(capacity, PacketFlyweight.MAX_PACKET_LENGTH + ReplayPageFlyweight.LENGTH_PREFIX);
        this.page = new UnsafeBuffer(new byte[ReplayPageFlyweight.PACKETS_OFFSET + most]);
    }

    UnsafeBuffer page() {
        return page;
    }

    int length() {
        return length;
    }

    /** {@link ReplayPageFlyweight#MORE}, {@link ReplayPageFlyweight#DONE} or {@link ReplayPageFlyweight#END}. */
    int status() {
        return status;
    }

    long nextEpoch() {
        return nextEpoch;
    }

    long next() {
        return next;
    }

    /**
     * Makes a page.
     *
     * @param stream id.
     * @param from reads.
     * @param epoch of the first message that is wanted.
     * @param first that is wanted.
     * @param end the sequence behind the last one, or {@link ReplayRequestFlyweight#ALL}: then later epochs too.
     * @param octets of packets at most; one packet always.
     */
    void build(int stream, LogCursor from, long epoch, long first, long end, int octets) {
        length = ReplayPageFlyweight.PACKETS_OFFSET;
        count = 0;
        from.at(epoch, first);
        nextEpoch = epoch;
        next = first;
        status = ReplayPageFlyweight.END;
        while (from.hasPacket()) {
            if (!isTaken(from, epoch, first, end, octets)) {
                break;
            }
        }
        ReplayPageFlyweight.encode(page, 0, status, stream, count);
        ReplayPageFlyweight.places(page, 0, epoch, first, nextEpoch, next);
        ReplayPageFlyweight.crc(page, 0, crc.crc(page, 0, length));
    }

    /** A page without packets, which says something. */
    void say(int stream, int what, int waitMs, long epoch, long sequence) {
        say(stream, what, waitMs, epoch, sequence, epoch, sequence);
    }

    /** A page without packets, which says that there are none up to a place. */
    void say(int stream, int what, int waitMs, long epoch, long sequence, long behindEpoch, long behind) {
        length = ReplayPageFlyweight.PACKETS_OFFSET;
        status = what;
        nextEpoch = behindEpoch;
        next = behind;
        ReplayPageFlyweight.encode(page, 0, what, stream, 0);
        ReplayPageFlyweight.places(page, 0, epoch, sequence, behindEpoch, behind);
        ReplayPageFlyweight.waitMs(page, 0, waitMs);
        ReplayPageFlyweight.crc(page, 0, crc.crc(page, 0, length));
    }

    private boolean isTaken(LogCursor from, long epoch, long first, long end, int octets) {
        long of = PacketFlyweight.epoch(from.packet(), 0);
        long sequence = PacketFlyweight.sequence(from.packet(), 0);
        int kind = PacketFlyweight.kind(from.packet(), 0);
        if (of < epoch || (of == epoch && kind != PacketKind.DATA && kind != PacketKind.GAP && sequence < first)) {
            from.drop();
            return true;
        }
        if (end != ReplayRequestFlyweight.ALL && (of > epoch || sequence >= end)) {
            status = ReplayPageFlyweight.DONE;
            nextEpoch = of;
            next = of > epoch ? sequence : end;
            return false;
        }
        int needed = ReplayPageFlyweight.LENGTH_PREFIX + from.length();
        if (count > 0 && length + needed > ReplayPageFlyweight.PACKETS_OFFSET + octets) {
            status = ReplayPageFlyweight.MORE;
            nextEpoch = of;
            next = of == from.epoch() ? Math.max(from.next(), sequence) : sequence;
            return false;
        }
        put(from, kind);
        from.take();
        nextEpoch = from.epoch();
        next = Math.max(from.next(), from.epoch() == epoch ? first : 1);
        if (end != ReplayRequestFlyweight.ALL && next >= end) {
            status = ReplayPageFlyweight.DONE;
            return false;
        }
        return true;
    }

    private void put(LogCursor from, int kind) {
        ReplayPageFlyweight.packetLength(page, length, from.length());
        int at = length + ReplayPageFlyweight.LENGTH_PREFIX;
        page.putBytes(at, from.packet(), 0, from.length());
        if (kind == PacketKind.DATA) {
            PacketFlyweight.flags(page, at, PacketFlyweight.flags(page, at) | PacketFlyweight.FLAG_REPLAYED);
        }
        length = at + from.length();
        count++;
    }
}
