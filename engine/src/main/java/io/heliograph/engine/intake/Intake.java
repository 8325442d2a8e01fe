// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.wire.PacketFlyweight;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Where feed threads put messages for the thread that publishes: a ring, first come, first numbered.
 *
 * <p>Messages of one feed thread keep their order; how those of several interleave is decided by who comes first, and is
 * the order in which they are numbered.
 *
 * <p><b>Thread:</b> any thread offers and claims; one thread, such as a {@link PublishingAgent}'s, drains.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Failure:</b> {@link Outcome#BACK_PRESSURED} while the ring is full, {@link Outcome#TOO_LONG}, {@link
 * Outcome#CLOSED}; {@link Outcome#CLAIM_OPEN} for a claim that was neither committed nor aborted.
 */
public final class Intake {
    /** The message is in the ring. */
    public static final long ACCEPTED = 1;

    /** Holds 16 of the longest messages, or some 87,000 of a feed's usual 37 octets. */
    public static final int DEFAULT_CAPACITY = 1 << 22;

    /** A ring carries messages of an eighth of its capacity: the least in which the longest fits. */
    public static final int MIN_CAPACITY = 1 << 20;

    private static final int MESSAGE_TYPE = 1;

    private final RingBuffer ring;
    private volatile boolean isClosed;

    /** An intake of {@link #DEFAULT_CAPACITY}. */
    public Intake() {
        this(DEFAULT_CAPACITY);
    }

    /**
     * An intake of another size.
     *
     * @param capacity of the ring in octets, a power of two, {@link #MIN_CAPACITY} and up.
     */
    public Intake(int capacity) {
        if (capacity < MIN_CAPACITY || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "intake capacity " + capacity + ": a power of two from " + MIN_CAPACITY + " is needed");
        }
        this.ring = new ManyToOneRingBuffer(
                new UnsafeBuffer(ByteBuffer.allocateDirect(capacity + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    /**
     * Copies a message into the ring.
     *
     * @param buffer holds the body.
     * @param offset where the body begins.
     * @param length of the body, 0 to 65,535 octets.
     * @return {@link #ACCEPTED}, {@link Outcome#BACK_PRESSURED}: the ring is full, nothing was taken; {@link
     *     Outcome#TOO_LONG} or {@link Outcome#CLOSED}.
     */
    public long offer(DirectBuffer buffer, int offset, int length) {
        if (length > PacketFlyweight.MAX_MESSAGE_LENGTH) {
            return Outcome.TOO_LONG;
        }
        if (isClosed) {
            return Outcome.CLOSED;
        }
        return ring.write(MESSAGE_TYPE, buffer, offset, length) ? ACCEPTED : Outcome.BACK_PRESSURED;
    }

    /**
     * Makes room for a message that its feed writes in place. The ring stands still at the claim until it is committed or
     * aborted: write at once.
     *
     * @param length of the body, 0 to 65,535 octets.
     * @param claim receives the place; a claim belongs to one feed thread.
     * @return {@link #ACCEPTED} or a negative outcome, as for {@link #offer}.
     */
    public long claim(int length, IntakeClaim claim) {
        if (claim.isOpen()) {
            return Outcome.CLAIM_OPEN;
        }
        if (length > PacketFlyweight.MAX_MESSAGE_LENGTH) {
            return Outcome.TOO_LONG;
        }
        if (isClosed) {
            return Outcome.CLOSED;
        }
        int index = ring.tryClaim(MESSAGE_TYPE, length);
        if (index < 0) {
            return Outcome.BACK_PRESSURED;
        }
        claim.wrap(ring, index, length);
        return ACCEPTED;
    }

    /** Takes no further message; what is in the ring is still drained. Idempotent. */
    public void close() {
        isClosed = true;
    }

    /**
     * Whether everything that was accepted has been drained, claims apart that are still open.
     *
     * @return true when the ring holds nothing.
     */
    public boolean isEmpty() {
        return ring.size() == 0;
    }

    /**
     * Hands over what is in the ring, in its order. Called by one thread alone: that of a {@link PublishingAgent}, or of whoever
     * publishes in its place.
     *
     * @param handler takes each message, or aborts: then it comes again.
     * @param limit messages at most.
     * @return messages taken.
     */
    public int drain(ControlledMessageHandler handler, int limit) {
        return ring.controlledRead(handler, limit);
    }
}
