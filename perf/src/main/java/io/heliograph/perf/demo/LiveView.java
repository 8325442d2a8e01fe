// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.config.Line;
import io.heliograph.config.Lines;
import io.heliograph.config.Topology;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Shows a running demo: a picture that is redrawn on a terminal, else a plain line every two seconds.
 *
 * <p><b>Thread:</b> the main thread.
 */
public final class LiveView {
    private static final int BAR = 28;
    private static final long PLAIN_NS = 2_000_000_000L;

    private final PrintStream out;
    private final boolean isTerminal;
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final List<String> picture = new ArrayList<>();
    private long total;
    private long startNs;
    private long lastNs;
    private long plainAtNs;
    private long lastSent;
    private long[] lastMessages = new long[0];
    private int drawn;

    /**
     * A view that shows nothing yet.
     *
     * @param out where it is shown.
     * @param isTerminal whether lines can be redrawn there.
     */
    public LiveView(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    void begin(DemoPlan plan, long messages, Topology topology) {
        total = messages;
        startNs = clock.nanoTime();
        lastNs = startNs;
        plainAtNs = startNs + PLAIN_NS;
        StringBuilder lines = new StringBuilder();
        for (Line line : Lines.of(topology, topology.streams().get(0))) {
            lines.append(" ")
                    .append(line.name())
                    .append(' ')
                    .append(line.group().getHostAddress())
                    .append(':')
                    .append(line.port());
        }
        say(format(
                "%,d messages %s at %,d/s; on loopback, lines%s;%n"
                        + "a publisher, a journal, 4 subscribers: one joins late, one is killed and comes back",
                messages,
                plan.source() == null ? "of a generated day, seed " + plan.seed() : "of " + plan.source(),
                plan.rate(),
                lines));
    }

    /** Says something that stays. */
    void say(String line) {
        erase();
        out.println(line);
        redraw();
    }

    void show(DemoCast cast) {
        List<SubscriberSnapshot> subscribers = cast.snapshots();
        long sent = cast.publisher().sent();
        long nowNs = clock.nanoTime();
        double seconds = Math.max(1e-3, (nowNs - lastNs) / 1e9);
        lastMessages = lastMessages.length == 0 ? new long[subscribers.size()] : lastMessages;
        picture.clear();
        composeProgress(sent, seconds, nowNs);
        composeSubscribers(subscribers, seconds);
        composeJournal(cast.journal(), sent);
        composeTops(subscribers.get(0));
        lastNs = nowNs;
        lastSent = sent;
        for (int i = 0; i < subscribers.size(); i++) {
            lastMessages[i] = subscribers.get(i).messages();
        }
        if (isTerminal) {
            erase();
            redraw();
        } else if (nowNs - plainAtNs >= 0) {
            plainAtNs = nowNs + PLAIN_NS;
            out.println(picture.get(0).trim() + "; " + String.join("; ", plain(subscribers)));
        }
    }

    /** The last picture, which stays. */
    void end(DemoCast cast) {
        if (isTerminal) {
            show(cast);
        }
        picture.clear();
        drawn = 0;
    }

    private void composeProgress(long sent, double seconds, long nowNs) {
        int done = (int) (BAR * sent / Math.max(1, total));
        picture.add(format(
                " [%s%s] %d %%  %,d sent, %,.0f/s, %.0f s",
                "#".repeat(done),
                ".".repeat(BAR - done),
                100 * sent / Math.max(1, total),
                sent,
                (sent - lastSent) / seconds,
                (nowNs - startNs) / 1e9));
        picture.add("");
    }

    /** No line is longer than 80 characters. */
    private void composeSubscribers(List<SubscriberSnapshot> subscribers, double seconds) {
        picture.add(format(
                " %-12s %11s %10s %10s %9s %9s  %s", "", "received", "per s", "behind", "p50 us", "p99 us", "quality"));
        for (int i = 0; i < subscribers.size(); i++) {
            SubscriberSnapshot subscriber = subscribers.get(i);
            picture.add(format(
                    " %-12s %,11d %,10.0f %,10d %,9.1f %,9.1f  %s",
                    "subscriber " + (i + 1),
                    subscriber.messages(),
                    Math.max(0, subscriber.messages() - lastMessages[i]) / seconds,
                    subscriber.behind(),
                    subscriber.p50Ns() / 1e3,
                    subscriber.p99Ns() / 1e3,
                    subscriber.status()));
        }
    }

    private void composeJournal(DemoJournal journal, long sent) {
        picture.add(format(
                " %-12s %,11d %10s %,10d   %,.0f MB",
                "journal", journal.appended(), "", Math.max(0, sent - journal.appended()), journal.octets() / 1e6));
        picture.add("");
    }

    private void composeTops(SubscriberSnapshot subscriber) {
        picture.add(format(" %-10s %9s %12s   %-12s %s", "busiest", "bid size", "bid", "offer", "offer size"));
        for (SubscriberSnapshot.Top top : subscriber.tops()) {
            picture.add(format(
                    " %-10s %,9d %12.4f   %-12.4f %,d",
                    top.symbol(), top.bidSize(), top.bidPrice() / 1e9, top.askPrice() / 1e9, top.askSize()));
        }
    }

    private static List<String> plain(List<SubscriberSnapshot> subscribers) {
        List<String> words = new ArrayList<>();
        for (SubscriberSnapshot subscriber : subscribers) {
            words.add(format(
                    "subscriber %d: %,d, %s, behind %,d, lost %,d, p50 %.1f us",
                    words.size() + 1,
                    subscriber.messages(),
                    subscriber.status(),
                    subscriber.behind(),
                    subscriber.lost(),
                    subscriber.p50Ns() / 1e3));
        }
        return words;
    }

    private void erase() {
        if (drawn > 0) {
            out.print("\033[" + drawn + "A\033[J");
            drawn = 0;
        }
    }

    private void redraw() {
        if (isTerminal) {
            // Without wrapping, or a narrow terminal would draw more lines than are erased.
            out.print("\033[?7l");
            picture.forEach(out::println);
            out.print("\033[?7h");
            drawn = picture.size();
        }
        out.flush();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
