// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive lock on a file beside what it stands for: a driver's directory, a ring. The kernel lets go of it when its process ends, however it
 * ends: so a lock that is held means a process that lives, which a process number alone does not (numbers are used again,
 * and a container may not see them). The file says who holds it, and stays when the lock goes, for who comes next.
 *
 * <p><b>Thread:</b> any thread; within a process, a second lock on the same file is refused like another process's.
 */
public final class DirectoryLock implements AutoCloseable {
    /** A look at a lock takes it for some microseconds: who meets one tries again for so long. */
    private static final long PATIENCE_NS = 500_000_000L;

    /** Who only looks must not take another's look for a holder. */
    private static final long LOOK_PATIENCE_NS = 30_000_000L;

    private static final long RETRY_NS = 5_000_000L;

    /**
     * POSIX locks belong to a process: to open and close the file again would let go of the lock. So what is held is noted
     * here, and the methods that open a file wait for one another.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final Optional<Holder> previous;
    private boolean isClosed;

    private DirectoryLock(Path file, FileChannel channel, Optional<Holder> previous) {
        this.file = file;
        this.channel = channel;
        this.previous = previous;
    }

    /**
     * Who holds a lock, or held it last.
     *
     * @param pid its process.
     * @param since when it took the lock.
     */
    public record Holder(long pid, Instant since) {
        /** A holder that has not said its name. */
        static final long NOBODY = 0;

        @Override
        public String toString() {
            return "process " + pid + ", since " + since;
        }
    }

    /**
     * Takes a lock.
     *
     * @param file the lock's file; made where there is none.
     * @return the lock; empty when somebody else holds it.
     */
    public static synchronized Optional<DirectoryLock> take(Path file) {
        Path path = file.toAbsolutePath().normalize();
        if (!HELD_HERE.add(path)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean isTaken = false;
        try {
            channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (isLocked(channel, PATIENCE_NS)) {
                Optional<Holder> previous = holderIn(channel);
                write(channel, ProcessHandle.current().pid() + " " + now() + "\n");
                isTaken = true;
                return Optional.of(new DirectoryLock(path, channel, previous));
            }
            return Optional.empty();
        } catch (IOException unusable) {
            throw unusable(path, unusable);
        } finally {
            if (!isTaken) {
                close(channel);
                HELD_HERE.remove(path);
            }
        }
    }

    /**
     * Who holds a lock at the moment.
     *
     * @param file the lock's file.
     * @return empty when nobody does; process 0 for a holder that has not said its name yet.
     */
    public static synchronized Optional<Holder> holder(Path file) {
        Path path = file.toAbsolutePath().normalize();
        if (HELD_HERE.contains(path)) {
            return Optional.of(new Holder(ProcessHandle.current().pid(), now()));
        }
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (isLocked(channel, LOOK_PATIENCE_NS)) {
                return Optional.empty();
            }
            return holderIn(channel).or(() -> Optional.of(new Holder(Holder.NOBODY, Instant.EPOCH)));
        } catch (IOException unusable) {
            throw unusable(path, unusable);
        }
    }

    /**
     * Whether a process held a lock and has ended since.
     *
     * @param file the lock's file.
     * @param pid the process.
     * @return false when it holds the lock, or when the lock is free and it never held it.
     */
    static synchronized boolean isAbandoned(Path file, long pid) {
        Path path = file.toAbsolutePath().normalize();
        if (HELD_HERE.contains(path) || !Files.isWritable(path)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
                // Shared: who else looks at the same moment must not be taken for a holder.
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            boolean isLastHolder = holderIn(channel).map(Holder::pid).orElse(Holder.NOBODY) == pid;
            // Locked with another's name in it: somebody came after the process.
            return lock != null ? isLastHolder : !isLastHolder;
        } catch (IOException unusable) {
            throw unusable(path, unusable);
        }
    }

    /**
     * Who held the lock before this one.
     *
     * @return empty for a new file.
     */
    Optional<Holder> previous() {
        return previous;
    }

    /** Lets go of the lock and removes its file: only where the file's name is never used again. */
    void closeAndDelete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            throw unusable(file, stays);
        } finally {
            close();
        }
    }

    /** Lets go of the lock. Idempotent. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            close(channel);
            HELD_HERE.remove(file);
        }
    }

    private static boolean isLocked(FileChannel channel, long patienceNs) throws IOException {
        long deadlineNs = SystemNanoClock.INSTANCE.nanoTime() + patienceNs;
        while (channel.tryLock() == null) {
            if (SystemNanoClock.INSTANCE.nanoTime() - deadlineNs >= 0) {
                return false;
            }
            LockSupport.parkNanos(RETRY_NS);
        }
        return true;
    }

    private static Optional<Holder> holderIn(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(128);
        channel.read(bytes, 0);
        String[] words = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII)
                .trim()
                .split(" ", -1);
        try {
            return words.length == 2
                    ? Optional.of(new Holder(Long.parseLong(words[0]), Instant.parse(words[1])))
                    : Optional.empty();
        } catch (RuntimeException halfWritten) {
            return Optional.empty();
        }
    }

    private static void write(FileChannel channel, String line) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException failed) {
                throw new DriverException("cannot close a lock file (" + failed.getMessage() + ")", failed);
            }
        }
    }

    private static Instant now() {
        return Instant.ofEpochMilli(SystemEpochClock.INSTANCE.time());
    }

    private static DriverException unusable(Path file, IOException cause) {
        return new DriverException(
                "cannot use the lock file " + file + " (" + cause
                        + "); check that its directory exists and this user may write there",
                cause);
    }
}
