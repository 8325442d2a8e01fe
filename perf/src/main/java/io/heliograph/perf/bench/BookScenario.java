// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.feed.FeedFile;
import io.heliograph.perf.bench.report.Row;
import io.heliograph.perf.bench.report.Series;
import io.heliograph.perf.bench.report.Target;
import io.heliograph.perf.bench.subject.Subjects;
import io.heliograph.publishers.generate.ItchDay;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * ITCH to books on one core: decode, normalise, book, with 8,000 symbols and a million live orders; and the memory that an
 * order takes.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public final class BookScenario implements Scenario {
    private static final int SYMBOLS = 8_000;
    private static final int LIVE_ORDERS = 1_150_000;
    private static final long FILL = 12_000_000;
    private static final long TIMED = 4_000_000;
    private static final long FEWEST_ORDERS = 1_000_000;
    private static final long SEED = 51;

    @Override
    public String name() {
        return "book";
    }

    @Override
    public String summary() {
        return "ITCH messages/s decoded, normalised and booked on one core, 8,000 symbols, 1 million live orders";
    }

    @Override
    public List<Row> run(BenchRun run) {
        Series rate = new Series(Subjects.HELIOGRAPH);
        Series memory = new Series(Subjects.HELIOGRAPH);
        Series orders = new Series(Subjects.HELIOGRAPH);
        run.untilInterrupted(() -> measure(run, rate, memory, orders));
        String scenario = "book itch50 symbols=" + SYMBOLS;
        return List.of(
                rate.row(scenario, "throughput", "messages/s", rate).withTarget(Target.valueAtLeast(4e6)),
                orders.row(scenario, "live orders", "orders", orders),
                memory.row(scenario, "memory per live order", "bytes", memory));
    }

    private static void measure(BenchRun run, Series rate, Series memory, Series orders) {
        Path file = run.lab().directory().resolve("book.itch50");
        run.say("book: generating " + (FILL + TIMED) + " messages");
        FeedFile.write(file, new ItchDay(SEED, FILL + TIMED, SYMBOLS, LIVE_ORDERS));
        ControlLine settings = new ControlLine("open")
                .with("role", "book")
                .with("file", file)
                .with("symbols", SYMBOLS)
                .with("orders", LIVE_ORDERS);
        try (SoloProcess process = new SoloProcess(run, "book", settings)) {
            for (int number = 0; number <= run.rounds(); number++) {
                ControlLine done = process.round(new ControlLine("run").with("fill", FILL));
                run.say(String.format(
                        Locale.ROOT,
                        "book, %s: %.2f M/s, %,d orders, %.0f bytes an order",
                        run.roundName(number),
                        SoloProcess.perSecond(done) / 1e6,
                        done.number("orders"),
                        bytesAnOrder(done)));
                if (number > 0) {
                    rate.add(SoloProcess.perSecond(done));
                    memory.add(bytesAnOrder(done));
                    orders.add(done.number("orders"));
                    rate.fault(fault(done));
                }
            }
        }
    }

    private static double bytesAnOrder(ControlLine done) {
        return (double) done.number("memoryBytes") / Math.max(1, done.number("orders"));
    }

    private static String fault(ControlLine done) {
        if (done.number("trouble") > 0) {
            return "the books refused " + done.number("trouble") + " messages";
        }
        return done.number("orders") >= FEWEST_ORDERS ? "" : "only " + done.number("orders") + " live orders";
    }
}
