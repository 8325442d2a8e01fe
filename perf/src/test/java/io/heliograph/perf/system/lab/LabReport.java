// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import io.heliograph.engine.cli.JsonLine;
import io.heliograph.perf.system.lab.LabPlan.LabStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table of what was measured, and what of it is not as it has to be.
 *
 * <p><b>Thread:</b> one owner.
 */
final class LabReport {
    private static final double MS = 1e6;

    /** A command takes some 10 ms, 100 on a machine that is busy; at half a second drivers have stood still, too. */
    private static final long KERNEL_LIMIT_NS = 400_000_000L;

    private final Map<FaultRow, List<RowRun>> runs = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> notJudged = new ArrayList<>();
    private final boolean isJournaled;
    private final List<String> json = new ArrayList<>();

    /**
     * A report of nothing so far.
     *
     * @param rows that may come.
     * @param isJournaled whether journals are kept: then nobody may lose anything.
     */
    LabReport(Collection<FaultRow> rows, boolean isJournaled) {
        this.isJournaled = isJournaled;
        rows.forEach(row -> runs.put(row, new ArrayList<>()));
    }

    void add(RowRun run) {
        if (run.kernelNs() > KERNEL_LIMIT_NS) {
            notJudged.add(
                    "%s (%s): its command took %.0f ms: all hosts of the lab share one kernel, which held them all up"
                            .formatted(run.row(), run.where(), run.kernelNs() / MS));
            return;
        }
        List<RowRun> ofRow = runs.get(run.row());
        if (ofRow == null) {
            throw new IllegalArgumentException("no row " + run.row());
        }
        ofRow.add(run);
        judge(run);
        keep(run);
    }

    /** How many faults were. */
    int judged() {
        return runs.values().stream().mapToInt(List::size).sum();
    }

    /** Everything that is not as it has to be, in words. */
    List<String> failures() {
        List<String> all = new ArrayList<>(failures);
        int judged = judged();
        if (notJudged.size() > Math.max(2, judged / 4)) {
            all.add(notJudged.size() + " faults could not be judged, and only " + judged + " could: " + notJudged);
        }
        runs.forEach((row, ofRow) -> LabPlan.policies().forEach(policy -> {
            if (isTooSlow(row, policy)) {
                all.add("%s: %s stood still for %.1f ms in the median of %d; the limit is %.0f ms"
                        .formatted(
                                row,
                                policy,
                                median(awayNs(ofRow, policy)) / MS,
                                ofRow.size(),
                                LabPlan.limitNs(row.fault(), policy) / MS));
            }
        }));
        return all;
    }

    /** A row whose median is above its limit, and of too few runs to be one; null when there is none. */
    @Nullable
    FaultRow undecided(int fewestRuns) {
        return runs.entrySet().stream()
                .filter(entry -> entry.getValue().size() < fewestRuns)
                .map(Map.Entry::getKey)
                .filter(row -> LabPlan.policies().stream().anyMatch(policy -> isTooSlow(row, policy)))
                .findFirst()
                .orElse(null);
    }

    private boolean isTooSlow(FaultRow row, String policy) {
        // How long it may take is a matter of lines alone: where journals are kept too, only losses are judged.
        boolean isJudged = !isJournaled && (row.isSender() || !LabPlan.hasOneLine(policy));
        return isJudged
                && median(awayNs(runs.getOrDefault(row, List.of()), policy)) > LabPlan.limitNs(row.fault(), policy);
    }

    void write(Path file) throws IOException {
        Files.write(file, json);
    }

    void print(PrintStream out) {
        List<String> policies = LabPlan.policies();
        out.println();
        out.printf(Locale.ROOT, "%-42s %4s", "longest pause in delivery, ms: median (worst)", "runs");
        policies.forEach(policy -> out.printf(" %20s", policy));
        out.printf(" %14s %14s%n", "lines back", "own standstill");
        runs.forEach((row, ofRow) -> {
            if (!ofRow.isEmpty()) {
                out.printf(Locale.ROOT, "%-45s %4d", row, ofRow.size());
                policies.forEach(policy -> out.printf(" %20s", both(awayNs(ofRow, policy)) + lost(ofRow, policy)));
                out.printf(" %14s %14s%n", both(of(ofRow, RowRun::linesBackNs)), both(of(ofRow, RowRun::standstillNs)));
            }
        });
        long done = runs.values().stream().filter(ofRow -> !ofRow.isEmpty()).count();
        out.println("so far came " + done + " of " + runs.size() + " rows, " + judged() + " faults in all");
        notJudged.forEach(words -> out.println("NOT JUDGED: " + words));
        failures().forEach(failure -> out.println("NOT AS IT HAS TO BE: " + failure));
    }

