// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import io.heliograph.engine.wire.LinkFrame;
import io.heliograph.engine.wire.LinkFraming;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes frames of the octets of a connection, however they are cut. A frame that is whole in what came is handed out where it
 * lies; only one that is cut is copied.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> room for a frame that is cut, at most twice what came of it, never more than its declared and checked
 * length. It is kept for the next one; {@link #trim} gives it back.
 *
 * <p><b>Failure:</b> after the first malformed header nothing is handed out any more.
 */
public final class FrameAssembler {
    /** Room that is not worth giving back, octets. */
    static final int KEPT = 1 << 12;

    private static final int FIRST_ROOM = 256;

    private final FrameHandler handler;
    private final UnsafeBuffer kept = new UnsafeBuffer(new byte[FIRST_ROOM]);
    private int filled;
    private boolean wasUsed;
    private boolean isBroken;

    /** Takes frames. */
    public interface FrameHandler {
        /**
         * A header has come.
         *
         * @param buffer holds it.
         * @param offset of its first octet.
         * @return false: nothing more of this connection is wanted.
         */
        boolean onHeader(DirectBuffer buffer, int offset);

        /**
         * A frame is there whole, as long as it says. Its header was let through.
         *
         * @param buffer holds it, for the call.
         * @param offset of its first octet.
         * @param length octets.
         * @return false: nothing more of this connection is wanted.
         */
        boolean onFrame(DirectBuffer buffer, int offset, int length);
    }

    /**
     * Nothing has come.
     *
     * @param handler takes the frames; it must refuse headers that {@link LinkFraming#checkHeader} refuses.
     */
    public FrameAssembler(FrameHandler handler) {
        this.handler = handler;
    }

    /**
     * Octets have come.
     *
     * @param buffer holds them, for the call.
     * @param offset of the first.
     * @param length how many.
     */
    public void onOctets(DirectBuffer buffer, int offset, int length) {
        int position = offset;
        int end = offset + length;
        while (position < end && !isBroken) {
            position = filled == 0 ? takeInPlace(buffer, position, end) : gather(buffer, position, end);
        }
    }

    /** Gives room back that was not used since it was asked last. */
    public void trim() {
        if (!wasUsed && filled == 0 && kept.capacity() > KEPT) {
            kept.wrap(new byte[FIRST_ROOM]);
        }
        wasUsed = false;
    }

    /**
     * Room that it holds now.
     *
     * @return octets.
     */
    int capacity() {
        return kept.capacity();
    }

    private int takeInPlace(DirectBuffer buffer, int position, int end) {
        if (end - position < LinkFrame.HEADER_LENGTH) {
            return keep(buffer, position, end - position);
        }
        if (!handler.onHeader(buffer, position)) {
            isBroken = true;
            return end;
        }
        int length = (int) LinkFrame.length(buffer, position);
        if (end - position < length) {
            return keep(buffer, position, end - position);
        }
        isBroken = !handler.onFrame(buffer, position, length);
        return position + length;
    }

    /** Completes first the header of the frame that is cut, then the frame. */
    private int gather(DirectBuffer buffer, int position, int end) {
        boolean isHeaderThere = filled >= LinkFrame.HEADER_LENGTH;
        int wanted = isHeaderThere ? (int) LinkFrame.length(kept, 0) : LinkFrame.HEADER_LENGTH;
        int next = keep(buffer, position, Math.min(end - position, wanted - filled));
        if (filled < wanted) {
            return next;
        }
        if (!isHeaderThere) {
            isBroken = !handler.onHeader(kept, 0);
            if (isBroken || LinkFrame.length(kept, 0) > filled) {
                return next;
            }
        }
        int length = filled;
        filled = 0;
        wasUsed = true;
        isBroken = !handler.onFrame(kept, 0, length);
        return next;
    }

    private int keep(DirectBuffer buffer, int position, int count) {
        int needed = filled + count;
        if (needed > kept.capacity()) {
            byte[] larger = new byte[room(needed, buffer, position)];
            kept.getBytes(0, larger, 0, filled);
            kept.wrap(larger);
        }
        kept.putBytes(filled, buffer, position, count);
        filled = needed;
        return position + count;
    }

    /** Twice what came, but no more than the frame will fill. */
    private int room(int needed, DirectBuffer buffer, int position) {
        boolean isHeaderKept = filled >= LinkFrame.HEADER_LENGTH;
        long declared = isHeaderKept ? LinkFrame.length(kept, 0) : LinkFrame.length(buffer, position);
        return (int) Math.min(declared, 2L * needed);
    }
}
