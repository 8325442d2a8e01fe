// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Stream;
import io.heliograph.engine.base.Surroundings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Packets that the engine wants a publisher of its host to send on its lines once more, because many have lost them: a ring in a
 * mapped file, made by the publisher for as long as it publishes.
 *
 * <p><b>Thread:</b> two: the publication's reads and beats, the engine's that answers for journals writes.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> little-endian: i64 magic, i32 version, i32 octets of the ring; at 64 i64 the publisher's last beat, ns of the
 * monotonic clock; from 4,096 on an Agrona one-to-one ring of stream packets.
 */
final class RepeatRing implements AutoCloseable {
    private static final long MAGIC = 0x5441455045524748L; // HGREPEAT
    private static final int VERSION = 1;
    private static final int VERSION_OFFSET = 8;
    private static final int OCTETS_OFFSET = 12;
    private static final int BEAT_OFFSET = 64;
    private static final int RING_OFFSET = 4096;
    private static final int RING_OCTETS = 1 << 20;
    private static final int LENGTH = RING_OFFSET + RING_OCTETS + RingBufferDescriptor.TRAILER_LENGTH;
    private static final int PACKET = 1;

    /** A publisher beats every 5 ms; one that has not for so long sends nothing now. */
    private static final long ALIVE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final @Nullable Path own;
    private final MappedByteBuffer mapping;
    private final UnsafeBuffer header;
    private final OneToOneRingBuffer ring;
    private boolean isClosed;

    private RepeatRing(MappedByteBuffer mapping, @Nullable Path own) {
        this.own = own;
        this.mapping = mapping;
        this.header = new UnsafeBuffer(mapping, 0, RING_OFFSET);
        this.ring = new OneToOneRingBuffer(
                new UnsafeBuffer(mapping, RING_OFFSET, RING_OCTETS + RingBufferDescriptor.TRAILER_LENGTH));
    }

    /** Where the ring of a stream is, on the host that publishes it. */
    static Path of(String topology, String host, String stream) {
        String name = String.join(
                "-", "heliograph", Surroundings.user(), topology, host, stream.replace(Stream.PARTITION_MARK, '~'));
        return Surroundings.sharedMemory().resolve(name + ".repeat");
    }

    /**
     * Makes a new ring in the place of what a publisher that was killed has left.
     *
     * @throws HeliographException when it cannot be made.
     */
    static RepeatRing create(Path path) {
        Path made = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.deleteIfExists(made);
            Files.createFile(made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            MappedByteBuffer mapping;
            try (FileChannel channel =
                    FileChannel.open(made, EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE))) {
                // Where there is no room this says so; a mapping without memory behind it would end the process.
                ByteBuffer zeros = ByteBuffer.allocate(LENGTH);
                while (zeros.hasRemaining()) {
                    channel.write(zeros);
                }
                mapping = channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH);
            }
            RepeatRing ring = new RepeatRing(mapping, path);
            ring.header.putInt(OCTETS_OFFSET, RING_OCTETS);
            ring.header.putInt(VERSION_OFFSET, VERSION);
            ring.header.putLongRelease(0, MAGIC);
            Files.move(made, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return ring;
        } catch (IOException failed) {
            IoUtil.deleteIfExists(made.toFile());
            throw new HeliographException(
                    "cannot make " + path + ", by which the engine has packets sent again: " + failed, failed);
        }
    }

    /** Opens the ring of a publisher; null where there is none, or something else. */
    static @Nullable RepeatRing open(Path path) {
        if (!Files.isRegularFile(path)) {
            return null;
        }
        try (FileChannel channel =
                FileChannel.open(path, EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE))) {
            if (channel.size() != LENGTH) {
                return null;
            }
            RepeatRing ring = new RepeatRing(channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH), null);
            boolean isOne = ring.header.getLongAcquire(0) == MAGIC
                    && ring.header.getInt(VERSION_OFFSET) == VERSION
                    && ring.header.getInt(OCTETS_OFFSET) == RING_OCTETS;
            if (!isOne) {
                ring.close();
                return null;
            }
            // An engine that was killed may have left half of a packet.
            ring.ring.unblock();
            return ring;
        } catch (IOException gone) {
            // It went between the two looks, or is another user's: there is none for this engine.
            return null;
        }
    }

    /** The publisher's: it lives. */
    void beat(long nowNs) {
        header.putLongRelease(BEAT_OFFSET, nowNs);
    }

    /** The engine's: whether the publisher lives. */
    boolean isAlive(long nowNs) {
        return nowNs - header.getLongAcquire(BEAT_OFFSET) < ALIVE_NS;
    }

    /** The engine's: hands a packet over; false when there is no room. */
    boolean offer(DirectBuffer packet, int offset, int length) {
        return ring.write(PACKET, packet, offset, length);
    }

    /** The publisher's: takes packets. */
    int read(ControlledMessageHandler handler, int limit) {
        return ring.controlledRead(handler, limit);
    }

    /** The publisher's takes the file away. Idempotent. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            header.wrap(0, 0);
            IoUtil.unmap(mapping);
            if (own != null) {
                IoUtil.deleteIfExists(own.toFile());
            }
        }
    }
}