    private void judge(RowRun run) {
        fail(run, "", run.complaint());
        for (LabStream stream : LabPlan.STREAMS) {
            for (int receiver = LabPlan.SENDER + 1; receiver <= LabPlan.HOSTS; receiver++) {
                StreamOutcome outcome = run.outcome(stream, receiver);
                String who = stream.name() + " at h" + receiver + ": ";
                fail(run, who, outcome.complaints());
                boolean isOwnFault = run.receivers(true).contains(receiver);
                if (outcome.noticed() > 0 && !(isOwnFault && !isJournaled && LabPlan.hasOneLine(stream.policy()))) {
                    fail(run, who, "lost " + outcome.noticed() + ": " + outcome.notices());
                }
            }
        }
    }

    private void fail(RowRun run, String who, String complaint) {
        if (!complaint.isEmpty()) {
            failures.add(run.row() + " (" + run.where() + "): " + who + complaint);
        }
    }

    private void keep(RowRun run) {
        for (LabStream stream : LabPlan.STREAMS) {
            for (int receiver = LabPlan.SENDER + 1; receiver <= LabPlan.HOSTS; receiver++) {
                StreamOutcome outcome = run.outcome(stream, receiver);
                json.add(new JsonLine()
                        .put("type", "fault")
                        .put("fault", run.row().fault().toString())
                        .put("end", run.row().isSender() ? "sender" : "receiver")
                        .put("nic", run.where())
                        .put("stream", stream.name())
                        .put("policy", stream.policy())
                        .put("receiver", "h" + receiver)
                        .put("pauseMs", outcome.awayNs() / MS)
                        .put("pauseAfterMs", outcome.backNs() / MS)
                        .put("lost", outcome.noticed())
                        .put("notices", outcome.notices())
                        .put("complaints", outcome.complaints())
                        .put("linesBackMs", run.linesBackNs() == RowRun.NEVER ? -1 : run.linesBackNs() / MS)
                        .put("standstillMs", run.standstillNs() / MS)
                        .put("driverTurnMs", run.driverTurnNs() / MS)
                        .toString());
            }
        }
    }

    /** Of each run, the longest pause of a policy's streams where the fault can be felt. */
    private static List<Long> awayNs(List<RowRun> ofRow, String policy) {
        return of(
                ofRow,
                run -> felt(run, policy).mapToLong(StreamOutcome::awayNs).max().orElse(0));
    }

    private static String lost(List<RowRun> ofRow, String policy) {
        long lost = ofRow.stream()
                .flatMap(run -> felt(run, policy))
                .mapToLong(StreamOutcome::noticed)
                .sum();
        return lost == 0 ? "" : " -" + lost;
    }

    private static Stream<StreamOutcome> felt(RowRun run, String policy) {
        return LabPlan.STREAMS.stream()
                .filter(stream -> stream.policy().equals(policy))
                .flatMap(stream ->
                        run.receivers(!run.row().isSender()).stream().map(receiver -> run.outcome(stream, receiver)));
    }

    private static List<Long> of(List<RowRun> ofRow, ToLongFunction<RowRun> figure) {
        return ofRow.stream().map(figure::applyAsLong).sorted().toList();
    }

    private static String both(List<Long> sortedNs) {
        return ms(median(sortedNs)) + " (" + ms(sortedNs.get(sortedNs.size() - 1)) + ")";
    }

    private static String ms(long ns) {
        return ns == RowRun.NEVER ? "never" : "%.0f".formatted(ns / MS);
    }

    private static long median(List<Long> sorted) {
        return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) / 2);
    }
}
