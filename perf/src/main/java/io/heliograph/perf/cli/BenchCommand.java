// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.cli;

import io.heliograph.engine.cli.Command;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.cli.Interruption;
import io.heliograph.engine.cli.JsonLine;
import io.heliograph.perf.bench.BenchRun;
import io.heliograph.perf.bench.Scenario;
import io.heliograph.perf.bench.Scenarios;
import io.heliograph.perf.bench.lab.Lab;
import io.heliograph.perf.bench.report.Latencies;
import io.heliograph.perf.bench.report.MachineFacts;
import io.heliograph.perf.bench.report.PercentilePlot;
import io.heliograph.perf.bench.report.Row;
import io.heliograph.perf.bench.report.Table;
import io.heliograph.perf.bench.subject.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * {@code bench}: the product against the transport it stands on, on this machine.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "bench",
        description = {
            "Measures Heliograph against bare Aeron in the same run: throughput, latency, lossy lines, decoding.",
            "Exit code 1 when a figure is not valid. Ctrl-C ends it with the figures of the finished rounds."
        },
        mixinStandardHelpOptions = true,
        subcommands = {BenchCompareCommand.class, BenchJmhCommand.class},
        footer = {
            "",
            "Examples:",
            "  heliograph bench --quick",
            "  heliograph bench throughput latency --rounds 7 --json > today.json",
            "  heliograph bench compare yesterday.json today.json"
        })
public final class BenchCommand implements Command {
    private static final int FEWEST_ROUNDS = 1;
    private static final int MOST_ROUNDS = 101;

    @CommandLine.Parameters(
            paramLabel = "SCENARIO",
            arity = "0..*",
            description = "What to measure, all by default: ${COMPLETION-CANDIDATES}.",
            completionCandidates = ScenarioNames.class)
    private List<String> names = List.of();

    @CommandLine.Option(names = "--rounds", paramLabel = "N", description = "Rounds of each subject (5; --quick: 3).")
    private @Nullable Integer rounds;

    @CommandLine.Option(names = "--quick", description = "Short rounds: to see that it works, not to quote.")
    private boolean isQuick;

    @CommandLine.Option(names = "--loopback", description = "Loopback even as root, where veth pairs could be made.")
    private boolean isLoopback;

    @CommandLine.Option(
            names = "--threads",
            paramLabel = "KIND",
            split = ",",
            description = "The drivers' threads: invoked, shared-network, dedicated (all).")
    private List<String> threads = List.of("invoked", "shared-network", "dedicated");

    @CommandLine.Option(names = "--json", description = "One JSON object a line on standard output.")
    private boolean isJson;

    @CommandLine.Option(names = "--plot", paramLabel = "FILE.svg", description = "Draws the latencies by percentile.")
    private @Nullable Path plot;

    /** For the launcher, which finds roles by {@code ServiceLoader}. */
    public BenchCommand() {}

    @Override
    public Integer call() {
        List<Scenario> scenarios = chosen();
        List<Threads> kinds = threads.stream().map(BenchCommand::kind).toList();
        MachineFacts machine = MachineFacts.read();
        Latencies latencies = new Latencies();
        List<Row> rows = new ArrayList<>();
        try (Interruption interruption = Interruption.install();
                Lab lab = Lab.open(isLoopback, interruption)) {
            System.err.println(machine);
            System.err.println(network(lab));
            BenchRun run = new BenchRun(lab, rounds(), isQuick, kinds, System.err, latencies);
            scenarios.forEach(scenario -> rows.addAll(scenario.run(run)));
            if (interruption.isRequested()) {
                rows.removeIf(row -> !row.isJudged());
                System.err.println("bench: interrupted; the figures are of the rounds that were finished");
            }
            print(rows, machine);
            draw(machine, latencies);
            long broken = count(rows, Row::isBroken);
            if (broken > 0) {
                System.err.println("bench: figures that are not valid: " + broken + "; their rows say why");
            }
            return interruption.exitCode(broken == 0 ? 0 : 1);
        }
    }

    private void print(List<Row> rows, MachineFacts machine) {
        if (!isJson) {
            Table.print(rows, System.out);
            return;
        }
        machine.json().print(System.out);
        rows.forEach(row -> row.json().print(System.out));
        new JsonLine()
                .put("type", "summary")
                .put("results", rows.size())
                .put("invalid", count(rows, Row::isBroken))
                .put("notJudged", count(rows, row -> !row.isJudged()))
                .put("missed", count(rows, Row::isMissed))
                .print(System.out);
    }

    private static long count(List<Row> rows, Predicate<Row> kind) {
        return rows.stream().filter(kind).count();
    }

    private void draw(MachineFacts machine, Latencies latencies) {
        Path file = plot;
        if (file == null) {
            return;
        }
        if (latencies.histograms().isEmpty()) {
            System.err.println("nothing drawn: no scenario with latencies was run");
            return;
        }
        try {
            Files.writeString(file, PercentilePlot.draw(machine.toString(), latencies.histograms()));
        } catch (IOException failed) {
            throw CommandException.failed("cannot write " + file + ": " + failed.getMessage());
        }
    }

    private List<Scenario> chosen() {
        for (String name : names) {
            if (Scenarios.all().stream().noneMatch(scenario -> scenario.name().equals(name))) {
                throw CommandException.wrongCall("no scenario '" + name + "'; there are " + known());
            }
        }
        return Scenarios.all().stream()
                .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
                .toList();
    }

    private int rounds() {
        int wanted = rounds == null ? (isQuick ? 3 : 5) : rounds;
        if (wanted < FEWEST_ROUNDS || wanted > MOST_ROUNDS) {
            throw CommandException.wrongCall(
                    "--rounds " + wanted + " is not within " + FEWEST_ROUNDS + " to " + MOST_ROUNDS);
        }
        return wanted;
    }

    private static Threads kind(String label) {
        try {
            return Threads.of(label);
        } catch (IllegalArgumentException unknown) {
            throw CommandException.wrongCall("--threads " + label + " is none of invoked, shared-network, dedicated");
        }
    }

    private static String network(Lab lab) {
        return lab.network().equals("veth")
                ? "network: a veth pair between two namespaces"
                : "network: loopback (as root, without --loopback, it would be a veth pair between two namespaces)";
    }

    private static String known() {
        return Scenarios.all().stream().map(Scenario::name).collect(Collectors.joining(", "));
    }
}
