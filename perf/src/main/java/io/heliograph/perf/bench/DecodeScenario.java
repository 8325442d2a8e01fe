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
 * ITCH decoding against Juncture's decoder: the same file, every field of every message read into a checksum that has to be
 * equal.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public final class DecodeScenario implements Scenario {
    private static final String JUNCTURE = "juncture";
    private static final long MESSAGES = 1_200_000;
    private static final int SYMBOLS = 8_000;
    private static final long SEED = 50;

    @Override
    public String name() {
        return "decode";
    }

    @Override
    public String summary() {
        return "ITCH messages/s, every field read, against Juncture's decoder; equal checksums";
    }

    @Override
    public List<Row> run(BenchRun run) {
        Series juncture = new Series(JUNCTURE);
        Series heliograph = new Series(Subjects.HELIOGRAPH);
        run.untilInterrupted(() -> measure(run, juncture, heliograph));
        return List.of(
                juncture.row("decode itch50", "throughput", "messages/s", juncture),
                heliograph
                        .row("decode itch50", "throughput", "messages/s", juncture)
                        .withTarget(Target.ratioAtLeast(3)));
    }

    private static void measure(BenchRun run, Series juncture, Series heliograph) {
        Path file = run.lab().directory().resolve("decode.itch50");
        FeedFile.write(file, ItchDay.of(SEED, MESSAGES, SYMBOLS));
        ControlLine settings = new ControlLine("open").with("role", "decode").with("file", file);
        ControlLine round = new ControlLine("run").with("repeats", run.isQuick() ? 5 : 20);
        try (SoloProcess peer = process(run, JUNCTURE, settings);
                SoloProcess ours = process(run, Subjects.HELIOGRAPH, settings)) {
            for (int number = 0; number <= run.rounds(); number++) {
                ControlLine theirs = peer.round(round);
                ControlLine own = ours.round(round);
                run.say(String.format(
                        Locale.ROOT,
                        "decode, %s: juncture %.1f M/s, heliograph %.1f M/s",
                        run.roundName(number),
                        SoloProcess.perSecond(theirs) / 1e6,
                        SoloProcess.perSecond(own) / 1e6));
                if (number > 0) {
                    juncture.add(SoloProcess.perSecond(theirs));
                    heliograph.add(SoloProcess.perSecond(own));
                    heliograph.fault(difference(theirs, own));
                }
            }
        }
    }

    private static SoloProcess process(BenchRun run, String subject, ControlLine settings) {
        return new SoloProcess(
                run,
                "decode " + subject,
                new ControlLine("open").withAll(settings).with("subject", subject));
    }

    private static String difference(ControlLine theirs, ControlLine own) {
        boolean isSame = theirs.text("checksum").equals(own.text("checksum"))
                && theirs.number("messages") == own.number("messages")
                && own.number("messages") % MESSAGES == 0;
        return isSame ? "" : "checksums differ: juncture " + theirs + ", heliograph " + own;
    }
}
