// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.ThreadedDriver;
import io.heliograph.perf.bench.site.RunningEngines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Two sites on loopback in this process: {@code ny1} keeps a journal, from which a bridge leads to {@code ldn1}; {@code ny2} and
 * {@code ldn2} hear. The hosts that have engines share a driver, and so do the others.
 *
 * <p><b>Thread:</b> one owner; engines and driver have threads of their own.
 */
final class BridgedSites implements AutoCloseable {
    static final String PUBLISHING = "ny1";
    static final String INGRESS = "ldn1";
    static final String NEAR = "ny2";
    static final String FAR = "ldn2";

    private static final List<String> HOSTS = List.of(PUBLISHING, NEAR, INGRESS, FAR);

    private final Path directory;
    private final ThreadedDriver sending;
    private final ThreadedDriver hearing;
    private final Topology topology;

    @Nullable
    private RunningEngines engines;

    /**
     * Sites without engines.
     *
     * @param directory of journals, one for each host, and of the drivers.
     */
    BridgedSites(Path directory) {
        this.directory = made(directory);
        this.sending = launch("sending");
        this.hearing = launch("hearing");
        this.topology = TopologyReader.read("bridged.xml", xml());
    }

    private static Path made(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot make " + directory, refused);
        }
    }

    private ThreadedDriver launch(String name) {
        return ThreadedDriver.launch(directory.resolve(name), new DriverContext());
    }

    private String xml() {
        return """
            <topology xmlns="urn:heliograph:topology:1" name="bench-bridged" security="none">
              <site name="ny" multicast="239.20.96.0/20">%s%s<bond name="a" nics="a"/></site>
              <site name="ldn" multicast="239.20.112.0/20">%s%s<bond name="a" nics="a"/></site>
              <stream name="%s" id="%d" site="ny" publishers="ny1" bond="a" flow="min" journal="ny1 ldn1"/>
              <bridge from="ny" to="ldn" streams="%s" bond="a"><path from="ny1" to="ldn1"/></bridge>
            </topology>
            """.formatted(
                        host(0, true),
                        host(1, false),
                        host(2, true),
                        host(3, false),
                        BenchJournal.STREAM_NAME,
                        BenchJournal.STREAM,
                        BenchJournal.STREAM_NAME);
    }

    private String host(int index, boolean isEngine) {
        String name = HOSTS.get(index);
        int number = index + 1;
        String engine = isEngine
                ? "link=\"127.0.0.%d:%d\" journal=\"%s\""
                        .formatted(number, RunningEngines.freePort(number), journals(name))
                : "";
        return "<host name=\"%s\"><nic name=\"a\" address=\"127.0.0.%d/8\"/><engine driver=\"%s\" %s/></host>"
                .formatted(name, number, isEngine ? sending.directory() : hearing.directory(), engine);
    }

    /** The journals of a host. */
    Path journals(String host) {
        return directory.resolve(host);
    }

    /** Starts the engines of both ends. */
    void start() {
        engines = RunningEngines.start(topology, List.of(PUBLISHING, INGRESS));
    }

    /** A client on a host. */
    Heliograph connect(String host) {
        ThreadedDriver driver = host.equals(PUBLISHING) || host.equals(INGRESS) ? sending : hearing;
        return Heliograph.connect(new HeliographContext()
                .topology(topology)
                .host(host)
                .driver(DriverChoice.directory(Path.of(driver.directory())))
                .stateDirectory(directory)
                // What is lost shows: these hosts have nobody to ask for it.
                .errorHandler(refused -> {}));
    }

    @Override
    public void close() {
        CloseHelper.quietClose(engines);
        CloseHelper.quietCloseAll(sending, hearing);
    }
}
