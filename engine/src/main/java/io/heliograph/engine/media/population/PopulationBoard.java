// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.population;

import io.heliograph.engine.wire.SubscribersFlyweight;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Adds up the subscribers of each line: those of this host, and what the engines of other hosts have stated lately. What an
 * engine has not stated again for a second counts no longer.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class PopulationBoard {
    /** Ten statements: who loses as many on every NIC is away. */
    static final long LAPSE_NS = 1_000_000_000L;

    /** Three statements of each peer: before that nothing is known of the site. */
    static final long WARM_NS = 300_000_000L;

    private static final long LONG_AGO_NS = 1L << 60;

    private final LineSlots slots;
    private final int[] own;
    private final int[][] stated;
    private final long[][] statedNs;
    private final long knownNs;

    /**
     * @param slots of the lines.
     * @param peers engines that may state something.
     * @param nowNs the time.
     */
    PopulationBoard(LineSlots slots, int peers, long nowNs) {
        this.slots = slots;
        this.own = new int[slots.count()];
        this.stated = new int[peers][slots.count()];
        this.statedNs = new long[peers][slots.count()];
        this.knownNs = nowNs + (peers == 0 ? 0 : WARM_NS);
        for (long[] times : statedNs) {
            Arrays.fill(times, nowNs - LONG_AGO_NS);
        }
    }

    /** The subscribers of this host, by slot: to be written into. */
    int[] own() {
        return own;
    }

    /** Whether every peer that is there has had the time to state something. */
    boolean isKnown(long nowNs) {
        return nowNs - knownNs >= 0;
    }

    /** The subscribers of a line in the whole site, as far as it was stated. */
    int subscribers(int slot, long nowNs) {
        int sum = own[slot];
        for (int peer = 0; peer < stated.length; peer++) {
            sum += nowNs - statedNs[peer][slot] <= LAPSE_NS ? stated[peer][slot] : 0;
        }
        return sum;
    }

    /** Takes a statement that was checked: lines that this topology does not have are passed over. */
    void onStatement(int peer, DirectBuffer buffer, int offset, long nowNs) {
        int last = SubscribersFlyweight.last(buffer, offset);
        int from = slots.from(SubscribersFlyweight.first(buffer, offset));
        for (int at = from; at < slots.streamCount() && slots.stream(at) <= last; at++) {
            Arrays.fill(stated[peer], slots.start(at), slots.start(at + 1), 0);
            Arrays.fill(statedNs[peer], slots.start(at), slots.start(at + 1), nowNs);
        }
        for (int i = SubscribersFlyweight.count(buffer, offset) - 1; i >= 0; i--) {
            int slot = slots.slot(
                    SubscribersFlyweight.stream(buffer, offset, i), SubscribersFlyweight.line(buffer, offset, i));
            if (slot >= 0) {
                stated[peer][slot] = SubscribersFlyweight.subscribers(buffer, offset, i);
            }
        }
    }

    /**
     * Writes what this host states, as much as one datagram holds.
     *
     * @param buffer with room for the longest.
     * @param topology CRC-32C of its name.
     * @param sender address of the NIC that it leaves by.
     * @param from place of the first stream that has not been stated; 0 at first.
     * @return the place of the first stream that is left for the next one; the number of streams when none is.
     */
    int write(MutableDirectBuffer buffer, int topology, int sender, int from) {
        int to = from;
        int entries = 0;
        while (to < slots.streamCount()) {
            int more = populated(to);
            if (entries + more > SubscribersFlyweight.MAX_ENTRIES) {
                break;
            }
            entries += more;
            to++;
        }
        int first = from == 0 ? 0 : slots.stream(from);
        int last = to == slots.streamCount() ? Integer.MAX_VALUE : slots.stream(to) - 1;
        SubscribersFlyweight.init(buffer, 0, topology, sender, first, last);
        for (int at = from; at < to; at++) {
            for (int slot = slots.start(at); slot < slots.start(at + 1); slot++) {
                if (own[slot] > 0) {
                    SubscribersFlyweight.add(buffer, 0, slots.stream(at), slot - slots.start(at), own[slot]);
                }
            }
        }
        return to;
    }

    private int populated(int at) {
        int count = 0;
        for (int slot = slots.start(at); slot < slots.start(at + 1); slot++) {
            count += own[slot] > 0 ? 1 : 0;
        }
        return count;
    }
}
