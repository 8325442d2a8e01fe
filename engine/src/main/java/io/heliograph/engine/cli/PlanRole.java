// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.Bridge;
import io.heliograph.config.BridgePath;
import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.LineChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * {@code plan T}: shows where each stream goes, who sends it, who may hear it, and why on those lines.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "plan",
        description =
                "Shows a topology's dataflow: each stream's lines, groups, ports and NICs, and why it takes them.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: heliograph plan config/samples/one-site.xml --svg plan.svg"})
public final class PlanRole implements Command {
    @CommandLine.Parameters(paramLabel = "T", description = "The topology file.")
    private Path file = Path.of("");

    @CommandLine.Option(names = "--json", description = "One JSON object a line: each stream, then a summary.")
    private boolean isJson;

    @CommandLine.Option(
            names = "--svg",
            paramLabel = "FILE",
            description = "Draws it as well, into a file that any browser shows.")
    private @Nullable Path drawing;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /** Made by the service loader. */
    public PlanRole() {}

    @Override
    public Integer call() {
        CommandLine role = spec.commandLine();
        Optional<Topology> topology = TopologyVerdict.read(file, role, isJson);
        topology.ifPresent(right -> show(right, role.getOut()));
        return topology.isPresent() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.USAGE;
    }

    private void show(Topology topology, PrintWriter out) {
        if (isJson) {
            topology.streams().forEach(stream -> out.println(json(topology, stream)));
            topology.bridges().forEach(bridge -> out.println(json(topology, bridge)));
            out.println(new JsonLine()
                    .put("type", "summary")
                    .put("file", file.toString())
                    .put("topology", topology.name())
                    .put("streams", topology.streams().size())
                    .put("bridges", topology.bridges().size()));
        } else {
            PlanText.of(topology).forEach(out::println);
        }
        out.flush();
        if (drawing != null) {
            draw(topology, drawing);
        }
    }

    private static void draw(Topology topology, Path to) {
        try {
            Files.writeString(to, PlanDrawing.of(topology));
        } catch (IOException e) {
            throw CommandException.failed(
                    "cannot write the drawing to " + to + ": " + e + "; name a file that can be written");
        }
    }

    private static JsonLine json(Topology topology, Stream stream) {
        List<PlannedLine> lines = PlannedLine.of(topology, stream);
        JsonLine object = new JsonLine()
                .put("type", "stream")
                .put("stream", stream.name())
                .put("id", stream.id());
        if (stream.carrier() != null) {
            object.put("carrier", stream.carrier());
        }
        return object.put("site", stream.site())
                .strings("publishers", stream.publishers())
                .put("bond", stream.bond())
                .put("policy", word(stream.lines()))
                .put("choice", LineChoice.of(stream, Lines.of(topology, stream)).summary(stream.bond()))
                .put("mtu", Lines.mtu(topology, stream))
                .put("budgetNs", stream.budgetNs())
                .put("reorderNs", stream.reorderNs())
                .objects("lines", lines, PlanRole::line)
                .objects(
                        "elsewhere",
                        elsewhere(topology, stream),
                        (there, site) -> there.put("site", site)
                                .put("policy", word(Lines.policy(topology, stream, site)))
                                .put("mtu", Lines.mtu(topology, stream, site))
                                .objects("lines", PlannedLine.of(topology, stream, site), PlanRole::line));
    }

    /** The sites that bridges lead a stream to. */
    private static List<String> elsewhere(Topology topology, Stream stream) {
        List<String> sites = topology.sitesOf(stream);
        return sites.subList(1, sites.size());
    }

    private static JsonLine json(Topology topology, Bridge bridge) {
        JsonLine json = new JsonLine()
                .put("type", "bridge")
                .put("from", bridge.from())
                .put("to", bridge.to())
                .strings("streams", BridgeText.carried(topology, bridge))
                .put("bond", bridge.bond())
                .put("policy", word(bridge.lines()))
                .put("select", word(bridge.select()))
                .put("lag", word(bridge.lag()))
                .put("lagBoundNs", bridge.lagBoundNs())
                .put("rateBps", bridge.rateBps())
                .put("compress", word(bridge.compress()));
        if (BridgeText.hasMarks(bridge)) {
            json.put("hwm", bridge.highMark()).put("lwm", bridge.lowMark());
        }
        return json.objects("paths", bridge.paths(), (object, path) -> json(topology, path, object));
    }

    private static void json(Topology topology, BridgePath path, JsonLine object) {
        object.put("from", path.from())
                .put("to", path.to())
                .put("priority", path.level())
                .put("connects", path.opener())
                .put("at", BridgeText.places(topology, path));
        if (BridgeText.hasBuffer(path)) {
            object.put("bufferOctets", path.bufferOctets());
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void line(JsonLine object, PlannedLine planned) {
        object.put("line", planned.line().name()).put("nic", planned.line().nic());
        if (planned.line().isMulticast()) {
            object.put("group", planned.line().group().getHostAddress())
                    .put("control", planned.line().control().getHostAddress());
        } else {
            object.strings("controls", planned.controls());
        }
        object.put("port", planned.line().port())
                .put("mode", planned.line().isMulticast() ? "multicast" : "unicast")
                .put("carries", planned.carries())
                .put("why", planned.why())
                .strings("senders", planned.line().senders())
                .objects(
                        "hosts",
                        planned.hosts(),
                        (host, which) -> host.put("host", which.name())
                                .put(
                                        "address",
                                        which.nic(planned.line().nic())
                                                .orElseThrow()
                                                .address()
                                                .toString()));
    }
}
