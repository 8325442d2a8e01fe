// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.link.StreamsTransfer;
import io.heliograph.perf.bench.report.Row;
import io.heliograph.perf.bench.report.Series;
import io.heliograph.perf.bench.report.Target;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a thousand streams cost on one link against one stream at the same total rate: processor time a packet of the
 * link half's four threads, while packets are appended to the journals as fast as that goes, and while they come evenly. Loopback, plain, rounds in turn.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public final class BridgeStreamsScenario implements Scenario {
    private static final int MANY = 1_000;
    private static final double WANTED = 1.5;
    private static final int PACKETS = 100_000;
    private static final int RATE = 10_000;

    /** Made by the catalogue. */
    public BridgeStreamsScenario() {}

    @Override
    public String name() {
        return "bridge-streams";
    }

    @Override
    public String summary() {
        return "what 1,000 streams on one bridge's link cost against one at the same rate: processor time a packet";
    }

    @Override
    public List<Row> run(BenchRun run) {
        Series oneFlatOut = new Series("one");
        Series manyFlatOut = new Series("1,000");
        Series oneCpu = new Series("one");
        Series manyCpu = new Series("1,000");
        long forNs = TimeUnit.MILLISECONDS.toNanos(run.measureMs());
        run.untilInterrupted(() -> {
            try (StreamsTransfer one = new StreamsTransfer(run.lab().directory().resolve("one"), 1);
                    StreamsTransfer many =
                            new StreamsTransfer(run.lab().directory().resolve("many"), MANY)) {
                for (int number = 0; number <= run.rounds(); number++) {
                    StreamsTransfer.Costs single = one.round(PACKETS, RATE, forNs);
                    StreamsTransfer.Costs all = many.round(PACKETS, RATE, forNs);
                    run.say(String.format(
                            Locale.ROOT,
                            "%s: flat out %.1f us of processors a packet, 1,000 streams %.1f; at %,d packets/s %.1f"
                                    + " a packet, 1,000 streams %.1f",
                            run.roundName(number),
                            single.flatOutCpuNs() / 1e3,
                            all.flatOutCpuNs() / 1e3,
                            RATE,
                            single.pacedCpuNs() / 1e3,
                            all.pacedCpuNs() / 1e3));
                    if (number > 0) {
                        oneFlatOut.add(single.flatOutCpuNs());
                        manyFlatOut.add(all.flatOutCpuNs());
                        oneCpu.add(single.pacedCpuNs());
                        manyCpu.add(all.pacedCpuNs());
                    }
                }
            }
        });
        return List.of(
                oneFlatOut.row("bridge streams flat out", "cpu a packet", "ns", oneFlatOut),
                manyFlatOut
                        .row("bridge streams flat out", "cpu a packet", "ns", oneFlatOut)
                        .withTarget(Target.ratioAtMost(WANTED)),
                oneCpu.row("bridge streams rate=" + RATE, "cpu a packet", "ns", oneCpu),
                manyCpu.row("bridge streams rate=" + RATE, "cpu a packet", "ns", oneCpu)
                        .withTarget(Target.ratioAtMost(WANTED)));
    }
}
