// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.base.Surroundings;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.media.DriverDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Two sites on loopback that no other demo of this machine uses at the moment: one of {@value #PLACES} pairs of multicast ranges,
 * held by a lock on a file in shared memory; and the way that the bridge's first path takes between them.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Failure:</b> {@link CommandException} when all ranges are held.
 */
final class DemoPlace implements AutoCloseable {
    static final String STREAM = "demo";

    /** The host of the first site that publishes, from whose journal the first path reads. */
    static final String FIRST = "ny1";

    /** The host of the first site from whose journal the second path reads. */
    static final String SECOND = "ny2";

    /** The host of the second site where both paths lead. */
    static final String INGRESS = "ldn1";

    private static final int PLACES = 64;
    private static final int FIRST_RANGE = 128;

    private final FileChannel lockFile;
    private final FileLock lock;
    private final Topology topology;
    private final Topology farTopology;
    private final PathRelay path;
    private final Path state;

    private DemoPlace(int place, FileChannel lockFile, FileLock lock) throws IOException {
        this.lockFile = lockFile;
        this.lock = lock;
        int[] ports = freePorts(3);
        path = new PathRelay(ports[0]);
        state = Files.createTempDirectory("heliograph-demo");
        Files.writeString(file(state), xml(place, state, ports));
        topology = TopologyReader.read(file(state));
        // To the second site the first path's egress is where the relay is.
        ports[0] = path.port();
        farTopology = TopologyReader.read("far.xml", xml(place, state, ports));
    }

    /** Takes the first ranges that nobody holds. */
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

    /** The same as a host's engine has it. */
    Topology topology(String host) {
        return host.equals(INGRESS) ? farTopology : topology;
    }

    /** The way of the bridge's first path. */
    PathRelay path() {
        return path;
    }

    /** The topology as a file, for other processes. */
    static Path file(Path state) {
        return state.resolve("demo.xml");
    }

    /** How publisher and subscribers connect: each by a driver of its own. */
    static HeliographContext context(Topology topology, Path state, String host) {
        return new HeliographContext()
                .topology(topology)
                .host(host)
                .driver(DriverChoice.embedded())
                .stateDirectory(state);
    }

    /** Where the publisher keeps its last epoch, hosts their journals, a subscriber its checkpoint; removed at the end. */
    Path state() {
        return state;
    }

    /** Where what engines and drivers say is set aside. */
    static Path words(Path state) {
        return state.resolve("words");
    }

    static Path checkpoint(Path state) {
        return state.resolve("checkpoint");
    }

    @Override
    public void close() {
        path.close();
        try (Stream<Path> files = Files.walk(state)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
            removeLocks();
            lock.release();
            lockFile.close();
        } catch (IOException leftBehind) {
            throw new UncheckedIOException(leftBehind);
        }
    }

    /** What stands beside drivers' directories outlives them, for who comes next; here nobody can come as long as the place is held. */
    private void removeLocks() throws IOException {
        for (String host : List.of(FIRST, SECOND, INGRESS)) {
            Path directory = DriverDirectories.of(topology.name(), host);
            Path parent = Surroundings.sharedMemory();
            try (DirectoryStream<Path> beside = Files.newDirectoryStream(parent, directory.getFileName() + ".*")) {
                for (Path file : beside) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Ports that nobody has: all of them are held until all are found. */
    private static int[] freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            int[] ports = new int[count];
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports[i] = socket.getLocalPort();
            }
            return ports;
        } finally {
            CloseHelper.quietCloseAll(held);
        }
    }

    private static String xml(int place, Path state, int[] ports) {
        return """
            <topology xmlns="urn:heliograph:topology:1" name="demo-%d">
              <site name="ny" multicast="239.20.%d.0/24">%s%s
                <bond name="ab" nics="a b"/>
              </site>
              <site name="ldn" multicast="239.20.%d.0/24">%s
                <bond name="ab" nics="a b"/>
              </site>
              <stream name="demo" id="1" site="ny" publishers="ny1" bond="ab" lines="redundant" flow="max"
                      journal="ny1 ny2 ldn1" reorder="1 s" budget="10 s"/>
              <bridge from="ny" to="ldn" streams="demo" bond="ab" lines="redundant" select="failover">
                <path from="ny1" to="ldn1" priority="1"/>
                <path from="ny2" to="ldn1" priority="2"/>
              </bridge>
            </topology>
            """.formatted(
                        place,
                        FIRST_RANGE + place,
                        host(FIRST, 1, ports[0], state),
                        host(SECOND, 3, ports[1], state),
                        FIRST_RANGE + PLACES + place,
                        host(INGRESS, 5, ports[2], state));
    }

    private static String host(String name, int firstAddress, int port, Path state) {
        return """

                <host name="%s">
                  <nic name="a" address="127.0.0.%d/8"/>
                  <nic name="b" address="127.0.0.%d/8"/>
                  <engine driver="engine" link="127.0.0.1:%d" journal="%s"/>
                </host>""".formatted(name, firstAddress, firstAddress + 1, port, state.resolve(name));
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
            CloseHelper.quietClose(file);
        }
        return null;
    }
}
