// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.Host;
import io.heliograph.config.HostPlace;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.config.TopologyException;
import io.heliograph.config.TopologyReader;
import io.heliograph.config.document.Suggestion;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * The options {@code --topology} and {@code --host} of a role, as a picocli mixin, and what they stand for.
 *
 * <p><b>Thread:</b> the main thread.
 *
 * <p><b>Failure:</b> {@link CommandException} with exit code 2: what is wrong in the file, or which name is unknown and
 * which is nearest.
 */
public final class TopologyOptions {
    @Option(
            names = {"-t", "--topology"},
            paramLabel = "FILE",
            required = true,
            description = "The topology file.")
    private Path file = Path.of("");

    @Option(
            names = {"-H", "--host"},
            paramLabel = "NAME",
            required = true,
            description = "Which of its hosts this machine is.")
    private String host = "";

    /** Made by picocli. */
    public TopologyOptions() {}

    /**
     * The topology that the file holds.
     *
     * @return checked.
     */
    public Topology topology() {
        return read(file);
    }

    /**
     * A file or directory beside the topology file.
     *
     * @param name of it.
     * @return its path.
     */
    public Path beside(String name) {
        return file.toAbsolutePath().resolveSibling(name);
    }

    /**
     * The host that was named.
     *
     * @param topology from {@link #topology}.
     * @return the host and its site.
     */
    public HostPlace place(Topology topology) {
        List<String> known = topology.sites().stream()
                .flatMap(site -> site.hosts().stream())
                .map(Host::name)
                .toList();
        return topology.host(host).orElseThrow(() -> unknown("host", host, known));
    }

    /**
     * A stream by its name.
     *
     * @param topology from {@link #topology}.
     * @param name as the user wrote it.
     * @return the stream.
     */
    public Stream stream(Topology topology, String name) {
        List<String> known = topology.streams().stream().map(Stream::name).toList();
        List<Stream> partitions = topology.partitions(name);
        if (partitions.size() > 1) {
            throw CommandException.wrongCall("stream " + name + " has " + partitions.size() + " partitions; name one, "
                    + partitions.get(0).name() + " to "
                    + partitions.get(partitions.size() - 1).name());
        }
        return topology.stream(name).orElseThrow(() -> unknown("stream", name, known));
    }

    /**
     * The partitions of a feed by its name.
     *
     * @param topology from {@link #topology}.
     * @param name as the user wrote it: a feed's, a stream's or a partition's.
     * @return in order, at least one.
     */
    public List<Stream> partitions(Topology topology, String name) {
        List<Stream> partitions = topology.partitions(name);
        return partitions.isEmpty() ? List.of(stream(topology, name)) : partitions;
    }

    /**
     * Reads a topology file for a role that needs no host.
     *
     * @param file to read.
     * @return checked.
     */
    public static Topology read(Path file) {
        try {
            return TopologyReader.read(file);
        } catch (TopologyException wrong) {
            throw CommandException.wrongCall(String.valueOf(wrong.getMessage()));
        }
    }

    private CommandException unknown(String what, String name, List<String> known) {
        return CommandException.wrongCall(
                "no " + what + " '" + name + "' in " + file + "; " + Suggestion.of(name, known));
    }
}
