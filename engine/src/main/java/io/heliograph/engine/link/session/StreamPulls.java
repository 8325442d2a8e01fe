// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.link.session.LinkCounters.Count;
import io.heliograph.engine.wire.BufferCrc;
import io.heliograph.engine.wire.LinkFrame;
import io.heliograph.engine.wire.LinkFraming;
import io.heliograph.engine.wire.PacketsFlyweight;
import io.heliograph.engine.wire.PullFlyweight;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The streams that this side pulls from the peer, and those that the peer pulls from this side, each with its credit. One pull
 * of a stream at a time: a new one takes the place of the one before.
 *
 * <p><b>Thread:</b> the session's owner.
 */
public final class StreamPulls {
    /** Streams that each side may pull over one connection. */
    static final int LIMIT = 1_024;

    private final LinkSession session;
    private final SessionContext context;
    private final LinkOutput output;
    private final Map<Integer, Pull> ours = new LinkedHashMap<>();
    private final Map<Integer, Pull> theirs = new LinkedHashMap<>();
    private final BufferCrc crc = new BufferCrc();
    private final CompressedPackets compressed = new CompressedPackets();
    private int lastOfOurs;
    private int lastOfTheirs;

    private static final class Pull {
        final int number;
        final @Nullable PacketsHandler handler;
        long credit;

        Pull(int number, @Nullable PacketsHandler handler, long credit) {
            this.number = number;
            this.handler = handler;
            this.credit = credit;
        }
    }

    StreamPulls(LinkSession session, SessionContext context, LinkOutput output) {
        this.session = session;
        this.context = context;
        this.output = output;
    }

    /**
     * Pulls a stream from the peer.
     *
     * @param stream its id.
     * @param epoch of the first message.
     * @param sequence of the first message.
     * @param credit bytes of PACKETS frames, counted as if none were compressed, that may come before {@link #credit} gives more.
     * @param handler takes the packets.
     * @return the pull's number, or {@link Outcome#CLOSED}.
     */
    public long pull(int stream, long epoch, long sequence, long credit, PacketsHandler handler) {
        if (isShut()) {
            return Outcome.CLOSED;
        }
        int number = ++lastOfOurs;
        ours.put(stream, new Pull(number, handler, credit));
        PullFlyweight.encodePull(output.claim(PullFlyweight.LENGTH), 0, stream, number, epoch, sequence, credit);
        send();
        return number;
    }

    /**
     * Gives further credit for a stream that is pulled.
     *
     * @param stream its id.
     * @param bytes further octets of PACKETS frames.
     */
    public void credit(int stream, long bytes) {
        Pull pull = ours.get(stream);
        if (pull != null && bytes > 0 && !isShut()) {
            pull.credit += bytes;
            PullFlyweight.encodeCredit(output.claim(PullFlyweight.CREDIT_LENGTH), 0, stream, pull.number, bytes);
            send();
        }
    }

    /**
     * Pulls a stream no longer.
     *
     * @param stream its id.
     */
    public void stop(int stream) {
        Pull pull = ours.remove(stream);
        if (pull != null && !isShut()) {
            PullFlyweight.encodeStop(output.claim(PullFlyweight.LENGTH), 0, stream, pull.number);
            send();
        }
    }

    /**
     * Sends a frame of packets of a stream that the peer pulls, from where it was written: no copy is made.
     *
     * @param frame a PACKETS frame, with its CRC, in a direct buffer from its first octet on; not touched until {@code done}.
     * @param buffer the same memory.
     * @param done run once the buffer is free again, sent or not; only where octets of credit are returned.
     * @return octets of credit used; {@link Outcome#BACK_PRESSURED} without credit or room, {@link Outcome#CLOSED} when that pull is
     *     none of the peer's, {@link Outcome#TOO_LONG}.
     */
    public long send(DirectBuffer frame, ByteBuffer buffer, Runnable done) {
        int length = (int) LinkFrame.length(frame, 0);
        int cost = PacketsFlyweight.cost(frame, 0, length);
        Pull pull = theirs.get(PacketsFlyweight.stream(frame, 0));
        if (pull == null || pull.number != PacketsFlyweight.pull(frame, 0) || isShut()) {
            return Outcome.CLOSED;
        }
        if (cost > LinkFrame.MAX_LENGTH) {
            return Outcome.TOO_LONG;
        }
        if (pull.credit < cost || !output.isWritable()) {
            return Outcome.BACK_PRESSURED;
        }
        pull.credit -= cost;
        output.send(buffer, length, done);
        output.flush();
        return cost;
    }

