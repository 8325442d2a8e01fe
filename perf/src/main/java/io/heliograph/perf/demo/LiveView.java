// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

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
    private static final int WHOLE = 100;

    /** Subscribers of the first site; the others are in the second. */
    private static final int NEAR = 4;

    private static final long PLAIN_NS = 2_000_000_000L;

    private final PrintStream out;
    private final boolean isTerminal;
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final List<String> picture = new ArrayList<>();
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

    void begin(DemoPlan plan, long messages) {
        startNs = clock.nanoTime();
        lastNs = startNs;
        plainAtNs = startNs + PLAIN_NS;
        print(format(
                "Two sites on this machine's loopback, ny and ldn, and a bridge of two paths.%n"
                        + "  ny   %,d messages%s at %,d/s, four subscribers;%n"
                        + "       the third joins late, the fourth is killed and comes back%n"
                        + "  ldn  a subscriber beyond the bridge, whose path 1 is cut and mended%n",
                messages, plan.source() == null ? " of a generated day" : " of " + plan.source(), plan.rate()));
    }

    /** Says something that stays, and when. */
    void say(String line) {
        print(format("%6.1f s  %s", (clock.nanoTime() - startNs) / 1e9, line));
    }

    private void print(String lines) {
        erase();
        out.println(lines);
        redraw();
    }

    void show(DemoCast cast) {
        List<SubscriberSnapshot> subscribers = cast.snapshots();
        long sent = cast.publisher().sent();
        long nowNs = clock.nanoTime();
        double seconds = Math.max(1e-3, (nowNs - lastNs) / 1e9);
        lastMessages = lastMessages.length == 0 ? new long[subscribers.size()] : lastMessages;
        picture.clear();
        composeProgress(sent, cast.part(), seconds, nowNs);
        composeHeader("site ny");
        for (int i = 0; i < NEAR; i++) {
            composeSubscriber(i, subscribers.get(i), seconds);
        }
        cast.journals().forEach(journal -> composeJournal(journal, sent));
        picture.add(" " + cast.path().words());
        picture.add(" site ldn");
        for (int i = NEAR; i < subscribers.size(); i++) {
            composeSubscriber(i, subscribers.get(i), seconds);
        }
        picture.add("");
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
            say(plain(cast, subscribers, sent));
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

    private void composeProgress(long sent, long part, double seconds, long nowNs) {
        int done = (int) (BAR * part / WHOLE);
        picture.add(format(
                " [%s%s] %d %%  %,d sent, %,.0f/s, %.0f s",
                "#".repeat(done),
                ".".repeat(BAR - done),
                part,
                sent,
                (sent - lastSent) / seconds,
                (nowNs - startNs) / 1e9));
        picture.add("");
    }

    /** No line is longer than 80 characters, and no picture has more lines than a small terminal. */
    private void composeHeader(String site) {
        picture.add(format(
                " %-14s %11s %9s %9s %9s %9s  %s", site, "received", "per s", "behind", "p50 us", "p99 us", "quality"));
    }

    private void composeSubscriber(int index, SubscriberSnapshot subscriber, double seconds) {
        picture.add(format(
                " %-14s %,11d %,9.0f %,9d %,9.0f %,9.0f  %s",
                "subscriber " + (index + 1),
                subscriber.messages(),
                Math.max(0, subscriber.messages() - lastMessages[index]) / seconds,
                subscriber.behind(),
                subscriber.p50Ns() / 1e3,
                subscriber.p99Ns() / 1e3,
                subscriber.status()));
    }

    private void composeJournal(JournalWatch journal, long sent) {
        picture.add(format(
                " %-14s %,11d %9s %,9d   %,.0f MB",
                "journal of " + journal.host(),
                journal.appended(),
                "",
                Math.max(0, sent - journal.appended()),
                journal.octets() / 1e6));
    }

    private void composeTops(SubscriberSnapshot subscriber) {
        picture.add(format(" %-10s %9s %12s   %-12s %s", "busiest", "bid size", "bid", "offer", "offer size"));
        for (SubscriberSnapshot.Top top : subscriber.tops()) {
            picture.add(format(
                    " %-10s %,9d %12.4f   %-12.4f %,d",
                    top.symbol(), top.bidSize(), top.bidPrice() / 1e9, top.askPrice() / 1e9, top.askSize()));
        }
    }

    private static String plain(DemoCast cast, List<SubscriberSnapshot> subscribers, long sent) {
        StringBuilder words = new StringBuilder(format("%d %%, %,d sent; received", cast.part(), sent));
        for (int i = 0; i < subscribers.size(); i++) {
            SubscriberSnapshot subscriber = subscribers.get(i);
            words.append(format("%s %d: %,d", i == 0 ? "" : ",", i + 1, subscriber.messages()));
            if (!subscriber.isLive()) {
                words.append(" (").append(subscriber.status()).append(')');
            }
        }
        return words.append("; ").append(cast.path().words()).toString();
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
