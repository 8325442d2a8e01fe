// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.cli;

import io.heliograph.engine.HeliographException;
import io.heliograph.engine.cli.Command;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.cli.Interruption;
import io.heliograph.engine.cli.Terminal;
import io.heliograph.engine.media.DriverException;
import io.heliograph.perf.demo.DemoPlan;
import io.heliograph.perf.demo.DemoResult;
import io.heliograph.perf.demo.DemoRun;
import io.heliograph.perf.demo.LiveView;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * The role {@code demo}: the main job on one machine, with nothing to set up, and whether it was done right.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "demo",
        description = {
            "The main job on this machine, nothing to set up: two sites on loopback and a bridge between them. In the first"
                    + " a feed, lines A and B, two journals, and four subscribers with books, of whom one joins late and one"
                    + " is killed and comes back; in the second another one. The bridge has two paths: the first is cut in"
                    + " the middle of the run and mended later, the second carries on, and the first is taken back. A live"
                    + " view, and whether all five books equal the source's. Some 25 seconds.",
            "Exit code 0 when they do and the bridge did what it should, 1 otherwise, and says what is wrong."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: heliograph demo", "         heliograph demo --corrupt 1000"})
public final class DemoCommand implements Command {
    private static final String ITCH = "itch:";
    private static final long MAX_RATE = 10_000_000;
    private static final long MOST_MESSAGES_OF_A_FILE = 20_000_000;

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            defaultValue = "generate",
            description = "generate (a day from --seed, the default), or itch:FILE, a BinaryFILE, plain or gzip.")
    private String source = "generate";

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20000",
            description =
                    "Messages/s (default ${DEFAULT-VALUE}); a machine that does not hold it sends fewer, and it is said.")
    private long rate = 20_000;

    @Option(names = "--messages", paramLabel = "N", description = "How many at most (default: as many as go in 15 s).")
    private @Nullable Long messages;

    @Option(
            names = "--symbols",
            paramLabel = "N",
            defaultValue = "8000",
            description =
                    "Symbols of the generated day (default ${DEFAULT-VALUE}), a sixteenth of the messages at most.")
    private int symbols = 8_000;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Which generated day (default 1).")
    private long seed = 1;

    @Option(
            names = "--corrupt",
            paramLabel = "N",
            description = "Break the Nth order add on its way into subscriber 2's books: the books must differ then.")
    private @Nullable Long corrupt;

    @Option(
            names = "--json",
            description = "A summary as one JSON object on standard output; the view on standard error.")
    private boolean isJson;

    @Override
    public Integer call() {
        DemoPlan plan = plan();
        PrintStream shown = isJson ? System.err : System.out;
        boolean isTerminal = isJson ? Terminal.isStandardError() : Terminal.isStandardOutput();
        try (Interruption interruption = Interruption.install()) {
            DemoResult result = DemoRun.run(plan, new LiveView(shown, isTerminal), interruption);
            if (result == null) {
                System.err.println("demo: interrupted, nothing was compared");
                return interruption.exitCode(1);
            }
            result.print(System.out, isJson);
            return interruption.exitCode(result.isGood() ? 0 : 1);
        } catch (DriverException | HeliographException refused) {
            throw CommandException.failed(String.valueOf(refused.getMessage()));
        }
    }

    private DemoPlan plan() {
        Path file = null;
        if (source.startsWith(ITCH)) {
            file = Path.of(source.substring(ITCH.length()));
        } else if (!source.equals("generate")) {
            throw CommandException.wrongCall("--source " + source + ": neither generate nor itch:FILE");
        }
        check("--rate", rate, 1, MAX_RATE);
        check("--symbols", symbols, 1, 65_535);
        if (messages != null) {
            boolean isGenerated = file == null;
            long least = isGenerated ? DemoPlan.LEAST_MESSAGES : 1;
            check("--messages", messages, least, isGenerated ? 1L << 32 : MOST_MESSAGES_OF_A_FILE);
        }
        long broken = corrupt == null ? 0 : corrupt;
        check("--corrupt", broken, corrupt == null ? 0 : 1, Long.MAX_VALUE);
        return new DemoPlan(file, seed, symbols, messages == null ? 0 : messages, rate, broken);
    }

    private static void check(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw CommandException.wrongCall(option + " " + value + ": " + least + " to " + most);
        }
    }
}
