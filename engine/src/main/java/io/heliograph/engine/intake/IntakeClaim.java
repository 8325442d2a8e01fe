// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Room for one message in an {@link Intake}: write the body in place, then commit or abort. Re-use one claim for ever.
 *
 * <p><b>Thread:</b> one owner: a feed thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class IntakeClaim {
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private @Nullable RingBuffer ring;
    private int index;

    /** A claim of nothing, to be handed to {@link Intake#claim}. */
    public IntakeClaim() {}

    /**
     * The body's place, from octet 0 to the claimed length.
     *
     * @return where to write.
     */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** The message is complete: the publishing thread may take it. */
    public void commit() {
        RingBuffer owner = ring;
        if (owner != null) {
            ring = null;
            owner.commit(index);
        }
    }

    /** The message is given up: the publishing thread steps over it. */
    public void abort() {
        RingBuffer owner = ring;
        if (owner != null) {
            ring = null;
            owner.abort(index);
        }
    }

    boolean isOpen() {
        return ring != null;
    }

    void wrap(RingBuffer owner, int claimedIndex, int length) {
        ring = owner;
        index = claimedIndex;
        buffer.wrap(owner.buffer(), claimedIndex, length);
    }
}
