// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.base.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A site on loopback with a group range of its own, so that tests which run one after another or side by side never hear
 * each other.
 */
public final class LoopbackTopology {
    private static final AtomicInteger RUNS = new AtomicInteger();

    /** So that a process which has the number of one that was killed finds nothing of that one. */
    private static final String STARTED = Long.toString(System.currentTimeMillis() / 1_000, Character.MAX_RADIX);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(LoopbackTopology::removeFiles, "remove files"));
    }

    private LoopbackTopology() {}

    /**
     * One host with two NICs on loopback and one stream {@code itch}.
     *
     * @param streamAttributes of the stream beside name, id, site, publishers and bond, as XML.
     * @return the topology; its name and its range belong to this process and this call.
     */
    public static Topology with(String streamAttributes) {
        String multicast = range();
        return TopologyReader.read("loopback-test.xml", """
            <topology xmlns="urn:heliograph:topology:1" name="%s">
              <site name="local" multicast="%s">
                <host name="host1">
                  <nic name="a" address="127.0.0.1/8"/>
                  <nic name="b" address="127.0.0.2/8"/>
                </host>
                <bond name="ab" nics="a b"/>
              </site>
              <stream name="itch" id="1001" site="local" publishers="host1" bond="ab" %s/>
            </topology>
            """.formatted(name(), multicast, streamAttributes));
    }

    /**
     * The same in a site without multicast.
     *
     * @param streamAttributes of the stream beside name, id, site, publishers and bond, as XML.
     * @return the topology; its name and its ports belong to this process and this call.
     */
    public static Topology withoutRange(String streamAttributes) {
        long id = 1 + (ProcessHandle.current().pid() * 31 + RUNS.incrementAndGet()) % 1000;
        return TopologyReader.read("unicast-test.xml", """
            <topology xmlns="urn:heliograph:topology:1" name="%s">
              <site name="local">
                <host name="host1">
                  <nic name="a" address="127.0.0.1/8"/>
                  <nic name="b" address="127.0.0.2/8"/>
                </host>
                <bond name="ab" nics="a b"/>
              </site>
              <stream name="itch" id="%d" site="local" publishers="host1" bond="ab" %s/>
            </topology>
            """.formatted(name(), id, streamAttributes));
    }

    /**
     * The sample {@code loopback.xml} under a name and in a range of its own, for roles that are run.
     *
     * @param folder to write it to.
     * @return the file.
     */
    public static Path sample(Path folder) {
        return sample("loopback.xml", folder);
    }

    /**
     * A sample under a name and in a range of its own, for roles that are run.
     *
     * @param file of the samples, with one site.
     * @param folder to write it to.
     * @return the file.
     */
    public static Path sample(String file, Path folder) {
        Path sample = Path.of(System.getProperty("heliograph.root", ".."), "config/samples", file);
        try {
            String own = Files.readString(sample)
                    .replaceFirst("multicast=\"[^\"]*\"", "multicast=\"" + range() + "\"")
                    .replaceFirst("(<topology[^>]* name=\")[^\"]*", "$1" + name());
            return Files.writeString(folder.resolve(file), own);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /** What publishers and engines of these topologies keep beyond their end goes with the process that tests them. */
    private static void removeFiles() {
        String ours = "-test-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> files = Files.list(Surroundings.sharedMemory())) {
            List<Path> kept = files.filter(file -> file.toString().contains(ours))
                    .filter(Files::isRegularFile)
                    .toList();
            for (Path file : kept) {
                Files.deleteIfExists(file);
            }
        } catch (IOException stays) {
            System.err.println("files of tests stay: " + stays);
        }
    }

    private static String name() {
        return "test-" + ProcessHandle.current().pid() + "-" + STARTED + "-" + RUNS.get();
    }

    /**
     * A range of multicast groups that no other run of the tests uses.
     *
     * @return as a site's {@code multicast} attribute says it.
     */
    public static String range() {
        long range = (ProcessHandle.current().pid() * 31 + RUNS.incrementAndGet()) & 0x3FFF;
        return "239." + (64 + (range >> 8)) + "." + (range & 0xFF) + ".0/24";
    }
}
