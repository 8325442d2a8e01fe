// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.engine.cli.JsonLine;
import io.heliograph.engine.stream.LeadHistogram;
import io.heliograph.engine.stream.LineStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says what each line has done, in a summary: a table, a verdict for each line that lost or lags, and JSON.
 *
 * <p><b>Thread:</b> the main thread.
 */
final class LineForensics {
    private static final String HEADER = "%-5s %14s %14s %10s %14s %14s %14s %8s %29s";
    private static final String ROW = "%-5s %,14d %,14d %,10d %,14d %,14d %14s %7.3f%% %,11.1f %,8.1f %,8.1f";

    private final List<LineStatistics> lines;

    LineForensics(List<LineStatistics> lines) {
        this.lines = lines;
    }

    /** The members of a line's object in the summary. */
    static void put(JsonLine object, LineStatistics line) {
        LeadHistogram leads = line.leads();
        object.put("name", line.name())
                .put("won", line.won())
                .put("packetsWon", line.packetsWon())
                .put("lost", line.lost())
                .put("duplicates", line.duplicates())
                .put("missing", line.missing())
                .put("lostOnlyHere", line.lostOnlyHere())
                .put("lostOnAll", line.lostOnAll())
                .put("repaired", line.repaired())
                .put("driverLosses", line.driverLosses())
                .put("driverLostOctets", line.driverLostOctets())
                .put("lossShare", line.lossShare())
                .put("leadMeanNs", leads.meanNs())
                .put("leadMaxNs", leads.maxNs())
                .object(
                        "leadNs",
                        lead -> lead.put("count", leads.count())
                                .put("p50", leads.atPercentileNs(50))
                                .put("p90", leads.atPercentileNs(90))
                                .put("p99", leads.atPercentileNs(99))
                                .put("max", leads.maxNs()))
                .objects(
                        "leadHistogram",
                        powers(leads),
                        (bucket, power) -> bucket.put("belowNs", 1L << power).put("leads", leads.countWithin(power)))
                .put("lateNs", line.lateNs())
                .put("skewAlarms", line.skewAlarms());
    }

    /** The table, and what an operator has to know, line by line. */
    List<String> text() {
        List<String> text = new ArrayList<>();
        text.add(format(
                HEADER,
                "line",
                "came first",
                "came later",
                "repeated",
                "lost only here",
                "lost on all",
                "NAK repaired",
                "loss",
                "ahead by us: p50, p99, max"));
        for (LineStatistics line : lines) {
            text.add(format(
                    ROW,
                    line.name(),
                    line.won(),
                    line.lost(),
                    line.duplicates(),
                    line.lostOnlyHere(),
                    line.lostOnAll(),
                    format(line.repaired() == 0 ? "%d" : "~%,d", line.repaired()),
                    line.lossShare() * 100,
                    line.leads().atPercentileNs(50) / 1e3,
                    line.leads().atPercentileNs(99) / 1e3,
                    line.leads().maxNs() / 1e3));
        }
        for (LineStatistics line : lines) {
            verdicts(text, line);
        }
        return text;
    }

    private void verdicts(List<String> text, LineStatistics line) {
        String name = "line " + line.name() + ": ";
        long all = lines.stream().mapToLong(LineStatistics::won).sum();
        if (all > 0 && line.won() + line.lost() == 0) {
            text.add(name + "has brought nothing: look at its NIC, cable and switch, and at the publisher's");
        }
        if (line.lostOnlyHere() > 0) {
            text.add(name + format("lost %,d messages that another line brought", line.lostOnlyHere()));
        }
        if (line.repaired() > 0) {
            text.add(name
                    + format(
                            "lost about %,d messages in %,d holes that NAK repaired: %,d octets",
                            line.repaired(), line.driverLosses(), line.driverLostOctets()));
        }
        if (line.lostOnAll() > 0) {
            text.add(name + format("lost %,d messages that no line brought in time: gone", line.lostOnAll()));
        }
        if (line.lateNs() > 0) {
            text.add(name
                    + format(
                            "IS LATE, constantly by %,.1f ms and more: no help when another line loses",
                            line.lateNs() / 1e6));
        } else if (line.skewAlarms() > 0) {
            text.add(name + format("was too late for a while, times: %,d", line.skewAlarms()));
        }
    }

    /** The powers of two below which there are leads. */
    private static List<Integer> powers(LeadHistogram leads) {
        List<Integer> powers = new ArrayList<>();
        for (int power = 0; power < Long.SIZE - 1; power++) {
            if (leads.countWithin(power) > 0) {
                powers.add(power);
            }
        }
        return powers;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
