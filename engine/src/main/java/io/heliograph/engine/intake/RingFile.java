// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import io.heliograph.engine.base.Surroundings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The file of an intake, mapped: made whole before it has its name, checked before it is believed.
 *
 * <p><b>Thread:</b> any thread makes and opens it; what is in it has the rules of {@link RingLayout}.
 *
 * <p><b>Failure:</b> {@link IntakeException} for a file that is none, or of another version or length.
 */
public final class RingFile implements AutoCloseable {
    private static final int BLOCK_LENGTH = 1 << 16;

    private final Path path;
    private final MappedByteBuffer mapping;
    private final UnsafeBuffer memory;
    private final RingLayout layout;
    private boolean isClosed;

    private RingFile(Path path, MappedByteBuffer mapping, RingLayout layout) {
        this.path = path;
        this.mapping = mapping;
        this.memory = new UnsafeBuffer(mapping);
        this.layout = layout;
    }

    /**
     * Where the intake of a stream is, on the host that publishes it.
     *
     * @param topology its name.
     * @param host its name in the topology.
     * @param stream its name in the topology.
     * @return the file, whether or not it exists.
     */
    public static Path of(String topology, String host, String stream) {
        String name = String.join("-", "heliograph", Surroundings.user(), topology, host, stream);
        return Surroundings.sharedMemory().resolve(name + ".intake");
    }

    /**
     * Makes a new file, in the place of one that may be there: who has that one mapped keeps it, and shall look whether it
     * is open.
     */
    static RingFile create(Path path, int capacity) {
        RingLayout layout = new RingLayout(capacity);
        Path made = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.deleteIfExists(made);
            write(made, layout);
            Files.move(made, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new IntakeException(
                    "cannot make the intake " + path + ", " + layout.fileLength() + " octets (" + failed + ")", failed);
        }
        return open(path);
    }

    /**
     * Opens what is there.
     *
     * @throws IntakeException when there is nothing, or something else.
     */
    static RingFile open(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            RingLayout layout = check(path, channel);
            return new RingFile(path, channel.map(FileChannel.MapMode.READ_WRITE, 0, layout.fileLength()), layout);
        } catch (NoSuchFileException none) {
            throw IntakeException.absent(
                    "there is no intake " + path + ": the engine of this host makes it for a stream with"
                            + " writers=\"many\"; start the engine first",
                    none);
        } catch (IOException failed) {
            throw new IntakeException("cannot open the intake " + path + " (" + failed + ")", failed);
        }
    }

    Path path() {
        return path;
    }

    UnsafeBuffer memory() {
        return memory;
    }

    RingLayout layout() {
        return layout;
    }

    boolean isCorrupt() {
        return memory.getIntVolatile(RingLayout.STATE_OFFSET) != RingLayout.STATE_OPEN;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            memory.wrap(0, 0);
            IoUtil.unmap(mapping);
        }
    }

    /** Zeros are written, not skipped: where memory is short this fails, and not a store in the middle of a message. */
    private static void write(Path path, RingLayout layout) throws IOException {
        UnsafeBuffer block = new UnsafeBuffer(ByteBuffer.allocateDirect(BLOCK_LENGTH));
        block.putLong(RingLayout.MAGIC_OFFSET, RingLayout.MAGIC);
        block.putInt(RingLayout.VERSION_OFFSET, RingLayout.VERSION);
        block.putInt(RingLayout.SLOTS_OFFSET, RingLayout.SLOTS);
        block.putLong(RingLayout.CAPACITY_OFFSET, layout.capacity());
        block.putLong(RingLayout.NAMESPACE_OFFSET, ProcessIdentity.namespace());
        block.putInt(RingLayout.STATE_OFFSET, RingLayout.STATE_OPEN);
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(
                path, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer octets = block.byteBuffer();
            for (int written = 0; written < layout.fileLength(); written += octets.limit()) {
                octets.limit(Math.min(BLOCK_LENGTH, layout.fileLength() - written))
                        .position(0);
                while (octets.hasRemaining()) {
                    channel.write(octets);
                }
                block.setMemory(0, RingLayout.TAIL_OFFSET, (byte) 0);
            }
        }
    }

    private static RingLayout check(Path path, FileChannel channel) throws IOException {
        UnsafeBuffer header = new UnsafeBuffer(ByteBuffer.allocateDirect(RingLayout.TAIL_OFFSET));
        int read = channel.read(header.byteBuffer(), 0);
        if (read < RingLayout.TAIL_OFFSET || header.getLong(RingLayout.MAGIC_OFFSET) != RingLayout.MAGIC) {
            throw new IntakeException(path + " is no intake (it does not begin with HGINTAKE): move it away, and start"
                    + " the engine of this host anew");
        }
        int version = header.getInt(RingLayout.VERSION_OFFSET);
        if (version != RingLayout.VERSION) {
            throw new IntakeException("the intake " + path + " is of version " + version + ", this program of "
                    + RingLayout.VERSION + ": end its writers, remove it, and start the engine of this host anew");
        }
        long capacity = header.getLong(RingLayout.CAPACITY_OFFSET);
        boolean isRight = RingLayout.isCapacity(capacity)
                && header.getInt(RingLayout.SLOTS_OFFSET) == RingLayout.SLOTS
                && channel.size() == new RingLayout((int) capacity).fileLength();
        if (!isRight) {
            throw new IntakeException(
                    "the intake " + path + " says " + capacity + " cells and "
                            + header.getInt(RingLayout.SLOTS_OFFSET) + " slots and is " + channel.size()
                            + " octets long: it is damaged; end its writers, remove it, and start the engine of this host anew");
        }
        long namespace = header.getLong(RingLayout.NAMESPACE_OFFSET);
        long own = ProcessIdentity.namespace();
        if (namespace != 0 && own != 0 && namespace != own) {
            throw new IntakeException("the intake " + path + " is of another namespace of process ids (" + namespace
                    + ", here " + own + "): run engine and writers in one container, or with one --pid");
        }
        return new RingLayout((int) capacity);
    }
}
