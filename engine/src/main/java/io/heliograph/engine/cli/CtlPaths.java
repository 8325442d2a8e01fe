// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.HostPlace;
import io.heliograph.config.Topology;
import io.heliograph.engine.EngineControl;
import io.heliograph.engine.HeliographException;
import io.heliograph.engine.PathCard;
import io.heliograph.engine.priority.PeerState;
import io.heliograph.engine.priority.PeerView;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code ctl paths}: the paths of the bridges that lead to this host.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "paths",
        description = {
            "The paths of the bridges that lead to this host: which can be used and which are, what waits at the other",
            "end, how far away that is, and by how much its clock is ahead (a way that is longer there than back",
            "cannot be told from an offset: hence the error, half the round trip)."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: heliograph ctl paths --topology config/samples/two-sites.xml --host ldn1"})
final class CtlPaths implements Command {
    @Mixin
    private TopologyOptions options = new TopologyOptions();

    @Option(names = "--json", description = "One JSON object a line: each path, then a summary.")
    private boolean isJson;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
        Topology topology = options.topology();
        HostPlace place = options.place(topology);
        List<PathCard> paths;
        try {
            paths = new EngineControl(topology, place).paths();
        } catch (HeliographException cannot) {
            throw CommandException.failed(String.valueOf(cannot.getMessage()));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            paths.forEach(path -> out.println(json(path)));
            out.println(new JsonLine()
                    .put("type", "summary")
                    .put("host", place.host().name())
                    .put("paths", (long) paths.size())
                    .put("available", available(paths))
                    .put(
                            "used",
                            paths.stream().filter(path -> path.pulled() > 0).count()));
        } else if (paths.isEmpty()) {
            out.println("no bridge leads to host " + place.host().name());
        } else {
            table(paths).lines("").forEach(out::println);
        }
        out.flush();
        return 0;
    }

    private static long available(List<PathCard> paths) {
        return paths.stream()
                .filter(path -> path.state() == PeerState.AVAILABLE)
                .count();
    }

    private static JsonLine json(PathCard path) {
        JsonLine line = new JsonLine()
                .put("type", "path")
                .put("bridge", path.bridge())
                .put("peer", path.peer())
                .put("level", path.level())
                .put("state", path.state().name().toLowerCase(Locale.ROOT))
                .put("why", path.why())
                .put("sinceNs", path.sinceNs())
                .put("pulled", path.pulled())
                .put("streams", path.streams())
                .put("backlog", path.backlog());
        if (path.space() != PeerView.UNBOUNDED) {
            line.put("space", path.space());
        }
        line.put("oldestNs", path.oldestNs());
        if (path.clockErrorNs() >= 0) {
            line.put("roundTripNs", path.roundTripNs())
                    .put("clockOffsetNs", path.clockOffsetNs())
                    .put("clockErrorNs", path.clockErrorNs());
        }
        return line;
    }

    private static TextTable table(List<PathCard> paths) {
        TextTable table = new TextTable()
                .row(
                        "bridge",
                        "peer",
                        "level",
                        "state",
                        "since",
                        "carries",
                        "backlog",
                        "space",
                        "oldest",
                        "round trip",
                        "clock offset",
                        "why");
        for (PathCard path : paths) {
            boolean isTimed = path.clockErrorNs() >= 0;
            table.row(
                    path.bridge(),
                    path.peer(),
                    String.valueOf(path.level()),
                    path.state().words(),
                    Spans.of(path.sinceNs()),
                    path.pulled() + " of " + path.streams(),
                    String.valueOf(path.backlog()),
                    path.space() == PeerView.UNBOUNDED ? "any" : String.valueOf(path.space()),
                    path.oldestNs() == 0 ? "-" : Spans.of(path.oldestNs()),
                    isTimed ? Spans.of(path.roundTripNs()) : "-",
                    isTimed ? Spans.of(path.clockOffsetNs()) + " +- " + Spans.of(path.clockErrorNs()) : "-",
                    path.why().equals(path.state().words()) ? "" : path.why());
        }
        return table;
    }
}
