// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.DriverMode;
import io.heliograph.config.HostPlace;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.monitor.Examination;
import io.heliograph.engine.monitor.Examination.Result;
import io.heliograph.engine.monitor.Finding.State;
import io.heliograph.engine.monitor.HostUse;
import io.heliograph.engine.monitor.Machine;
import io.heliograph.engine.monitor.RunningJvm;
import java.io.PrintWriter;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * The role {@code doctor}: what on this machine costs latency or will bite, and how to mend it. It changes nothing.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "doctor",
        description = {
            "Says what on this machine costs latency or will bite, what it costs, and how to mend it; changes nothing.",
            "With a topology and a host it also looks at NICs, MTU, cores and the media driver's directory.",
            "Exit code 0: no problem (there may be advice); 1: a problem; 2: the call or the topology is wrong."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: heliograph doctor",
            "Example: heliograph doctor --topology config/samples/loopback.xml --host host1"
        })
public final class DoctorRole implements Command {
    private final Machine machine;
    private final RunningJvm jvm;

    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private @Nullable TopologyOptions options;

    @Option(names = "--json", description = "One JSON object a line: each finding, then a summary.")
    private boolean isJson;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /** Made by the service loader. */
    public DoctorRole() {
        this(new Machine(Path.of("/")), RunningJvm.current());
    }

    DoctorRole(Machine machine, RunningJvm jvm) {
        this.machine = machine;
        this.jvm = jvm;
    }

    @Override
    public Integer call() {
        List<Result> results = examination().run(machine);
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            results.forEach(result -> out.println(json(result)));
            out.println(summary(results));
        } else {
            DoctorText.of(results).forEach(out::println);
        }
        out.flush();
        return DoctorText.count(results, State.PROBLEM) == 0 ? 0 : 1;
    }

    private Examination examination() {
        TopologyOptions given = options;
        if (given == null) {
            return Examination.of(Optional.empty(), Optional.empty(), jvm);
        }
        Topology topology = given.topology();
        HostPlace place = given.place(topology);
        HostUse use = HostUse.of(topology, place, DoctorRole::device);
        return Examination.of(Optional.of(use), directory(topology, place), jvm);
    }

    private static Optional<Path> directory(Topology topology, HostPlace place) {
        if (place.host().engine().driver() == DriverMode.EMBEDDED) {
            return Optional.empty();
        }
        String named = place.host().engine().directory();
        return Optional.of(
                named == null
                        ? DriverDirectories.of(topology.name(), place.host().name())
                        : Path.of(named));
    }

    /** All of 127.0.0.0/8 is the loopback's, although it has the first address only. */
    private static Optional<String> device(Inet4Address address) {
        try {
            NetworkInterface device = NetworkInterface.getByInetAddress(address);
            if (device == null && address.isLoopbackAddress()) {
                device = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
            }
            return Optional.ofNullable(device).map(NetworkInterface::getName);
        } catch (SocketException unreadable) {
            throw CommandException.failed("cannot list this machine's NICs (" + unreadable.getMessage() + ")");
        }
    }

    private static JsonLine json(Result result) {
        return new JsonLine()
                .put("type", "finding")
                .put("check", result.check())
                .put("state", DoctorText.word(result.finding().state()))
                .put("found", result.finding().what())
                .put("costs", result.finding().cost())
                .put("mend", result.finding().remedy());
    }

    private static JsonLine summary(List<Result> results) {
        JsonLine summary = new JsonLine().put("type", "summary").put("findings", results.size());
        for (State state : State.values()) {
            summary.put(DoctorText.word(state), DoctorText.count(results, state));
        }
        return summary;
    }
}
