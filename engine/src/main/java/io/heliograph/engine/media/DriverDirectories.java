// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.heliograph.engine.base.Surroundings;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemEpochClock;

/**
 * Where media drivers live, and when what a dead one left behind may be removed.
 *
 * <p>A host's driver lives in {@code /dev/shm/heliograph-USER-TOPOLOGY-HOST}. Three files stand beside a directory, never in
 * it, because a driver that starts removes it: {@code .engine.lock} is held by the engine that is responsible for it,
 * {@code .driver.lock} by the process whose driver works in it, {@code .log} is what that driver says.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class DriverDirectories {
    /** What an Aeron driver puts into its directory: anything else there says that the directory is none. */
    private static final Set<String> DRIVER_FILES = Set.of("cnc.dat", "loss-report.dat", "publications", "images");

    private static final AtomicInteger EMBEDDED = new AtomicInteger();

    private DriverDirectories() {}

    /**
     * Where the driver of a topology's host lives, for this user.
     *
     * @param topologyName from the topology.
     * @param hostName from the topology.
     * @return its path, whether or not there is a driver.
     */
    public static Path of(String topologyName, String hostName) {
        String name = "heliograph-" + plain(Surroundings.user()) + "-" + plain(topologyName) + "-" + plain(hostName);
        return Surroundings.sharedMemory().resolve(name);
    }

    /**
     * A name that no other driver has, for one embedded in this process.
     *
     * @return its path.
     */
    static Path embedded() {
        long pid = ProcessHandle.current().pid();
        String name = embeddedPrefix() + pid + "-" + Long.toString(SystemEpochClock.INSTANCE.time(), 36) + "-"
                + EMBEDDED.getAndIncrement();
        return Surroundings.sharedMemory().resolve(name);
    }

    /** Removes what embedded drivers of this user left behind whose processes were killed: memory that nobody would free. */
    static void removeAbandonedEmbedded() {
        File[] found = Surroundings.sharedMemory()
                .toFile()
                .listFiles((parent, name) -> name.startsWith(embeddedPrefix()) && !name.endsWith(".lock"));
        for (File directory : found == null ? new File[0] : found) {
            // The lock is older than its directory: where there is none, or one that is free, the process is gone.
            DirectoryLock.take(driverLock(directory.toPath())).ifPresent(lock -> {
                IoUtil.delete(directory, true);
                lock.closeAndDelete();
            });
        }
    }

    static Path engineLock(Path directory) {
        return beside(directory, ".engine.lock");
    }

    static Path driverLock(Path directory) {
        return beside(directory, ".driver.lock");
    }

    static Path log(Path directory) {
        return beside(directory, ".log");
    }

    /**
     * Takes a directory for a driver of this process and removes what a dead driver left in it.
     *
     * @param directory where a driver shall work.
     * @return the lock, to be held for as long as the driver works.
     * @throws DriverException when another driver lives there, or when the directory is something else.
     */
    static DirectoryLock takeForDriver(Path directory) {
        refuseForeign(directory);
        Path lockFile = driverLock(directory);
        DirectoryLock lock = DirectoryLock.take(lockFile)
                .orElseThrow(() -> new DriverException("a media driver ("
                        + DirectoryLock.holder(lockFile).map(Object::toString).orElse("that just ended")
                        + ") works in " + directory + "; end it, or name another directory"));
        try {
            removeStale(directory, lock);
            return lock;
        } catch (RuntimeException refused) {
            lock.close();
            throw refused;
        }
    }

    private static void removeStale(Path directory, DirectoryLock lock) {
        if (!Files.exists(directory)) {
            return;
        }
        refuseForeign(directory);
        long nowEpochMs = SystemEpochClock.INSTANCE.time();
        DriverMark.read(directory)
                .filter(mark -> mark.isBeating(nowEpochMs))
                // We hold the lock, so who held it before us is dead, however fresh the last beat.
                .filter(mark ->
                        lock.previous().map(last -> last.pid() != mark.pid()).orElse(true))
                .ifPresent(mark -> {
                    throw new DriverException("a media driver that Heliograph did not start (process " + mark.pid()
                            + ") works in " + directory
                            + "; end it, or name another directory (if it was killed less than "
                            + DriverMark.TIMEOUT_MS / 1000 + " s ago, try again after that)");
                });
        IoUtil.delete(directory.toFile(), true);
        if (Files.exists(directory)) {
            throw new DriverException("cannot remove what a dead media driver left in " + directory
                    + "; remove it as the user whose it is, or name another directory");
        }
    }

    private static void refuseForeign(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            throw new DriverException(directory + " is no directory; name another for the media driver");
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!DRIVER_FILES.contains(name)) {
                    throw new DriverException(directory + " is no media driver's directory: it holds " + name
                            + "; name a new directory, a driver empties its own when it starts");
                }
            }
        } catch (IOException unreadable) {
            throw new DriverException("cannot read " + directory + " (" + unreadable + ")", unreadable);
        }
    }

    private static Path beside(Path directory, String suffix) {
        Path path = directory.toAbsolutePath().normalize();
        return path.resolveSibling(path.getFileName() + suffix);
    }

    private static String embeddedPrefix() {
        return "heliograph-embedded-" + plain(Surroundings.user()) + "-";
    }

    /** Letters, digits, dot, hyphen, underscore as they are; all else as % and two hexadecimal digits an octet. */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = octet > 0 && (Character.isLetterOrDigit(octet) || "._-".indexOf(octet) >= 0);
            if (isPlain) {
                plain.append((char) octet);
            } else {
                plain.append(String.format("%%%02x", octet & 0xFF));
            }
        }
        return plain.toString();
    }
}
