// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.wire.PacketFlyweight;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a publication of one stream has kept of what it sent, for those who have lost some of it: sends it once more, as replayed
 * packets, on every line that is sent on.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class KeptPackets {
    private final SendingLines sending;

    KeptPackets(SendingLines sending) {
        this.sending = sending;
    }

    /**
     * Whether packets are kept at all.
     *
     * @return false also when the publication is closed.
     */
    public boolean isKeeping() {
        return sending.kept() != null;
    }

    /**
     * The first message that can be sent once more.
     *
     * @return its sequence; 0 while there is none.
     */
    public long first() {
        ResendWindow kept = sending.kept();
        return kept == null ? 0 : kept.firstSequence();
    }

    /**
     * Sends once more what is kept of a range.
     *
     * @param first message of it.
     * @param end the sequence behind its last one.
     * @param packets at most.
     * @param octets of them; the packet with which there are more is the last one.
     * @return the sequence to go on from; {@code end} or more when all that is kept was sent.
     */
    public long replay(long first, long end, int packets, int octets) {
        @Nullable ResendWindow kept = sending.kept();
        if (kept == null) {
            return end;
        }
        long place = kept.placeOf(first);
        long next = first;
        int left = octets;
        for (int i = 0; i < packets && left > 0; i++) {
            while (place != kept.end() && !kept.isData(place)) {
                place = kept.next(place);
            }
            if (place == kept.end() || PacketFlyweight.sequence(kept.memory(), kept.offset(place)) >= end) {
                return end;
            }
            if (!isTaken(kept, place)) {
                return next;
            }
            left -= kept.length(place);
            next = kept.sequenceBehind(place);
            place = kept.next(place);
        }
        return next;
    }

    private boolean isTaken(ResendWindow kept, long place) {
        UnsafeBuffer memory = kept.memory();
        int offset = kept.offset(place);
        int flags = PacketFlyweight.flags(memory, offset);
        PacketFlyweight.flags(memory, offset, flags | PacketFlyweight.FLAG_REPLAYED);
        boolean isTaken = sending.announce(memory, offset, kept.length(place));
        PacketFlyweight.flags(memory, offset, flags);
        if (isTaken) {
            sending.onReplayed();
        }
        return isTaken;
    }
}
