// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.engine.link.netty.Sockets;
import io.heliograph.engine.link.tls.CertificateAuthority;
import io.heliograph.engine.link.tls.NodeCertificates;
import io.heliograph.perf.bench.link.BareTransfer;
import io.heliograph.perf.bench.link.BridgeTransfer;
import io.heliograph.perf.bench.link.ReplayTransfer;
import io.heliograph.perf.bench.link.Way;
import io.heliograph.perf.bench.report.Row;
import io.heliograph.perf.bench.report.Series;
import io.heliograph.perf.bench.report.Target;
import io.heliograph.perf.bench.subject.Subjects;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The link half of a bridge, out of a journal and up to where packets would be published, against the same Netty writing as many octets
 * in buffers of 64 KiB and reading them into nothing: plain, and TLS 1.3 with each provider that is there, and over a long way that
 * loses segments. Loopback, one connection, rounds in turn.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public final class BridgeScenario implements Scenario {
    private static final String NETTY = "netty";
    private static final String NODE = "bench";
    private static final double WANTED = 0.6;
    private static final double WANTED_FAR = 0.9;
    private static final long QUICK_NS = 1_000_000_000L;
    private static final long FULL_NS = 3_000_000_000L;

    /** Made by the catalogue. */
    public BridgeScenario() {}

    @Override
    public String name() {
        return "bridge";
    }

    @Override
    public String summary() {
        return "MB/s of a bridge's link half, journal to ingress, plain and TLS, against the same Netty in 64 KiB writes";
    }

    @Override
    public List<Row> run(BenchRun run) {
        Path journals = run.lab().directory().resolve("journals");
        // Its journal is the one that is bridged.
        new ReplayTransfer(journals, Sockets.best(), NODE, null).close();
        List<Row> rows = new ArrayList<>(measure(run, journals, "plain", null, Way.NEAR));
        Path certificates = run.lab().directory().resolve("certs");
        new CertificateAuthority(certificates).issue("bench authority", List.of(NODE), 1, 1);
        rows.addAll(measure(
                run, journals, "TLS JDK", NodeCertificates.load(certificates, NODE, SslProvider.JDK), Way.NEAR));
        if (OpenSsl.isAvailable()) {
            rows.addAll(measure(
                    run,
                    journals,
                    "TLS BoringSSL",
                    NodeCertificates.load(certificates, NODE, SslProvider.OPENSSL),
                    Way.NEAR));
        } else {
            run.say("bridge TLS BoringSSL: left out, its library is not there");
        }
        rows.addAll(measure(run, journals, "far", null, Way.FAR));
        return rows;
    }

    private static List<Row> measure(
            BenchRun run, Path journals, String security, @Nullable NodeCertificates certificates, Way way) {
        Series bare = new Series(NETTY);
        Series bridge = new Series(Subjects.HELIOGRAPH);
        long roundNs = run.isQuick() ? QUICK_NS : FULL_NS;
        run.untilInterrupted(() -> {
            try (BareTransfer theirs = new BareTransfer(Sockets.best(), certificates);
                    BridgeTransfer ours = new BridgeTransfer(journals, Sockets.best(), NODE, certificates)) {
                for (int number = 0; number <= run.rounds(); number++) {
                    // The JDK's TLS is slow until it is compiled: the round that does not count is a long one.
                    long forNs = number == 0 ? 4 * roundNs : roundNs;
                    double there = theirs.megabytesPerSecond(forNs, way);
                    double here = ours.megabytesPerSecond(forNs, way);
                    run.say(String.format(
                            Locale.ROOT,
                            "%s, %s: netty %.0f MB/s, a bridge's link half %.0f MB/s",
                            security,
                            run.roundName(number),
                            there,
                            here));
                    if (number > 0) {
                        bare.add(there);
                        bridge.add(here);
                    }
                }
            }
        });
        return List.of(
                bare.row("bridge link half " + security, "throughput", "MB/s", bare),
                bridge.row("bridge link half " + security, "throughput", "MB/s", bare)
                        .withTarget(Target.ratioAtLeast(way == Way.FAR ? WANTED_FAR : WANTED)));
    }
}
