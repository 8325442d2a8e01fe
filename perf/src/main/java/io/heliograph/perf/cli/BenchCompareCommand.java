// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.cli;

import io.heliograph.engine.cli.Command;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.perf.bench.report.Comparison;
import io.heliograph.perf.bench.report.ResultFile;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * {@code bench compare OLD NEW}: did something become slower?
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "compare",
        description = "Compares two results of 'bench --json'; exit code 1 when a figure became worse.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: heliograph bench compare --allow 10 yesterday.json today.json"})
final class BenchCompareCommand implements Command {
    @CommandLine.Parameters(index = "0", paramLabel = "OLD", description = "The earlier result.")
    private Path older = Path.of("");

    @CommandLine.Parameters(index = "1", paramLabel = "NEW", description = "The later result.")
    private Path newer = Path.of("");

    @CommandLine.Option(
            names = "--allow",
            paramLabel = "PERCENT",
            defaultValue = "10",
            description = "How much worse a figure may be (10).")
    private double allowed = 10;

    BenchCompareCommand() {}

    @Override
    public Integer call() {
        if (!(allowed >= 0)) {
            throw CommandException.wrongCall("--allow " + allowed + " is not 0 or more");
        }
        int regressions = Comparison.print(ResultFile.read(older), ResultFile.read(newer), allowed, System.out);
        if (regressions > 0) {
            throw CommandException.failed(regressions + " figures became worse by more than " + allowed + " %");
        }
        return 0;
    }
}
