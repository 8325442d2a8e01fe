// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.stream.GapRepair;
import io.heliograph.engine.stream.MissingRanges;
import io.heliograph.engine.wire.PacketFlyweight;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Two rings between the thread that polls a subscription and the one that recovers for it: statements of what is missing one way,
 * packets and what nobody has the other way. Neither thread ever waits for the other: a statement that finds no room is refused,
 * and the next one says all again; no more is asked for than the answers have room for.
 *
 * <p><b>Thread:</b> {@link #polling} belongs to the one that polls, {@link #output} and {@link #takeStatements} to the other.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> a statement is { i64 time, i64 epoch, i64 next, i64 live epoch, i64 live next, i64 1 while it catches up, then for
 * each range i64 first, i64 end, i64 since }; an answer a packet, or { i64 epoch, i64 first, i64 end }, { i64 epoch, i64 sequence } or
 * { i64 epoch }.
 */
final class RecoveryRings {
    private static final int STATEMENTS_OCTETS = 64 * 1024;
    private static final int ANSWERS_OCTETS = 4 << 20;

    private static final int STATEMENT = 1;
    private static final int PACKET = 2;
    private static final int NOBODY_HAS = 3;
    private static final int BEGIN = 4;
    private static final int EPOCH = 5;

    private static final int LONG = Long.BYTES;
    private static final int HEAD_LENGTH = 6 * LONG;
    private static final int RANGE_LENGTH = 3 * LONG;

    private final OneToOneRingBuffer statements = ring(STATEMENTS_OCTETS);
    private final OneToOneRingBuffer answers = ring(ANSWERS_OCTETS);
    private final Polling polling = new Polling();
    private final Output output = new Output();
    private final Runnable bell;

    /** @param bell wakes the thread that recovers. */
    RecoveryRings(Runnable bell) {
        this.bell = bell;
    }

    private static OneToOneRingBuffer ring(int octets) {
        return new OneToOneRingBuffer(
                new UnsafeBuffer(ByteBuffer.allocateDirect(octets + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    /** What the subscription is given; closing it is its owner's. */
    GapRepair polling() {
        return polling;
    }

    /** What the recovery is given. */
    RepairOutput output() {
        return output;
    }

    /** Hands over the statements that have come, by the clock of this thread; how many. */
    int takeStatements(Recovery to, long nowNs) {
        output.recovery = to;
        output.nowNs = nowNs;
        return statements.read(output);
    }

    /** The half of the thread that polls. */
    private final class Polling implements GapRepair, MessageHandler {
        private Answers to = new NoAnswers();

        @Override
        public boolean onMissing(MissingRanges missing, long nowNs) {
            int length = HEAD_LENGTH + missing.count() * RANGE_LENGTH;
            int at = statements.tryClaim(STATEMENT, length);
            if (at < 0) {
                return false;
            }
            MutableDirectBuffer buffer = statements.buffer();
            buffer.putLong(at, nowNs);
            buffer.putLong(at + LONG, missing.epoch());
            buffer.putLong(at + 2 * LONG, missing.next());
            buffer.putLong(at + 3 * LONG, missing.liveEpoch());
            buffer.putLong(at + 4 * LONG, missing.liveNext());
            buffer.putLong(at + 5 * LONG, missing.isCatchingUp() ? 1 : 0);
            int range = at + HEAD_LENGTH;
            for (int i = 0; i < missing.count(); i++) {
                buffer.putLong(range, missing.first(i));
                buffer.putLong(range + LONG, missing.end(i));
                buffer.putLong(range + 2 * LONG, missing.sinceNs(i));
                range += RANGE_LENGTH;
            }
            statements.commit(at);
            bell.run();
            return true;
        }

        @Override
        public int poll(Answers taker, int limit) {
            to = taker;
            return answers.read(this, limit);
        }

        @Override
        public void onMessage(int what, MutableDirectBuffer buffer, int offset, int length) {
            switch (what) {
                case PACKET -> to.onPacket(buffer, offset, length);
                case NOBODY_HAS ->
                    to.onNobodyHas(
                            buffer.getLong(offset), buffer.getLong(offset + LONG), buffer.getLong(offset + 2 * LONG));
                case BEGIN -> to.onBegin(buffer.getLong(offset), buffer.getLong(offset + LONG));
                default -> to.onEpoch(buffer.getLong(offset));
            }
        }
    }

    /** The half of the thread that recovers. */
    private final class Output implements RepairOutput, MessageHandler {
        private final MissingRanges missing = new MissingRanges();
        private final UnsafeBuffer words = new UnsafeBuffer(new byte[3 * LONG]);
        private @Nullable Recovery recovery;
        private long nowNs;

        @Override
        public void onMessage(int what, MutableDirectBuffer buffer, int offset, int length) {
            long shiftNs = nowNs - buffer.getLong(offset);
            missing.begin(
                    buffer.getLong(offset + LONG),
                    buffer.getLong(offset + 2 * LONG),
                    buffer.getLong(offset + 5 * LONG) == 1);
            missing.live(buffer.getLong(offset + 3 * LONG), buffer.getLong(offset + 4 * LONG));
            for (int range = offset + HEAD_LENGTH; range < offset + length; range += RANGE_LENGTH) {
                missing.add(
                        buffer.getLong(range),
                        buffer.getLong(range + LONG),
                        shiftNs + buffer.getLong(range + 2 * LONG));
            }
            if (recovery != null) {
                recovery.onMissing(missing, nowNs);
            }
        }

        /** A record takes up to 15 octets more than its packet, the ring's end up to a longest packet. */
        @Override
        public int room() {
            int free = answers.capacity() - answers.size() - 2 * PacketFlyweight.MAX_PACKET_LENGTH;
            return Math.max(0, free - free / 3);
        }

        @Override
        public boolean isDrained() {
            return answers.size() == 0;
        }

        /** What finds no room, though it was asked for with room, is asked for once more. */
        @Override
        public void packet(DirectBuffer buffer, int offset, int length) {
            answers.write(PACKET, buffer, offset, length);
        }

        @Override
        public void nobodyHas(long epoch, long first, long end) {
            words.putLong(0, epoch);
            words.putLong(LONG, first);
            words.putLong(2 * LONG, end);
            answers.write(NOBODY_HAS, words, 0, 3 * LONG);
        }

        @Override
        public void begin(long epoch, long sequence) {
            words.putLong(0, epoch);
            words.putLong(LONG, sequence);
            answers.write(BEGIN, words, 0, 2 * LONG);
        }

        @Override
        public void epoch(long epoch) {
            words.putLong(0, epoch);
            answers.write(EPOCH, words, 0, LONG);
        }
    }

    /** Before the first poll. */
    private static final class NoAnswers implements GapRepair.Answers {
        @Override
        public void onPacket(DirectBuffer buffer, int offset, int length) {}

        @Override
        public void onNobodyHas(long epoch, long first, long end) {}

        @Override
        public void onBegin(long epoch, long sequence) {}

        @Override
        public void onEpoch(long epoch) {}
    }
}
