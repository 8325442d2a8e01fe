// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Stream;
import io.heliograph.engine.base.Surroundings;
import io.heliograph.engine.recovery.ResendPlace;
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
 * What the engine wants a publisher of its host to send on its lines once more, in a mapped file that the publisher makes for as
 * long as it publishes: packets, because many have lost them, and ranges of those that the publisher keeps itself, of which it
 * shows how far they go back.
 *
 * <p><b>Thread:</b> two: the publication's reads and beats, the engine's that answers for journals writes.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> little-endian: i64 magic, i32 version, i32 octets of the ring; at 64 i64 the publisher's last beat, ns of the
 * monotonic clock; at 128 i64 the epoch of what it keeps (0: nothing), i64 its first message (0: none so far), i64 the message to be
 * sent next; at 256 i64 how many engines have opened it, at 320 i64 the same, as far as the publisher has emptied the ring for them: so
 * that half of a message which an engine that was killed has left holds up nobody; from 4,096 on an Agrona one-to-one ring of stream packets (type 1) and ranges (type 2: i64 first, i64 the sequence behind
 * the last, i64 ns of the monotonic clock after which nobody wants it any more).
 */
final class RepeatRing implements AutoCloseable {
    private static final long MAGIC = 0x5441455045524748L; // HGREPEAT
    private static final int VERSION = 2;
    private static final int VERSION_OFFSET = 8;
    private static final int OCTETS_OFFSET = 12;
    private static final int BEAT_OFFSET = 64;
    private static final int EPOCH_OFFSET = 128;
    private static final int FIRST_OFFSET = 136;
    private static final int NEXT_OFFSET = 144;
    private static final int ENGINE_OFFSET = 256;
    private static final int TAKEN_OFFSET = 320;
    private static final int RING_OFFSET = 4096;
    private static final int RING_OCTETS = 1 << 20;
    private static final int LENGTH = RING_OFFSET + RING_OCTETS + RingBufferDescriptor.TRAILER_LENGTH;

    /** A message of the ring that is a stream packet. */
    static final int PACKET = 1;

    /** A message of the ring that names a range. */
    static final int RANGE = 2;

    /** Octets of a range. */
    static final int RANGE_LENGTH = 24;

    static final int RANGE_END_OFFSET = 8;
    static final int RANGE_UNTIL_OFFSET = 16;

    /** A publisher beats every 5 ms; one that has not for so long sends nothing now. */
    private static final long ALIVE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final @Nullable Path own;
    private final MappedByteBuffer mapping;
    private final UnsafeBuffer header;
    private final OneToOneRingBuffer ring;
    private final UnsafeBuffer range = new UnsafeBuffer(new byte[RANGE_LENGTH]);
    private long engine;
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
            ring.engine = ring.header.getLongAcquire(ENGINE_OFFSET) + 1;
            ring.header.putLongRelease(ENGINE_OFFSET, ring.engine);
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

    /** The engine's: hands a packet over; false when there is no room, or the publisher has not seen this engine so far. */
    boolean offer(DirectBuffer packet, int offset, int length) {
        return isEmptied() && ring.write(PACKET, packet, offset, length);
    }

    private boolean isEmptied() {
        return header.getLongAcquire(TAKEN_OFFSET) == engine;
    }

    /**
     * The publisher's: where another engine has come, empties the ring of what the one before has left, which may be half of a message.
     *
     * @return whether it was so.
     */
    boolean empty() {
        long come = header.getLongAcquire(ENGINE_OFFSET);
        if (come == engine) {
            return false;
        }
        engine = come;
        ring.buffer().setMemory(0, ring.buffer().capacity(), (byte) 0);
        header.putLongRelease(TAKEN_OFFSET, come);
        return true;
    }

    /** The publisher's: what it keeps, from message {@code first} of an epoch on, up to the one before {@code next}. */
    void keeps(long epoch, long first, long next) {
        header.putLongRelease(NEXT_OFFSET, next);
        header.putLongRelease(FIRST_OFFSET, first);
        header.putLongRelease(EPOCH_OFFSET, epoch);
    }

    /** The engine's: what the publisher keeps, some milliseconds ago; null where it keeps nothing. */
    @Nullable
    ResendPlace kept() {
        long epoch = header.getLongAcquire(EPOCH_OFFSET);
        long first = header.getLongAcquire(FIRST_OFFSET);
        long next = header.getLongAcquire(NEXT_OFFSET);
        return epoch == 0 ? null : new ResendPlace(epoch, first == 0 ? next : first, next);
    }

    /** The engine's: asks for a range of what the publisher keeps; false as for {@link #offer}. */
    boolean offerRange(long first, long end, long untilNs) {
        range.putLong(0, first);
        range.putLong(RANGE_END_OFFSET, end);
        range.putLong(RANGE_UNTIL_OFFSET, untilNs);
        return isEmptied() && ring.write(RANGE, range, 0, RANGE_LENGTH);
    }

    /** The engine's: whether the publisher has taken all that it was handed over. */
    boolean isTaken() {
        return ring.consumerPosition() == ring.producerPosition();
    }

    /** The publisher's: takes packets and ranges. */
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
