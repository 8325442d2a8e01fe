// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import static io.heliograph.perf.system.lab.FaultRow.receiver;
import static io.heliograph.perf.system.lab.FaultRow.sender;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.engine.testkit.NetworkLab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One fault after another at one NIC after another, under a generated feed on streams of every policy: nothing lost, nothing
 * twice, and how long each stream stood still; without journals, and with them. To try another fault, or at another end, add a line to {@link #ROWS}.
 *
 * <p>The tables are gone through again and again until the time of each is over: properties {@code heliograph.lab.seconds},
 * and {@code heliograph.lab.rows} for some of the rows.
 */
@Tag("full")
final class NetworkLabSystemTest {
    private static final List<FaultRow> ROWS = List.of(
            sender(Fault.CABLE_OUT),
            receiver(Fault.CABLE_OUT),
            sender(Fault.BLOCKED),
            receiver(Fault.BLOCKED),
            sender(Fault.LINK_DOWN),
            receiver(Fault.LINK_DOWN),
            sender(Fault.MUTE),
            receiver(Fault.MUTE),
            sender(Fault.DEAF),
            receiver(Fault.DEAF),
            sender(Fault.UNPLUGGED),
            receiver(Fault.UNPLUGGED),
            sender(Fault.ADDRESS),
            receiver(Fault.ADDRESS),
            sender(Fault.FLAPPING),
            receiver(Fault.FLAPPING));

    /** A pattern that the names of the rows that are wanted have a part of: all of them, unless it is set. */
    private static final Predicate<String> WANTED =
            Pattern.compile(System.getProperty("heliograph.lab.rows", "")).asPredicate();

    private static final long SECONDS = Long.getLong("heliograph.lab.seconds", 50);

    private static final int FEWEST_RUNS = 5;
    private static final int MOST_AGAIN = 16;

    private static final List<FaultRow> WANTED_ROWS =
            ROWS.stream().filter(row -> WANTED.test(row.toString())).toList();

    private @Nullable PolicyLab lab;
    private int starts;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void shouldLoseNothingWhateverHappensToOneNic() throws IOException {
        runTheTable(WANTED_ROWS, "network-lab", false);
    }

    /** Receivers' faults first: without journals those cost the streams of one line messages. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void shouldLoseNothingOfAnyPolicyWhereJournalsAreKept() throws IOException {
        List<FaultRow> rows = WANTED_ROWS.stream()
                .sorted(Comparator.comparing(FaultRow::isSender))
                .toList();
        runTheTable(rows, "network-lab-journaled", true);
    }

    private void runTheTable(List<FaultRow> rows, String name, boolean isJournaled) throws IOException {
        assumeTrue(
                NetworkLab.isPossible(), "SKIPPED: no network namespaces without root: faults of NICs are not tested");
        Path folder =
                Files.createDirectories(Path.of(System.getProperty("heliograph.root", ".."), "perf", "target", name));
        LabReport report = new LabReport(rows, isJournaled);
        try {
            new Table(rows, folder, report, isJournaled).run();
        } finally {
            CloseHelper.close(lab);
            report.write(folder.resolve("faults.json"));
            report.print(System.out);
        }
        assertEquals(List.of(), report.failures());
        assumeTrue(report.judged() > 0, "SKIPPED: this machine was too busy to judge any fault of a NIC");
    }

    /** Goes through the rows until the time is over. */
    private final class Table {
        private final List<FaultRow> rows;
        private final Path folder;
        private final LabReport report;
        private final boolean isJournaled;

        Table(List<FaultRow> rows, Path folder, LabReport report, boolean isJournaled) {
            this.rows = rows;
            this.folder = folder;
            this.report = report;
            this.isJournaled = isJournaled;
        }

        void run() {
            long endNs = SystemNanoClock.INSTANCE.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            int turn = 0;
            for (; SystemNanoClock.INSTANCE.nanoTime() - endNs < 0; turn++) {
                int visit = turn / rows.size() + turn % rows.size() / 2;
                run(rows.get(turn % rows.size()), visit);
            }
            // One run that was too slow is no median: the machine's host may have been elsewhere.
            FaultRow undecided = report.undecided(FEWEST_RUNS);
            for (int left = MOST_AGAIN; undecided != null && left > 0; left--) {
                run(undecided, turn++);
                undecided = report.undecided(FEWEST_RUNS);
            }
        }

        private void run(FaultRow row, int visit) {
            report.add(RowRun.of(healthyLab(), row, row.host(visit), row.nic(visit)));
        }

        /** A line that did not come back is no other fault's: then everything is started anew. */
        private PolicyLab healthyLab() {
            PolicyLab present = lab;
            if (present != null && !present.deadLines().isEmpty()) {
                present.close();
                present = null;
            }
            if (present == null) {
                starts++;
                present = PolicyLab.start(logs(), isJournaled);
                lab = present;
            }
            return present;
        }

        private Path logs() {
            try {
                return Files.createDirectories(folder.resolve("start" + starts));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
