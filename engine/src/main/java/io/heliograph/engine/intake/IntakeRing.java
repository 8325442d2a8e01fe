// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import io.heliograph.engine.media.DirectoryLock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The engine's end of a ring that processes put messages into: takes them in the order of their claims, and frees their
 * places once they have been sent.
 *
 * <p>A claim that is neither committed nor aborted is waited for as long as its process is there, stopped or not, and given
 * up when it is gone. What an engine had taken and not freed when it was killed, the next one takes again.
 *
 * <p><b>Thread:</b> one owner: the publishing thread.
 *
 * <p><b>Allocation:</b> none after construction, but for a look whether a process is gone: at a claim that stands still,
 * every 10 ms, and one slot in turn every 16 ms.
 *
 * <p><b>Layout:</b> {@link RingLayout}.
 *
 * <p><b>Failure:</b> a ring in which something stands that no writer puts there is marked corrupt: nothing more is taken or
 * accepted, {@link #corruption} says what and where.
 */
public final class IntakeRing implements AutoCloseable {
    private static final long LOOK_INTERVAL_NS = 10_000_000L;

    private final DirectoryLock lock;
    private final RingFile file;
    private final UnsafeBuffer memory;
    private final RingLayout layout;
    private final SlotSweep sweep;
    private final boolean isReplaced;
    private long position;
    private long head;
    private long messages;
    private long abandoned;
    private long aborted;
    private long waitingAt = -1;
    private long lookAtNs;
    private @Nullable String corruption;
    private boolean isClosed;

    private IntakeRing(DirectoryLock lock, RingFile file, boolean isReplaced) {
        this.lock = lock;
        this.isReplaced = isReplaced;
        this.file = file;
        this.memory = file.memory();
        this.layout = file.layout();
        this.sweep = new SlotSweep(memory, layout);
        this.head = memory.getLongVolatile(RingLayout.HEAD_OFFSET);
        this.position = head;
        resume();
        memory.putLongRelease(RingLayout.ENGINE_OFFSET, ProcessIdentity.current());
    }

    /** Takes a message. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Takes a message, or doesn't: then it is the next one again.
         *
         * @param buffer holds the body, for the call.
         * @param offset where it begins.
         * @param length of it, octets.
         * @return whether it was taken.
         */
        boolean onMessage(DirectBuffer buffer, int offset, int length);
    }

    /**
     * Opens a ring, or makes it where there is none, or only a corrupt one.
     *
     * @param path of its file: {@link RingFile#of}.
     * @param capacity cells of a new one.
     * @return the ring, to be closed by the caller.
     * @throws IntakeException when another engine reads it, or when the file cannot be used.
     */
    public static IntakeRing open(Path path, int capacity) {
        Path lockFile = path.resolveSibling(path.getFileName() + ".lock");
        DirectoryLock lock = DirectoryLock.take(lockFile)
                .orElseThrow(() -> new IntakeException("another engine ("
                        + DirectoryLock.holder(lockFile).map(Object::toString).orElse("that just ended")
                        + ") reads the intake " + path + ": end it first"));
        try {
            if (!Files.exists(path)) {
                return new IntakeRing(lock, RingFile.create(path, capacity), false);
            }
            IntakeRing found = new IntakeRing(lock, RingFile.open(path), false);
            if (found.corruption == null) {
                return found;
            }
            found.file.close();
            return new IntakeRing(lock, RingFile.create(path, capacity), true);
        } catch (RuntimeException refused) {
            lock.close();
            throw refused;
        }
    }

    /**
     * Hands over what was committed, in order.
     *
     * @param handler takes the messages; what it refuses stays.
     * @param limit of claims to go over.
     * @param nowNs by the monotonic clock: spaces the looks at a claim that stands still.
     * @return claims gone over; 0 = idle.
     */
    public int drain(Handler handler, int limit, long nowNs) {
        int done = 0;
        while (done < limit && corruption == null && position - head < layout.capacity()) {
            int offset = layout.wordOffset(position);
            long word = memory.getLongVolatile(offset);
            if (word == layout.free(position)) {
                checkEmpty(offset, word);
                break;
            }
            int cells = RingLayout.cells(RingLayout.length(word));
            if (!layout.isTaken(word, position) || position + cells - head > layout.capacity()) {
                corrupt(word);
                break;
            }
            if (!take(word, offset, handler, nowNs)) {
                break;
            }
            position += cells;
            done++;
        }
        return done;
    }

    /** Frees the places of all that was handed over: call it when that has been sent. */
    public void release() {
        if (position == head || corruption != null) {
            return;
        }
        long tail = memory.getLongVolatile(RingLayout.TAIL_OFFSET);
        while (tail < position && !memory.compareAndSetLong(RingLayout.TAIL_OFFSET, tail, position)) {
            tail = memory.getLongVolatile(RingLayout.TAIL_OFFSET);
        }
        while (head < position) {
            long word = memory.getLong(layout.wordOffset(head));
            int cells = RingLayout.cells(RingLayout.length(word));
            if (!layout.isTaken(word, head) || cells > position - head) {
                corrupt(word);
                return;
            }
            for (int i = cells - 1; i >= 0; i--) {
                long freed = head + i;
                memory.putLongRelease(layout.wordOffset(freed), layout.free(freed + layout.capacity()));
            }
            head += cells;
        }
        memory.putLongRelease(RingLayout.HEAD_OFFSET, head);
    }

    /**
     * Looks, one slot in turn, whether a writer's process is gone, and frees its slot when the ring holds nothing of it.
     *
     * @param nowNs by the monotonic clock.
     */
    public void sweep(long nowNs) {
        if (corruption == null) {
            sweep.run(nowNs, head);
        }
    }

    /**
     * The file.
     *
     * @return its path.
     */
    public Path path() {
        return file.path();
    }

    /**
     * The size.
     *
     * @return cells of 64 octets.
     */
    public int capacity() {
        return layout.capacity();
    }

    /**
     * Messages handed over by this.
     *
     * @return messages.
     */
    public long messages() {
        return messages;
    }

    /**
     * Claims given up because their process was gone.
     *
     * @return claims.
     */
    public long abandoned() {
        return abandoned;
    }

    /**
     * Claims that their writers aborted.
     *
     * @return claims.
     */
    public long aborted() {
        return aborted;
    }

    /**
     * How often a message found no room, ever, by whichever writer.
     *
     * @return times.
     */
    public long full() {
        return sweep.full();
    }

    /**
     * Writers that hold a slot.
     *
     * @return 0 to 64.
     */
    public int writers() {
        return sweep.writers();
    }

    /**
     * Whether all that was claimed has been handed over and freed.
     *
     * @return true for a ring that holds nothing.
     */
    public boolean isEmpty() {
        return head == memory.getLongVolatile(RingLayout.TAIL_OFFSET);
    }

    /**
     * What is wrong with the ring.
     *
     * @return null while nothing is.
     */
    public @Nullable String corruption() {
        return corruption;
    }

    /**
     * Whether this is a new ring in place of a corrupt one: what that held is lost.
     *
     * @return false for one that was found well, or not at all.
     */
    public boolean isReplaced() {
        return isReplaced;
    }

    /** Lets go of the ring, which stays, for its writers and the next engine. Idempotent. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            memory.putLongRelease(RingLayout.ENGINE_OFFSET, ProcessIdentity.NONE);
            file.close();
            lock.close();
        }
    }

    /** Finds the first place that the engine before has not freed: it may have been killed at it. */
    private void resume() {
        long tail = memory.getLongVolatile(RingLayout.TAIL_OFFSET);
        if (file.isCorrupt() || tail < head || tail - head > layout.capacity()) {
            corrupt(tail);
            return;
        }
        while (position - head < layout.capacity()
                && memory.getLongVolatile(layout.wordOffset(position)) == layout.free(position + layout.capacity())) {
            position++;
        }
        head = position;
        memory.putLongRelease(RingLayout.HEAD_OFFSET, head);
    }

    private boolean take(long word, int offset, Handler handler, long nowNs) {
        switch (RingLayout.state(word)) {
            case RingLayout.COMMITTED -> {
                if (!handler.onMessage(memory, layout.bodyOffset(position), RingLayout.length(word))) {
                    return false;
                }
                messages++;
            }
            case RingLayout.ABORTED -> aborted++;
            default -> {
                if (!isAbandoned(word, offset, nowNs)) {
                    return false;
                }
                abandoned++;
            }
        }
        return true;
    }

    private boolean isAbandoned(long word, int offset, long nowNs) {
        if (waitingAt != position) {
            waitingAt = position;
            lookAtNs = nowNs + LOOK_INTERVAL_NS;
            return false;
        }
        if (nowNs - lookAtNs < 0) {
            return false;
        }
        lookAtNs = nowNs + LOOK_INTERVAL_NS;
        long owner = memory.getLongVolatile(RingLayout.slotOffset(RingLayout.slot(word)));
        boolean isGone = owner == ProcessIdentity.NONE || ProcessIdentity.isGone(owner);
        // It may have committed between our read of the word and its end.
        return isGone && memory.getLongVolatile(offset) == word;
    }

    private void checkEmpty(int offset, long word) {
        long tail = memory.getLongVolatile(RingLayout.TAIL_OFFSET);
        boolean isPlausible = tail <= position || memory.getLongVolatile(offset) != word;
        if (!isPlausible || tail < head) {
            corrupt(word);
        }
    }

    private void corrupt(long word) {
        corruption = String.format(
                "the intake %s is corrupt: at position %d (free from %d, claimed to %d) stands %016x: something that is no"
                        + " writer has written into it; nothing more is taken from it; end its writers and start the"
                        + " engine of this host anew, which makes a new one",
                file.path(), position, head, memory.getLongVolatile(RingLayout.TAIL_OFFSET), word);
        memory.putIntVolatile(RingLayout.STATE_OFFSET, RingLayout.STATE_CORRUPT);
    }
}
