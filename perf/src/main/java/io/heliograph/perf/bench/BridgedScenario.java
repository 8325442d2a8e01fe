// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.engine.link.netty.Sockets;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketsFlyweight;
import io.heliograph.perf.bench.link.BareDatagrams;
import io.heliograph.perf.bench.link.BareEcho;
import io.heliograph.perf.bench.link.BridgeTransfer;
import io.heliograph.perf.bench.link.BridgedLatency;
import io.heliograph.perf.bench.link.BridgedPath;
import io.heliograph.perf.bench.link.ReplayTransfer;
import io.heliograph.perf.bench.link.Way;
import io.heliograph.perf.bench.report.Row;
import io.heliograph.perf.bench.report.Series;
import io.heliograph.perf.bench.report.Target;
import io.heliograph.perf.bench.subject.Subjects;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The whole path of a bridge, two sites on loopback in one process, plain: messages a second from one site's journal to a handler in
 * the other, against what its link half and bare Aeron with full datagrams would allow one after the other on the same cores; and what
 * it adds to the latency of the first site, against half a round trip of bare Netty.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public final class BridgedScenario implements Scenario {
    private static final String ALLOWED = "halves";
    private static final String NETTY = "netty";
    private static final double SHARE = 0.6;
    private static final double LEAST_MESSAGES = 4_000_000;
    private static final double MOST_ADDED = 2.5;
    private static final int PACKETS = 200_000;
    private static final int QUICK_PACKETS = 80_000;
    private static final int RATE = 10_000;
    private static final int WARMUPS = 20_000;

    /** A packet of one message in a frame of its own, as it goes over the link. */
    private static final int FRAME = PacketsFlyweight.ENTRIES_OFFSET
            + PacketsFlyweight.LENGTH_PREFIX
            + PacketFlyweight.HEADER_LENGTH
            + PacketFlyweight.LENGTH_PREFIX
            + 36;

    /** Octets of a message of 36 in a full datagram of 35 of them. */
    private static final double OCTETS_A_MESSAGE =
            36 + PacketFlyweight.LENGTH_PREFIX + PacketFlyweight.HEADER_LENGTH / 35.0;

    /** Made by the catalogue. */
    public BridgedScenario() {}

    @Override
    public String name() {
        return "bridged";
    }

    @Override
    public String summary() {
        return "the whole path of a bridge: messages/s against its link half and bare Aeron; latency added, against half a Netty echo";
    }

    @Override
    public List<Row> run(BenchRun run) {
        List<Row> rows = new ArrayList<>();
        rows.addAll(throughput(run));
        rows.addAll(latency(run));
        return rows;
    }

    private static List<Row> throughput(BenchRun run) {
        Path journals = run.lab().directory().resolve("bridged-journals");
        new ReplayTransfer(journals, Sockets.best(), "bench", null).close();
        Series allowed = new Series(ALLOWED);
        Series ours = new Series(Subjects.HELIOGRAPH);
        long forNs = TimeUnit.MILLISECONDS.toNanos(run.measureMs());
        run.untilInterrupted(() -> {
            for (int number = 0; number <= run.rounds(); number++) {
                double link = linkHalf(journals, forNs);
                double aeron =
                        BareDatagrams.messagesPerSecond(run.lab().directory().resolve("bare-" + number), forNs);
                Path directory = run.lab().directory().resolve("bridged-" + number);
                double whole = BridgedPath.messagesPerSecond(directory, run.isQuick() ? QUICK_PACKETS : PACKETS);
                double both = 1 / (1 / link + 1 / aeron);
                run.say(String.format(
                        Locale.ROOT,
                        "%s: link half %.2f M/s, bare Aeron %.2f M/s, together %.2f M/s; the whole path %.2f M/s",
                        run.roundName(number),
                        link / 1e6,
                        aeron / 1e6,
                        both / 1e6,
                        whole / 1e6));
                if (number > 0) {
                    allowed.add(both);
                    ours.add(whole);
                }
            }
        });
        return List.of(
                allowed.row("bridged", "throughput", "messages/s", allowed),
                ours.row("bridged", "throughput", "messages/s", allowed).withTarget(Target.ratioAtLeast(SHARE)),
                ours.row("bridged alone", "throughput", "messages/s", allowed)
                        .withTarget(Target.valueAtLeast(LEAST_MESSAGES)));
    }

    private static double linkHalf(Path journals, long forNs) {
        try (BridgeTransfer link = new BridgeTransfer(journals, Sockets.best(), "bench", null)) {
            return link.megabytesPerSecond(forNs, Way.NEAR) * 1e6 / OCTETS_A_MESSAGE;
        }
    }

    private static List<Row> latency(BenchRun run) {
        Series half = new Series(NETTY);
        Series added = new Series(Subjects.HELIOGRAPH);
        int count = (int) (RATE * run.measureMs() / 1_000);
        run.untilInterrupted(() -> {
            for (int number = 0; number <= run.rounds(); number++) {
                double echo = BareEcho.roundTrips(FRAME, RATE, WARMUPS, count).getValueAtPercentile(50) / 2.0;
                Path directory = run.lab().directory().resolve("latency-" + number);
                BridgedLatency both = BridgedLatency.measure(directory, RATE, WARMUPS, count);
                long near = both.near().getValueAtPercentile(50);
                long far = both.far().getValueAtPercentile(50);
                run.say(String.format(
                        Locale.ROOT,
                        "%s: p50 in the same site %.1f us, over the bridge %.1f us; half a Netty echo %.1f us",
                        run.roundName(number),
                        near / 1e3,
                        far / 1e3,
                        echo / 1e3));
                if (number > 0) {
                    half.add(echo);
                    added.add((double) far - near);
                }
            }
        });
        return List.of(
                half.row("bridged latency rate=" + RATE, "p50", "ns", half),
                added.row("bridged latency rate=" + RATE, "p50", "ns", half)
                        .withTarget(Target.ratioAtMost(MOST_ADDED)));
    }
}
