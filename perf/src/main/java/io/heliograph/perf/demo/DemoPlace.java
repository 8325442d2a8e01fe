// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.base.Surroundings;
import io.heliograph.engine.cli.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A topology on loopback that no other demo of this machine uses at the moment: one of {@value #PLACES} multicast ranges,
 * held by a lock on a file in shared memory.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Failure:</b> {@link CommandException} when all ranges are held.
 */
final class DemoPlace implements AutoCloseable {
    static final String STREAM = "demo";
    static final int STREAM_ID = 1;
    static final String HOST = "host1";

    private static final int PLACES = 64;
    private static final int FIRST_RANGE = 128;

    private final FileChannel lockFile;
    private final FileLock lock;
    private final Topology topology;
    private final Path state;

    private DemoPlace(int place, FileChannel lockFile, FileLock lock) throws IOException {
        this.lockFile = lockFile;
        this.lock = lock;
        state = Files.createTempDirectory("heliograph-demo");
        Files.writeString(file(state), xml(place, state));
        topology = TopologyReader.read(file(state));
    }

    /** Takes the first range that nobody holds. */
    static DemoPlace take() {
        for (int place = 0; place < PLACES; place++) {
            DemoPlace taken = take(place);
            if (taken != null) {
                return taken;
            }
        }
        throw CommandException.failed(
                "all " + PLACES + " multicast ranges for demos are held: end one of them, or remove "
                        + "heliograph-demo-*.lock in " + Surroundings.sharedMemory() + " that other users left behind");
    }

    Topology topology() {
        return topology;
    }

    /** The topology as a file, for other processes. */
    static Path file(Path state) {
        return state.resolve("demo.xml");
    }

    /** How everybody connects: each by a driver of its own. */
    static HeliographContext context(Topology topology, Path state) {
        return new HeliographContext()
                .topology(topology)
                .host(HOST)
                .driver(DriverChoice.embedded())
                .stateDirectory(state);
    }

    /** Where the publisher keeps its last epoch, the journal its files, a subscriber its checkpoint; removed at the end. */
    Path state() {
        return state;
    }

    /** Of all journals of the host. */
    static Path journals(Path state) {
        return state.resolve("journal");
    }

    static Path checkpoint(Path state) {
        return state.resolve("checkpoint");
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(state)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
            lock.release();
            lockFile.close();
        } catch (IOException leftBehind) {
            throw new UncheckedIOException(leftBehind);
        }
    }

    private static String xml(int place, Path state) {
        return """
            <topology xmlns="urn:heliograph:topology:1" name="demo-%1$d">
              <site name="local" multicast="239.20.%2$d.0/24">
                <host name="host1">
                  <nic name="a" address="127.0.0.1/8"/>
                  <nic name="b" address="127.0.0.2/8"/>
                  <engine journal="%3$s"/>
                </host>
                <bond name="ab" nics="a b"/>
              </site>
              <stream name="demo" id="1" site="local" publishers="host1" bond="ab" lines="redundant" flow="max"
                      journal="host1" reorder="1 s" budget="3 s"/>
            </topology>
            """.formatted(place, FIRST_RANGE + place, journals(state));
    }

    private static @Nullable DemoPlace take(int place) {
        Path path = Surroundings.sharedMemory().resolve("heliograph-demo-" + place + ".lock");
        FileChannel file = null;
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = file.tryLock();
            if (lock != null) {
                return new DemoPlace(place, file, lock);
            }
            file.close();
        } catch (IOException | OverlappingFileLockException anotherUsersOrOurOwn) {
            closeQuietly(file);
        }
        return null;
    }

    private static void closeQuietly(@Nullable FileChannel file) {
        org.agrona.CloseHelper.quietClose(file);
    }
}
