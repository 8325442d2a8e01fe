// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last epoch of a stream's publisher on this host, under a lock that keeps a second publisher away.
 *
 * <p>Epochs only grow: a new one is the last known plus 1, or the UTC second of its start if that is larger.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Layout:</b> little-endian: u64 epoch, u64 process id of the holder.
 */
final class EpochFile implements AutoCloseable {
    private static final int LENGTH = 16;

    private final FileChannel channel;
    private final FileLock lock;
    private final long epoch;

    private EpochFile(FileChannel channel, FileLock lock, long epoch) {
        this.channel = channel;
        this.lock = lock;
        this.epoch = epoch;
    }

    /**
     * Takes the lock and begins a new epoch.
     *
     * @param path of the file, made when it is not there.
     * @param stream for the message to people.
     * @param utcSecond now.
     * @throws HeliographException when another publisher of the stream runs on this host, or the file cannot be written.
     */
    static EpochFile begin(Path path, String stream, long utcSecond) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            ByteBuffer content = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(content, 0);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new HeliographException("stream " + stream + " is published already on this host by process "
                        + content.getLong(8) + ": stop that first (lock " + path + ")");
            }
            long epoch = Math.max(content.getLong(0) + 1, utcSecond);
            content.clear();
            content.putLong(epoch).putLong(ProcessHandle.current().pid()).flip();
            channel.write(content, 0);
            return new EpochFile(channel, lock, epoch);
        } catch (IOException e) {
            closeQuietly(channel, e);
            throw new HeliographException("cannot keep the epoch of stream " + stream + " in " + path + ": " + e, e);
        } catch (HeliographException e) {
            closeQuietly(channel, e);
            throw e;
        }
    }

    long epoch() {
        return epoch;
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new HeliographException("cannot release the epoch file: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel, Exception first) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                first.addSuppressed(e);
            }
        }
    }
}
