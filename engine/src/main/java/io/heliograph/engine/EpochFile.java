// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last epoch of a stream's publisher on this host, under a lock that keeps a second publisher away.
 *
 * <p>Epochs only grow: a new one is the last known plus 1, or the UTC second of its start if that is larger.
 *
 * <p><b>Thread:</b> one owner; begun by any thread.
 *
 * <p><b>Layout:</b> little-endian: u64 epoch, u64 process id of the holder.
 */
final class EpochFile implements AutoCloseable {
    private static final int LENGTH = 16;

    /**
     * POSIX locks belong to a process: to open the file a second time and to close it would let go of the lock. So what is
     * held by this process is noted here, and such a file is not opened again.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;
    private final long epoch;
    private boolean isClosed;

    private EpochFile(Path path, FileChannel channel, long epoch) {
        this.path = path;
        this.channel = channel;
        this.epoch = epoch;
    }

    /**
     * Takes the lock and begins a new epoch.
     *
     * @param file made when it is not there.
     * @param stream for the message to people.
     * @param utcSecond now.
     * @throws HeliographException when the stream is published already on this host, by this process or by another, or the
     *     file cannot be written.
     */
    static EpochFile begin(Path file, String stream, long utcSecond) {
        Path path = file.toAbsolutePath().normalize();
        if (!HELD_HERE.add(path)) {
            throw published(stream, ProcessHandle.current().pid(), path);
        }
        FileChannel channel = null;
        boolean isBegun = false;
        try {
            channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            // What the file says counts only under the lock: its holder may write at any moment.
            ByteBuffer content = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(content, 0);
            if (lock == null) {
                throw published(stream, content.getLong(8), path);
            }
            long epoch = Math.max(content.getLong(0) + 1, utcSecond);
            content.clear();
            content.putLong(epoch).putLong(ProcessHandle.current().pid()).flip();
            channel.write(content, 0);
            isBegun = true;
            return new EpochFile(path, channel, epoch);
        } catch (IOException e) {
            throw new HeliographException("cannot keep the epoch of stream " + stream + " in " + path + ": " + e, e);
        } finally {
            if (!isBegun) {
                release(path, channel);
            }
        }
    }

    long epoch() {
        return epoch;
    }

    /** Lets go of the lock. Idempotent. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            release(path, channel);
        }
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

    private static HeliographException published(String stream, long pid, Path path) {
        return new HeliographException("stream " + stream + " is published already on this host by process " + pid
                + ": stop that first (lock " + path + ")");
    }
}
