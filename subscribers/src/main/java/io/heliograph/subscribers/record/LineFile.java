// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.record;

import io.heliograph.engine.schema.Prices;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A text file that is written without garbage and without waiting for the disk: lines are put together in one of a few
 * buffers, and a thread of the file's own writes the full ones.
 *
 * <p><b>Thread:</b> one owner for all but the writing, which is the thread {@code write FILE}.
 *
 * <p><b>Allocation:</b> none after construction; a few octets in the queues once a buffer.
 *
 * <p><b>Failure:</b> {@link IOException} from {@link #open}, {@link #check} and {@link #close}, as the system words it.
 * After a failed write all further lines are dropped.
 */
public final class LineFile implements AutoCloseable {
    /** How many buffers may wait to be written. */
    public static final int BUFFERS = 8;

    private static final int BUFFER_LENGTH = 256 * 1024;

    /** No line and no field is longer. */
    private static final int MARGIN = 1024;

    private final FileChannel channel;
    private final BlockingQueue<ByteBuffer> empty = new ArrayBlockingQueue<>(BUFFERS + 1);
    private final BlockingQueue<ByteBuffer> full = new ArrayBlockingQueue<>(BUFFERS + 1);
    private final UnsafeBuffer text = new UnsafeBuffer(0, 0);
    private final Thread writer;
    private ByteBuffer current;
    private int length;
    private volatile @Nullable IOException failure;
    private boolean isClosed;

    private LineFile(Path path, FileChannel channel) {
        this.channel = channel;
        for (int i = 0; i < BUFFERS; i++) {
            empty.add(ByteBuffer.allocateDirect(BUFFER_LENGTH));
        }
        current = empty.remove();
        text.wrap(current);
        writer = new Thread(this::writeAll, "write " + path.getFileName());
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Opens a file, new or emptied.
     *
     * @param path where.
     * @return to be closed.
     * @throws IOException when it cannot be written.
     */
    public static LineFile open(Path path) throws IOException {
        return new LineFile(
                path,
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE));
    }

    LineFile put(byte[] octets) {
        text.putBytes(length, octets);
        length += octets.length;
        return this;
    }

    LineFile put(char ascii) {
        text.putByte(length++, (byte) ascii);
        return this;
    }

    LineFile put(long number) {
        length += text.putLongAscii(length, number);
        return this;
    }

    LineFile putPrice(long price, int decimals) {
        length += Prices.format(price, decimals, text, length);
        return this;
    }

    /** Ends a line; hands the buffer over when the next one might not fit. */
    void endLine() {
        put('\n');
        if (length > BUFFER_LENGTH - MARGIN) {
            handOver();
        }
    }

    /**
     * Says when the disk has refused a line.
     *
     * @throws IOException what the system said.
     */
    public void check() throws IOException {
        IOException refused = failure;
        if (refused != null) {
            throw refused;
        }
    }

    /** Hands over what there is, so that readers of the file see it soon. */
    public void flush() {
        if (length > 0 && empty.size() > 1) {
            handOver();
        }
    }

    /** Writes what is left. Idempotent. */
    @Override
    public void close() throws IOException {
        if (!isClosed) {
            isClosed = true;
            if (length > 0) {
                handOver();
            }
            enqueue(full, ByteBuffer.allocate(0));
            join();
            channel.close();
            check();
        }
    }

    private void handOver() {
        current.limit(length).position(0);
        enqueue(full, current);
        current = dequeue(empty);
        current.clear();
        text.wrap(current);
        length = 0;
    }

    private void writeAll() {
        while (true) {
            ByteBuffer next = dequeue(full);
            if (next.capacity() == 0) {
                return;
            }
            try {
                while (failure == null && next.hasRemaining()) {
                    channel.write(next);
                }
            } catch (IOException refused) {
                failure = refused;
            }
            enqueue(empty, next);
        }
    }

    private void join() {
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        restore(interrupted);
    }

    private static void enqueue(BlockingQueue<ByteBuffer> queue, ByteBuffer buffer) {
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(buffer);
                restore(interrupted);
                return;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
    }

    private static ByteBuffer dequeue(BlockingQueue<ByteBuffer> queue) {
        boolean interrupted = false;
        while (true) {
            try {
                ByteBuffer buffer = queue.take();
                restore(interrupted);
                return buffer;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
