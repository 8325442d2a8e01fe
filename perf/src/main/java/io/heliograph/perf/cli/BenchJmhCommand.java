// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.cli;

import io.heliograph.engine.cli.Command;
import io.heliograph.engine.cli.CommandException;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;

/**
 * {@code bench jmh}: the hot path piece by piece, with what each operation allocates.
 *
 * <p><b>Thread:</b> the main thread; JMH measures in processes of its own, with this JVM's flags.
 */
@CommandLine.Command(
        name = "jmh",
        description = "Runs the JMH benchmarks with the gc profiler: time and bytes allocated per operation.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: heliograph bench jmh Arbitration"})
final class BenchJmhCommand implements Command {
    @CommandLine.Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PATTERN",
            defaultValue = ".*",
            description = "A regular expression: part of a benchmark's name (all).")
    private String pattern = ".*";

    @CommandLine.Option(
            names = "--quick",
            description = "One fork, short iterations: to see that it works, not to quote.")
    private boolean isQuick;

    BenchJmhCommand() {}

    @Override
    public Integer call() {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("io\\.heliograph\\.perf\\.jmh\\..*" + pattern)
                .addProfiler(GCProfiler.class)
                .jvmArgs(
                        ManagementFactory.getRuntimeMXBean().getInputArguments().toArray(new String[0]));
        if (isQuick) {
            options.forks(1).warmupIterations(1).measurementIterations(2);
        }
        try {
            return new Runner(options.build()).run().isEmpty() ? 1 : 0;
        } catch (RunnerException failed) {
            throw CommandException.failed(String.valueOf(failed.getMessage()));
        }
    }
}
