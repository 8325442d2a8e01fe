// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.report.Row;
import io.heliograph.perf.bench.report.Series;
import io.heliograph.perf.bench.report.Target;
import io.heliograph.perf.bench.subject.Subjects;
import io.heliograph.perf.bench.subject.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Messages of 36 bytes a second, publisher to handler, closed loop and lossless: Heliograph packs them, bare Aeron gets one
 * {@code offer} a message. Heliograph on one line or on two with arbitration, bare Aeron always on one.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public final class ThroughputScenario implements Scenario {
    private static final int LENGTH = 36;
    private static final int ETHERNET_MTU = 1_500;
    private static final int JUMBO_MTU = 9_000;

    private final String name;
    private final int lines;
    private final int nicMtu;

    private ThroughputScenario(String name, int lines, int nicMtu) {
        this.name = name;
        this.lines = lines;
        this.nicMtu = nicMtu;
    }

    /**
     * One line, packets of 1,408 bytes.
     *
     * @return the scenario.
     */
    public static ThroughputScenario oneLine() {
        return new ThroughputScenario("throughput", 1, ETHERNET_MTU);
    }

    /**
     * Two lines with arbitration, packets of 1,408 bytes.
     *
     * @return the scenario.
     */
    public static ThroughputScenario twoLines() {
        return new ThroughputScenario("throughput-two-lines", 2, ETHERNET_MTU);
    }

    /**
     * One line, packets of 8,192 bytes.
     *
     * @return the scenario.
     */
    public static ThroughputScenario jumbo() {
        return new ThroughputScenario("throughput-jumbo", 1, JUMBO_MTU);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return "messages/s of " + LENGTH + " bytes, "
                + (lines == 1 ? "one line" : "two lines with arbitration against bare Aeron on one") + ", packets of "
                + packetLength() + " bytes";
    }

    @Override
    public List<Row> run(BenchRun run) {
        List<Row> rows = new ArrayList<>();
        for (Threads threads : run.threads()) {
            rows.addAll(measure(run, threads));
        }
        return rows;
    }

    private List<Row> measure(BenchRun run, Threads threads) {
        String scenario = name + " " + threads.label() + " " + run.lab().network() + " mtu=" + packetLength();
        ControlLine round = new ControlLine("run")
                .with("length", LENGTH)
                .with("warmupMs", run.warmupMs())
                .with("measureMs", run.measureMs());
        Series aeron = new Series(Subjects.AERON);
        Series heliograph = new Series(Subjects.HELIOGRAPH);
        Contest contest = Contest.againstAeron(run, scenario, settings(run, threads, 1), settings(run, threads, lines));
        for (Contest.Pairing pairing :
                contest.hold("flat-out", round, run.warmupMs() + run.measureMs(), ThroughputScenario::millions)) {
            take(pairing.baseline(), aeron);
            take(pairing.subject(), heliograph);
        }
        return List.of(
                aeron.row(scenario, "throughput", "messages/s", aeron),
                heliograph.row(scenario, "throughput", "messages/s", aeron).withTarget(target(threads)));
    }

    private ControlLine settings(BenchRun run, Threads threads, int subjectLines) {
        return new ControlLine("open")
                .withAll(run.lab().places(subjectLines, nicMtu))
                .with("threads", threads.label())
                .with("flow", "min");
    }

    private @Nullable Target target(Threads threads) {
        if (nicMtu == JUMBO_MTU) {
            return threads == Threads.SHARED_NETWORK ? null : Target.valueAtLeast(30e6);
        }
        if (lines > 1) {
            return Target.ratioAtLeast(1.2);
        }
        return Target.ratioAtLeast(threads == Threads.INVOKED ? 2.3 : 2.4);
    }

    private int packetLength() {
        return nicMtu == JUMBO_MTU ? 8_192 : 1_408;
    }

    private static void take(Reading reading, Series series) {
        series.add(perSecond(reading));
        long breaks = reading.received().number("breaks");
        series.fault(breaks == 0 ? "" : "the order broke " + breaks + " times: " + reading.received());
    }

    private static double perSecond(Reading reading) {
        return reading.received().number("messages") * 1e9 / reading.received().number("ns");
    }

    private static String millions(Reading reading) {
        return String.format(Locale.ROOT, "%.2f M/s", perSecond(reading) / 1e6);
    }
}
