// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frees the slots of writers whose processes are gone, one look at a time: not before the ring holds nothing of them, for a
 * claim is judged by its slot.
 *
 * <p><b>Thread:</b> one owner: the publishing thread.
 *
 * <p><b>Allocation:</b> a look at a slot that is taken, every 16 ms.
 */
final class SlotSweep {
    private static final long INTERVAL_NS = 16_000_000L;
    private static final long NOT_GONE = -1;

    private final UnsafeBuffer memory;
    private final RingLayout layout;
    private final long[] goneAt = new long[RingLayout.SLOTS];
    private int next;
    private long dueNs;

    SlotSweep(UnsafeBuffer memory, RingLayout layout) {
        this.memory = memory;
        this.layout = layout;
        Arrays.fill(goneAt, NOT_GONE);
    }

    void run(long nowNs, long head) {
        if (nowNs - dueNs < 0) {
            return;
        }
        dueNs = nowNs + INTERVAL_NS;
        // Only this frees the slot of a process that is gone: the owner stands until then.
        long owner = owner(next);
        if (owner == ProcessIdentity.NONE) {
            goneAt[next] = NOT_GONE;
        } else if (goneAt[next] == NOT_GONE) {
            if (ProcessIdentity.isGone(owner)) {
                goneAt[next] = lastClaim();
            }
        } else if (head >= goneAt[next]) {
            goneAt[next] = NOT_GONE;
            memory.compareAndSetLong(RingLayout.slotOffset(next), owner, ProcessIdentity.NONE);
        }
        next = (next + 1) % RingLayout.SLOTS;
    }

    int writers() {
        int writers = 0;
        for (int slot = 0; slot < RingLayout.SLOTS; slot++) {
            writers += owner(slot) == ProcessIdentity.NONE ? 0 : 1;
        }
        return writers;
    }

    long full() {
        long full = 0;
        for (int slot = 0; slot < RingLayout.SLOTS; slot++) {
            full += memory.getLongVolatile(RingLayout.slotOffset(slot) + RingLayout.SLOT_FULL_OFFSET);
        }
        return full;
    }

    private long owner(int slot) {
        return memory.getLongVolatile(RingLayout.slotOffset(slot));
    }

    /** Behind the last claim of anybody, also where a writer was killed between its claim and the tail. */
    private long lastClaim() {
        long tail = memory.getLongVolatile(RingLayout.TAIL_OFFSET);
        for (int i = 0; i < layout.capacity(); i++) {
            long word = memory.getLongVolatile(layout.wordOffset(tail));
            if (!layout.isTaken(word, tail)) {
                break;
            }
            tail += RingLayout.cells(RingLayout.length(word));
        }
        return tail;
    }
}
