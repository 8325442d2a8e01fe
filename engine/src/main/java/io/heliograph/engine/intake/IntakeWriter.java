// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.wire.PacketFlyweight;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts messages into the ring of a stream with {@code writers="many"}, from any process of the host that publishes it: the
 * engine numbers and sends them. Messages of one writer keep their order.
 *
 * <pre>{@code
 * try (IntakeWriter writer = IntakeWriter.open(RingFile.of("ny-ldn", "ny1", "trades"))) {
 *     while (writer.offer(buffer, 0, length) == Outcome.BACK_PRESSURED) {
 *         Thread.onSpinWait();
 *     }
 * }
 * }</pre>
 *
 * <p>While no engine runs, messages wait in the ring, up to its capacity; the next engine sends them. A process that dies
 * loses the claim that it had not committed, and nothing else. One that is stopped in mid-claim holds up all others until it
 * goes on or ends: its claim is its own.
 *
 * <p><b>Thread:</b> one owner: a feed thread. Each feed thread has a writer of its own, of 64 that a ring has.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Failure:</b> {@link Outcome#BACK_PRESSURED} while the ring is full: nothing was taken; {@link Outcome#TOO_LONG},
 * {@link Outcome#CLAIM_OPEN}, {@link Outcome#CLOSED}; {@link Outcome#CORRUPT} when the engine, or this, has found that
 * something else has written into the ring: what the engine had not taken is lost, open a new writer when it runs again.
 */
public final class IntakeWriter implements AutoCloseable {
    /** The message is in the ring. */
    public static final long ACCEPTED = 1;

    private static final long NO_CLAIM = -1;

    private final RingFile file;
    private final UnsafeBuffer memory;
    private final RingLayout layout;
    private final int slot;
    private final int slotOffset;
    private final UnsafeBuffer body = new UnsafeBuffer(0, 0);
    private long claimPosition = NO_CLAIM;
    private int claimLength;
    private long behindLast;
    private long messages;
    private long full;
    private boolean isClosed;

    private IntakeWriter(RingFile file, int slot) {
        this.file = file;
        this.memory = file.memory();
        this.layout = file.layout();
        this.slot = slot;
        this.slotOffset = RingLayout.slotOffset(slot);
        this.messages = memory.getLong(slotOffset + RingLayout.SLOT_MESSAGES_OFFSET);
        this.full = memory.getLong(slotOffset + RingLayout.SLOT_FULL_OFFSET);
    }

    /**
     * Takes a slot of a ring.
     *
     * @param path of the ring: {@link RingFile#of}.
     * @return a writer, to be closed by the caller.
     * @throws IntakeException when there is no such ring, it is damaged, or all its slots are taken.
     */
    public static IntakeWriter open(Path path) {
        RingFile file = RingFile.open(path);
        try {
            if (file.isCorrupt()) {
                throw new IntakeException("the intake " + path + " is corrupt, as its engine found: start that anew");
            }
            return new IntakeWriter(file, takeSlot(file));
        } catch (RuntimeException refused) {
            file.close();
            throw refused;
        }
    }

    /**
     * Copies a message into the ring.
     *
     * @param buffer holds the body.
     * @param offset where the body begins.
     * @param length of the body, 0 to 65,535 octets.
     * @return {@link #ACCEPTED} or a negative {@link Outcome}.
     * @throws IllegalArgumentException when the length is negative.
     */
    public long offer(DirectBuffer buffer, int offset, int length) {
        long outcome = claim(length);
        if (outcome > 0) {
            memory.putBytes(layout.bodyOffset(claimPosition), buffer, offset, length);
            commit();
        }
        return outcome;
    }

    /**
     * Makes room for a message that is written in place, into {@link #buffer}; then {@link #commit} or {@link #abort}. The
     * ring stands still at the claim until then: write at once.
     *
     * @param length of the body, 0 to 65,535 octets.
     * @return {@link #ACCEPTED} or a negative {@link Outcome}.
     * @throws IllegalArgumentException when the length is negative.
     */
    public long claim(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("a message's length is 0 to 65535 octets, not " + length);
        }
        if (length > PacketFlyweight.MAX_MESSAGE_LENGTH) {
            return Outcome.TOO_LONG;
        }
        if (claimPosition != NO_CLAIM) {
            return Outcome.CLAIM_OPEN;
        }
        return isClosed ? Outcome.CLOSED : take(length);
    }

    /**
     * The claimed body's place, from octet 0 to the claimed length.
     *
     * @return where to write.
     */
    public MutableDirectBuffer buffer() {
        return body;
    }

    /** The message is complete: the engine may take it. Nothing happens without a claim. */
    public void commit() {
        if (claimPosition != NO_CLAIM) {
            end(RingLayout.COMMITTED);
            memory.putLongRelease(slotOffset + RingLayout.SLOT_MESSAGES_OFFSET, ++messages);
        }
    }

    /** The message is given up: the engine steps over it. Nothing happens without a claim. */
    public void abort() {
        if (claimPosition != NO_CLAIM) {
            end(RingLayout.ABORTED);
        }
    }

    /**
     * Whether all that is in the ring has been taken by the engine and handed to the network.
     *
     * @return true for an empty ring.
     */
    public boolean isDrained() {
        return isClosed
                || memory.getLongVolatile(RingLayout.HEAD_OFFSET) == memory.getLongVolatile(RingLayout.TAIL_OFFSET);
    }

    /**
     * Whether the engine has taken all that this writer has put in, and handed it to the network.
     *
     * @return true when none of it waits in the ring.
     */
    public boolean isTaken() {
        return isClosed || memory.getLongVolatile(RingLayout.HEAD_OFFSET) - behindLast >= 0;
    }

    /**
     * Whether an engine takes from the ring: asks the system, so not for every message.
     *
     * @return false while none does; what is put in waits.
     */
    public boolean isServed() {
        long engine = isClosed ? ProcessIdentity.NONE : memory.getLongVolatile(RingLayout.ENGINE_OFFSET);
        return engine != ProcessIdentity.NONE && !ProcessIdentity.isGone(engine);
    }

    /**
     * Whether the engine, or this, has found that something else has written into the ring.
     *
     * @return true: nothing more is taken or accepted.
     */
    public boolean isCorrupt() {
        return !isClosed && file.isCorrupt();
    }

    /** Aborts an open claim and gives the slot back. Idempotent. */
    @Override
    public void close() {
        if (!isClosed) {
            abort();
            isClosed = true;
            body.wrap(0, 0);
            memory.putLongRelease(slotOffset, ProcessIdentity.NONE);
            file.close();
        }
    }

    private long take(int length) {
        int cells = RingLayout.cells(length);
        if (memory.getIntVolatile(RingLayout.STATE_OFFSET) != RingLayout.STATE_OPEN) {
            return Outcome.CORRUPT;
        }
        while (true) {
            long tail = memory.getLongVolatile(RingLayout.TAIL_OFFSET);
            long head = memory.getLongVolatile(RingLayout.HEAD_OFFSET);
            if (tail + cells - head > layout.capacity()) {
                memory.putLongRelease(slotOffset + RingLayout.SLOT_FULL_OFFSET, ++full);
                return Outcome.BACK_PRESSURED;
            }
            int offset = layout.wordOffset(tail);
            long word = memory.getLongVolatile(offset);
            if (word == layout.free(tail)) {
                if (memory.compareAndSetLong(offset, word, layout.word(RingLayout.CLAIMED, slot, length, tail))) {
                    memory.compareAndSetLong(RingLayout.TAIL_OFFSET, tail, tail + cells);
                    claimPosition = tail;
                    claimLength = length;
                    body.wrap(memory, layout.bodyOffset(tail), length);
                    return ACCEPTED;
                }
            } else if (layout.isTaken(word, tail)) {
                // Somebody was first and may be stopped before his next step: that step is done for him.
                long behind = tail + RingLayout.cells(RingLayout.length(word));
                memory.compareAndSetLong(RingLayout.TAIL_OFFSET, tail, behind);
            } else if (memory.getLongVolatile(RingLayout.TAIL_OFFSET) == tail) {
                return Outcome.CORRUPT;
            }
        }
    }

    private void end(int state) {
        long word = layout.word(state, slot, claimLength, claimPosition);
        memory.putLongRelease(layout.wordOffset(claimPosition), word);
        behindLast = claimPosition + RingLayout.cells(claimLength);
        claimPosition = NO_CLAIM;
    }

    private static int takeSlot(RingFile file) {
        long self = ProcessIdentity.current();
        for (int slot = 0; slot < RingLayout.SLOTS; slot++) {
            if (file.memory().compareAndSetLong(RingLayout.slotOffset(slot), ProcessIdentity.NONE, self)) {
                return slot;
            }
        }
        throw new IntakeException("all " + RingLayout.SLOTS + " writers' slots of the intake " + file.path()
                + " are taken: close writers, or let the engine run, which frees the slots of processes that are gone");
    }
}
