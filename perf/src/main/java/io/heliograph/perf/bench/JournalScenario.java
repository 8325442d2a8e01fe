// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.report.Row;
import io.heliograph.perf.bench.report.Series;
import io.heliograph.perf.bench.report.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The journal alone: messages/s of 36 octets in full packets of lines with 1,408 octets, appended by one thread in shared memory
 * and in the directory for temporary files, which should be a disk; and how long it takes to find a sequence in a small and in a large journal.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public final class JournalScenario implements Scenario {
    private static final long APPENDED = 7_000_000;
    private static final long SMALL = 1_000_000;
    private static final long LARGE = 100_000_000;
    private static final long LARGE_QUICK = 10_000_000;
    private static final int LENGTH = 36;
    /** Short messages, so that the large journal fits: what is looked for is packets, and there are as many. */
    private static final int SHORT_LENGTH = 8;

    private static final long FINDS = 20_000;

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public String summary() {
        return "the journal alone: messages/s appended in shared memory and on the disk; finding a sequence in 1 and 100 million";
    }

    @Override
    public List<Row> run(BenchRun run) {
        List<Row> rows = new ArrayList<>();
        Series shared = new Series("shared-memory");
        Series disk = new Series("disk");
        Series small = new Series(millions(SMALL));
        Series large = new Series(millions(run.isQuick() ? LARGE_QUICK : LARGE));
        run.untilInterrupted(() -> append(run, shared, disk));
        run.untilInterrupted(() -> find(run, small, large, run.isQuick() ? LARGE_QUICK : LARGE));
        rows.add(
                shared.row("journal append", "throughput", "messages/s", shared).withTarget(Target.valueAtLeast(7e6)));
        rows.add(disk.row("journal append", "throughput", "messages/s", shared));
        rows.add(small.row("journal find", "p50", "ns", small));
        rows.add(large.row("journal find", "p50", "ns", small).withTarget(Target.ratioAtMost(3)));
        return rows;
    }

    private static void append(BenchRun run, Series shared, Series disk) {
        Path onDisk = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("heliograph-bench-" + ProcessHandle.current().pid() + "-journal");
        Path inMemory = inMemory(run, "journal-shm");
        try (SoloProcess first = process(run, inMemory, APPENDED, LENGTH, false);
                SoloProcess second = process(run, onDisk, APPENDED, LENGTH, false)) {
            for (int number = 0; number <= run.rounds(); number++) {
                double inSharedMemory = SoloProcess.perSecond(first.round(new ControlLine("run")));
                double onTheDisk = SoloProcess.perSecond(second.round(new ControlLine("run")));
                run.say(String.format(
                        Locale.ROOT,
                        "journal append, %s: shared memory %.2f M/s, disk %.2f M/s",
                        run.roundName(number),
                        inSharedMemory / 1e6,
                        onTheDisk / 1e6));
                if (number > 0) {
                    shared.add(inSharedMemory);
                    disk.add(onTheDisk);
                }
            }
        }
    }

    private static void find(BenchRun run, Series small, Series large, long largeMessages) {
        try (SoloProcess first = process(run, inMemory(run, "journal-small"), SMALL, SHORT_LENGTH, true);
                SoloProcess second = process(run, inMemory(run, "journal-large"), largeMessages, SHORT_LENGTH, true)) {
            ControlLine round = new ControlLine("run").with("repeats", FINDS);
            for (int number = 0; number <= run.rounds(); number++) {
                ControlLine ofSmall = first.round(round);
                ControlLine ofLarge = second.round(round);
                run.say(String.format(
                        Locale.ROOT,
                        "journal find, %s: of %s p50 %.1f p99 %.1f us, of %s p50 %.1f p99 %.1f us",
                        run.roundName(number),
                        millions(SMALL),
                        ofSmall.number("p50") / 1e3,
                        ofSmall.number("p99") / 1e3,
                        millions(largeMessages),
                        ofLarge.number("p50") / 1e3,
                        ofLarge.number("p99") / 1e3));
                if (number > 0) {
                    take(small, ofSmall);
                    take(large, ofLarge);
                }
            }
        }
    }

    private static void take(Series series, ControlLine done) {
        series.add(done.number("p50"));
        series.fault(done.number("missing") == 0 ? "" : done.number("missing") + " sequences were not found");
    }

    private static SoloProcess process(BenchRun run, Path directory, long messages, int length, boolean isFind) {
        return new SoloProcess(
                run,
                "journal " + directory.getFileName(),
                new ControlLine("open")
                        .with("role", "journal")
                        .with("directory", directory)
                        .with("messages", messages)
                        .with("length", length)
                        .with("finds", isFind ? 1 : 0));
    }

    /** The run's own directory is in shared memory, and goes with it. */
    private static Path inMemory(BenchRun run, String name) {
        return run.lab().directory().resolve(name);
    }

    private static String millions(long messages) {
        return messages / 1_000_000 + "-million";
    }
}
