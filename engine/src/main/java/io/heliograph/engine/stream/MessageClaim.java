// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Room for one message in the open packet: write the body in place, then commit or abort. Re-use one claim for ever.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class MessageClaim {
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private @Nullable StreamPublication publication;

    /** A claim of nothing, to be handed to {@link StreamPublication#claim}. */
    public MessageClaim() {}

    /**
     * The body's place, from octet 0 to the claimed length.
     *
     * @return where to write.
     */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /**
     * Where the body begins in {@link #buffer}.
     *
     * @return always 0.
     */
    public int offset() {
        return 0;
    }

    /** The message is complete: it becomes part of the packet under the sequence that the claim returned. */
    public void commit() {
        StreamPublication owner = publication;
        if (owner != null) {
            publication = null;
            owner.onCommit(buffer.capacity());
        }
    }

    /** The message is given up: its sequence goes to the next one. */
    public void abort() {
        StreamPublication owner = publication;
        if (owner != null) {
            publication = null;
            owner.onAbort();
        }
    }

    void wrap(StreamPublication owner, UnsafeBuffer packet, int offset, int length) {
        publication = owner;
        buffer.wrap(packet, offset, length);
    }
}
