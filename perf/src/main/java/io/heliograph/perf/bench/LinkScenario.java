// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.engine.link.netty.Sockets;
import io.heliograph.engine.link.tls.CertificateAuthority;
import io.heliograph.engine.link.tls.NodeCertificates;
import io.heliograph.perf.bench.link.BareTransfer;
import io.heliograph.perf.bench.link.LinkTransfer;
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
 * Answers in pages of 64 KiB over a link, and a replay out of a journal over one, against the same Netty writing as many octets in
 * buffers of 64 KiB and reading them into nothing: plain, and TLS 1.3 with each provider that is there. Loopback, one connection, a
 * thread for each end and one that reads the journal, rounds in turn.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public final class LinkScenario implements Scenario {
    private static final String NETTY = "netty";
    private static final String NODE = "bench";
    private static final long QUICK_NS = 1_000_000_000L;
    private static final long FULL_NS = 3_000_000_000L;

    /** Made by the catalogue. */
    public LinkScenario() {}

    @Override
    public String name() {
        return "link";
    }

    @Override
    public String summary() {
        return "MB/s of answers and of replay over a link, plain and TLS, against the same Netty in 64 KiB writes";
    }

    @Override
    public List<Row> run(BenchRun run) {
        List<Row> rows = new ArrayList<>(measure(run, "plain", null));
        Path certificates = run.lab().directory().resolve("certs");
        new CertificateAuthority(certificates).issue("bench authority", List.of(NODE), 1, 1);
        rows.addAll(measure(run, "TLS JDK", NodeCertificates.load(certificates, NODE, SslProvider.JDK)));
        if (OpenSsl.isAvailable()) {
            rows.addAll(measure(run, "TLS BoringSSL", NodeCertificates.load(certificates, NODE, SslProvider.OPENSSL)));
        } else {
            run.say("link TLS BoringSSL: left out, its library is not there");
        }
        return rows;
    }

    private static List<Row> measure(BenchRun run, String security, @Nullable NodeCertificates certificates) {
        Series bare = new Series(NETTY);
        Series link = new Series(Subjects.HELIOGRAPH);
        Series replay = new Series(Subjects.HELIOGRAPH);
        Path journals = run.lab().directory().resolve("journals");
        long roundNs = run.isQuick() ? QUICK_NS : FULL_NS;
        run.untilInterrupted(() -> {
            try (BareTransfer theirs = new BareTransfer(Sockets.best(), certificates);
                    LinkTransfer ours = new LinkTransfer(Sockets.best(), NODE, certificates);
                    ReplayTransfer journal = new ReplayTransfer(journals, Sockets.best(), NODE, certificates)) {
                for (int number = 0; number <= run.rounds(); number++) {
                    // The JDK's TLS is slow until it is compiled: the round that does not count is a long one.
                    long forNs = number == 0 ? 4 * roundNs : roundNs;
                    double there = theirs.megabytesPerSecond(forNs, Way.NEAR);
                    double here = ours.megabytesPerSecond(forNs);
                    double replayed = journal.megabytesPerSecond(forNs);
                    run.say(String.format(
                            Locale.ROOT,
                            "%s, %s: netty %.0f MB/s, a link %.0f MB/s, replay %.0f MB/s",
                            security,
                            run.roundName(number),
                            there,
                            here,
                            replayed));
                    if (number > 0) {
                        bare.add(there);
                        link.add(here);
                        replay.add(replayed);
                    }
                }
            }
        });
        return List.of(
                bare.row("link " + security, "throughput", "MB/s", bare),
                link.row("link " + security, "throughput", "MB/s", bare).withTarget(Target.ratioAtLeast(0.7)),
                bare.row("replay " + security, "throughput", "MB/s", bare),
                replay.row("replay " + security, "throughput", "MB/s", bare).withTarget(Target.ratioAtLeast(0.7)));
    }
}
