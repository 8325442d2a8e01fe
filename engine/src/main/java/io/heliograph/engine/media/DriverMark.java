// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.aeron.CncFileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * What a media driver's directory says of its driver: read from its {@code cnc.dat}, without mapping it. Two marks of one
 * directory with different starts are two drivers.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param pid of the process that runs the driver, as that process sees itself.
 * @param startEpochMs when the driver started, ms since the Unix epoch.
 * @param heartbeatEpochMs when the driver's conductor last worked, ms since the Unix epoch; a second's resolution.
 */
public record DriverMark(long pid, long startEpochMs, long heartbeatEpochMs) {
    /** A driver that has not worked for so long (10 s, Aeron's own limit) counts as dead. */
    public static final long TIMEOUT_MS = 10_000;

    /**
     * Reads the mark of a directory.
     *
     * @param directory of a driver, or where one may be.
     * @return empty where there is no driver's file, or none that is complete.
     * @throws DriverException when there is one that this user may not read.
     */
    public static Optional<DriverMark> read(Path directory) {
        Path file = directory.resolve(CncFileDescriptor.CNC_FILE);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = read(channel, 0, CncFileDescriptor.META_DATA_LENGTH);
            if (head.hasRemaining() || head.getInt(CncFileDescriptor.CNC_VERSION_FIELD_OFFSET) == 0) {
                return Optional.empty();
            }
            UnsafeBuffer metaData = new UnsafeBuffer(head);
            long toDriverLength = metaData.getInt(CncFileDescriptor.TO_DRIVER_BUFFER_LENGTH_FIELD_OFFSET);
            long heartbeat = CncFileDescriptor.END_OF_METADATA_OFFSET
                    + toDriverLength
                    - RingBufferDescriptor.TRAILER_LENGTH
                    + RingBufferDescriptor.CONSUMER_HEARTBEAT_OFFSET;
            ByteBuffer beat = read(channel, heartbeat, Long.BYTES);
            if (beat.hasRemaining()) {
                return Optional.empty();
            }
            return Optional.of(new DriverMark(
                    CncFileDescriptor.pid(metaData), CncFileDescriptor.startTimestampMs(metaData), beat.getLong(0)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new DriverException(
                    "cannot read " + file + " (" + unreadable.getMessage() + "); run as the user of its driver",
                    unreadable);
        }
    }

    /**
     * Whether the driver has worked lately.
     *
     * @param nowEpochMs the wall clock, ms since the Unix epoch.
     * @return false when its last beat is more than {@link #TIMEOUT_MS} ago.
     */
    public boolean isBeating(long nowEpochMs) {
        return nowEpochMs - heartbeatEpochMs <= TIMEOUT_MS;
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        long at = position;
        while (bytes.hasRemaining()) {
            int count = channel.read(bytes, at);
            if (count < 0) {
                break;
            }
            at += count;
        }
        return bytes;
    }
}
