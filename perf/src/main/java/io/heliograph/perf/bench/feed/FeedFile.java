// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.feed;

import io.heliograph.publishers.generate.ItchDay;
import io.heliograph.publishers.generate.ItchGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A generated ITCH day as BinaryFILE: each message behind its length, two octets, big-endian; a length of 0 at the end.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class FeedFile {
    private static final int CHUNK_LENGTH = 1 << 20;

    private FeedFile() {}

    /**
     * Writes a day.
     *
     * @param file new.
     * @param day what is in it.
     * @throws UncheckedIOException when it cannot be written.
     */
    public static void write(Path file, ItchDay day) {
        ItchGenerator generator = new ItchGenerator(day);
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_LENGTH);
        UnsafeBuffer octets = new UnsafeBuffer(chunk);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            int used = 0;
            int length;
            do {
                if (used + Short.BYTES + ItchGenerator.MAX_MESSAGE_LENGTH > CHUNK_LENGTH) {
                    drain(chunk, used, channel);
                    used = 0;
                }
                length = generator.next(octets, used + Short.BYTES);
                octets.putShort(used, (short) length, ByteOrder.BIG_ENDIAN);
                used += Short.BYTES + length;
            } while (length > 0);
            drain(chunk, used, channel);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }

    /**
     * Maps a file into memory, for reading.
     *
     * @param file as {@link #write} writes it, up to 2 GiB.
     * @return its octets.
     * @throws UncheckedIOException when it cannot be read.
     */
    public static MappedByteBuffer map(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).load();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + file, failed);
        }
    }

    private static void drain(ByteBuffer chunk, int length, FileChannel channel) throws IOException {
        chunk.clear().limit(length);
        while (chunk.hasRemaining()) {
            channel.write(chunk);
        }
        chunk.clear();
    }
}
