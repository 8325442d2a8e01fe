// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.Topology;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;

/**
 * {@code check T}: says whether a topology file is right, and else all that is wrong with it at once.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "check",
        description = "Validates a topology file: exit code 0 when it is right, 2 with every mistake when it is not.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: heliograph check config/samples/loopback.xml"})
public final class CheckRole implements Command {
    @CommandLine.Parameters(paramLabel = "T", description = "The topology file.")
    private Path file = Path.of("");

    @CommandLine.Option(names = "--json", description = "One JSON object a line: each problem, then a summary.")
    private boolean isJson;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /** Made by the service loader. */
    public CheckRole() {}

    @Override
    public Integer call() {
        CommandLine role = spec.commandLine();
        Optional<Topology> topology = TopologyVerdict.read(file, role, isJson);
        topology.ifPresent(right -> praise(right, role.getOut()));
        return topology.isPresent() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.USAGE;
    }

    private void praise(Topology topology, PrintWriter out) {
        if (isJson) {
            out.println(new JsonLine()
                    .put("type", "summary")
                    .put("file", file.toString())
                    .put("ok", true)
                    .put("problems", 0)
                    .put("topology", topology.name())
                    .put("sites", topology.sites().size())
                    .put("hosts", TopologyVerdict.hosts(topology))
                    .put("streams", topology.streams().size())
                    .put("lines", TopologyVerdict.lines(topology))
                    .put("bridges", topology.bridges().size()));
        } else {
            out.println("ok: topology " + topology.name() + ": " + TopologyVerdict.contents(topology));
        }
        out.flush();
    }
}