    /** What is wrong with a PULL; null when nothing is. */
    @Nullable
    String onPull(DirectBuffer buffer, int offset) {
        int stream = PullFlyweight.stream(buffer, offset);
        int number = PullFlyweight.pull(buffer, offset);
        if (LinkFrame.flags(buffer, offset) == PullFlyweight.FLAG_STOP) {
            Pull pull = theirs.get(stream);
            if (number > lastOfTheirs) {
                return "pull " + number + " ended before it began";
            }
            if (pull != null && pull.number == number) {
                theirs.remove(stream);
                guard(() -> context.pulls().onStop(session, stream, number));
            }
            return null;
        }
        if (number <= lastOfTheirs) {
            return "pull " + number + " after pull " + lastOfTheirs;
        }
        lastOfTheirs = number;
        Pull before = theirs.get(stream);
        if (before == null && theirs.size() >= LIMIT) {
            session.reject(RejectCode.TOO_MUCH, "at most " + LIMIT + " pulls at once");
            return null;
        }
        if (before != null) {
            guard(() -> context.pulls().onStop(session, stream, before.number));
        }
        theirs.put(stream, new Pull(number, null, PullFlyweight.credit(buffer, offset)));
        long epoch = PullFlyweight.epoch(buffer, offset);
        long sequence = PullFlyweight.sequence(buffer, offset);
        guard(() -> context.pulls().onPull(session, stream, number, epoch, sequence));
        return null;
    }

    /** What is wrong with a CREDIT; null when nothing is. */
    @Nullable
    String onCredit(DirectBuffer buffer, int offset) {
        int stream = PullFlyweight.stream(buffer, offset);
        int number = PullFlyweight.furtherPull(buffer, offset);
        if (number > lastOfTheirs) {
            return "credit for pull " + number + ", which was never made";
        }
        Pull pull = theirs.get(stream);
        if (pull != null && pull.number == number) {
            // Far from overflowing: a sum beyond any use is as good as the bound.
            pull.credit = Math.min(pull.credit + PullFlyweight.furtherCredit(buffer, offset), Long.MAX_VALUE >> 1);
            guard(() -> context.pulls().onRoom(session, stream, number));
        }
        return null;
    }

    /** What is wrong with PACKETS; null when nothing is. */
    @Nullable
    String onPackets(DirectBuffer buffer, int offset, int length) {
        int stream = PacketsFlyweight.stream(buffer, offset);
        int number = PacketsFlyweight.pull(buffer, offset);
        if (number > lastOfOurs) {
            return "packets for pull " + number + ", which was never made";
        }
        Pull pull = ours.get(stream);
        if (pull == null || pull.number != number) {
            context.counters().count(Count.LATE_PACKETS);
            return null;
        }
        int cost = PacketsFlyweight.cost(buffer, offset, length);
        if (cost > pull.credit) {
            session.reject(RejectCode.TOO_MUCH, cost + " octets of stream " + stream + ", credit was " + pull.credit);
            return null;
        }
        int checked = offset + PacketsFlyweight.COUNT_OFFSET;
        if (crc.of(buffer, checked, length - PacketsFlyweight.COUNT_OFFSET) != PacketsFlyweight.crc(buffer, offset)) {
            session.reject(RejectCode.CORRUPT, "packets of stream " + stream + " are not those that were sent");
            return null;
        }
        pull.credit -= cost;
        PacketsHandler handler = pull.handler;
        if (handler == null) {
            return null;
        }
        if (PacketsFlyweight.isCompressed(buffer, offset)) {
            int plain = decompressed(stream, buffer, offset, length);
            if (plain > 0) {
                guard(() -> handler.onPackets(stream, compressed.plain(), 0, plain, cost));
            }
        } else {
            int entries = PacketsFlyweight.ENTRIES_OFFSET;
            guard(() -> handler.onPackets(stream, buffer, offset + entries, length - entries, cost));
        }
        return null;
    }

    /** Octets of packets and their lengths, all of them checked; not above 0 when the session was rejected. */
    private int decompressed(int stream, DirectBuffer buffer, int offset, int length) {
        int plain = compressed.open(buffer, offset, length);
        if (plain == CompressedPackets.FOUL) {
            String words = "packets of stream " + stream + " are no LZ4 block of "
                    + PacketsFlyweight.plainLength(buffer, offset) + " octets";
            session.reject(RejectCode.CORRUPT, words);
            return plain;
        }
        int count = PacketsFlyweight.count(buffer, offset);
        int reason = LinkFraming.checkEntries(compressed.plain(), 0, plain, stream, count);
        if (reason != LinkFraming.OK) {
            session.reject(RejectCode.BAD_FRAME, FrameFaults.words(reason, buffer, offset));
            return CompressedPackets.FOUL;
        }
        return plain;
    }

    void onWritable() {
        List<Integer> streams = new ArrayList<>(theirs.keySet());
        for (int stream : streams) {
            if (!output.isWritable()) {
                return;
            }
            Pull pull = theirs.remove(stream);
            if (pull != null) {
                theirs.put(stream, pull);
                guard(() -> context.pulls().onRoom(session, stream, pull.number));
            }
        }
    }

    void onClosed() {
        ours.clear();
        List<Integer> streams = new ArrayList<>(theirs.keySet());
        for (int stream : streams) {
            Pull pull = theirs.remove(stream);
            if (pull != null) {
                guard(() -> context.pulls().onStop(session, stream, pull.number));
            }
        }
    }

    private boolean isShut() {
        return session.state() != SessionState.OPEN;
    }

    private void send() {
        output.commit();
        output.flush();
    }

    private void guard(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException thrown) {
            context.errors().onError(thrown);
        }
    }
}
