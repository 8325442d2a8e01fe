// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.stream.SendPlace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the place of a stream's publisher on this host, in a small mapped file, under a lock that keeps a second publisher
 * away. What was stored survives the death of the process at once, and goes with the memory that the file is in.
 *
 * <p><b>Thread:</b> one owner; taken by any thread.
 *
 * <p><b>Layout:</b> little-endian, 64 octets:
 *
 * <pre>
 *   0        8        16       24        32       40      48
 *   +--------+--------+--------+---------+--------+-------+------
 *   |epoch   |process |next    |sending  |source  |state  | zeros
 *   +--------+--------+--------+---------+--------+-------+------
 * </pre>
 *
 * u64 each. Next: the next number that may be given to other content, 0 in a file of an earlier version; sending: the first
 * number of the packet that was offered last; source: what the messages come from, 0 where nobody said; state: 1 when the
 * epoch was ended, else 0.
 */
final class EpochFile implements SendPlace, AutoCloseable {
    private static final int LENGTH = 64;
    private static final int HOLDER = 8;
    private static final int NEXT = 16;
    private static final int SENDING = 24;
    private static final int SOURCE = 32;
    private static final int STATE = 40;
    private static final int ENDED = 1;
    private static final long MAX_EPOCH = 0xFFFF_FFFFL;

    /**
     * POSIX locks belong to a process: to open the file a second time and to close it would let go of the lock. So what is
     * held by this process is noted here, and such a file is not opened again.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final String stream;
    private final FileChannel channel;
    private final UnsafeBuffer mapped;
    private final Kept kept;
    private long used;
    private boolean isClosed;

    private EpochFile(Path path, String stream, FileChannel channel, UnsafeBuffer mapped, Kept kept) {
        this.path = path;
        this.stream = stream;
        this.channel = channel;
        this.mapped = mapped;
        this.kept = kept;
        this.used = kept.next();
    }

    /**
     * What an earlier publisher has left.
     *
     * @param epoch its last; 0: there was none.
     * @param next the next number that may be given to other content; 0: not known.
     * @param sending the first number of the packet that it offered last.
     * @param source what its messages came from; 0: it did not say.
     * @param isEnded whether it ended the epoch.
     */
    record Kept(long epoch, long next, long sending, long source, boolean isEnded) {}

    /**
     * Takes the lock and reads what an earlier publisher has left.
     *
     * @param file made when it is not there.
     * @param stream for the message to people.
     * @throws HeliographException when the stream is published already on this host, by this process or by another, or the
     *     file cannot be written.
     */
    static EpochFile hold(Path file, String stream) {
        Path path = file.toAbsolutePath().normalize();
        if (!HELD_HERE.add(path)) {
            throw published(stream, ProcessHandle.current().pid(), path);
        }
        FileChannel channel = null;
        boolean isHeld = false;
        try {
            channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            // What the file says counts only under the lock: its holder may write at any moment.
            ByteBuffer content = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(content, 0);
            if (lock == null) {
                throw published(stream, content.getLong(HOLDER), path);
            }
            content.putLong(HOLDER, ProcessHandle.current().pid());
            // All of it: what is mapped is there, and a disk that is full says so here.
            write(channel, content);
            UnsafeBuffer mapped = new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH));
            isHeld = true;
            return new EpochFile(path, stream, channel, mapped, kept(content));
        } catch (IOException e) {
            throw unusable(stream, path, e);
        } finally {
            if (!isHeld) {
                release(path, channel);
            }
        }
    }

    /** What an earlier publisher has left. */
    Kept kept() {
        return kept;
    }

    /** Begins an epoch at 1. */
    void begin(long epoch, long source) {
        ByteBuffer content = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        content.putLong(epoch).putLong(ProcessHandle.current().pid());
        content.putLong(1).putLong(1).putLong(source);
        used = 1;
        try {
            write(channel, content);
        } catch (IOException e) {
            throw unusable(stream, path, e);
        }
    }

    /** Numbers that were used are never given up, whatever is sent again. */
    @Override
    public void onSend(long first, long next) {
        if (next > used) {
            used = next;
            mapped.putLongRelease(NEXT, next);
        }
        mapped.putLongRelease(SENDING, first);
    }

    @Override
    public void onEnd() {
        mapped.putLongRelease(STATE, ENDED);
    }

    /** Lets go of the lock. Idempotent. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            release(path, channel);
        }
    }

    private static Kept kept(ByteBuffer content) {
        if (content.getLong(0) < 0 || content.getLong(0) > MAX_EPOCH || content.getLong(NEXT) < 0) {
            return new Kept(0, 0, 0, 0, false);
        }
        return new Kept(
                content.getLong(0),
                content.getLong(NEXT),
                content.getLong(SENDING),
                content.getLong(SOURCE),
                content.getLong(STATE) == ENDED);
    }

    private static void write(FileChannel channel, ByteBuffer content) throws IOException {
        content.clear();
        channel.write(content, 0);
    }

    private static void release(Path path, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new HeliographException("cannot release the epoch file " + path + ": " + e, e);
        } finally {
            HELD_HERE.remove(path);
        }
    }

    private static HeliographException unusable(String stream, Path path, IOException cause) {
        return new HeliographException(
                "cannot keep the epoch of stream " + stream + " in " + path + ": " + cause, cause);
    }

    private static HeliographException published(String stream, long pid, Path path) {
        return new HeliographException("stream " + stream + " is published already on this host by process " + pid
                + ": stop that first (lock " + path + ")");
    }
}
