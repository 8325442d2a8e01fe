// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Shows how far work has come, on standard error: one line that is redrawn on a terminal, else a plain line every few
 * seconds. Work that takes less than a second shows nothing.
 *
 * <p><b>Thread:</b> one owner: the thread that works.
 *
 * <p><b>Allocation:</b> none but when a line is drawn: at most 5 times a second on a terminal, once in 5 s elsewhere. Call
 * {@link #update} once a batch, not once a message: it reads the clock.
 */
public final class Progress implements AutoCloseable {
    private static final long FIRST_AFTER_NS = 1_000_000_000L;
    private static final long TERMINAL_INTERVAL_NS = 200_000_000L;
    private static final long PLAIN_INTERVAL_NS = 5_000_000_000L;

    private final PrintStream out;
    private final String what;
    private final String unit;
    private final boolean isTerminal;
    private final NanoClock clock;
    private final long startNs;
    private long nextNs;
    private int drawnLength;

    Progress(PrintStream out, String what, String unit, boolean isTerminal, NanoClock clock) {
        this.out = out;
        this.what = what;
        this.unit = unit;
        this.isTerminal = isTerminal;
        this.clock = clock;
        this.startNs = clock.nanoTime();
        this.nextNs = startNs + (isTerminal ? FIRST_AFTER_NS : PLAIN_INTERVAL_NS);
    }

    /**
     * Progress on standard error.
     *
     * @param what is being done, such as {@code "publish itch"}.
     * @param unit of the counts, such as {@code "messages"}.
     * @return to be updated, and closed at the end.
     */
    public static Progress standard(String what, String unit) {
        return new Progress(System.err, what, unit, Terminal.isStandardError(), SystemNanoClock.INSTANCE);
    }

    /**
     * Shows how far it is, when it is time to.
     *
     * @param done units done so far.
     * @param total units in all; 0 where nobody knows.
     */
    public void update(long done, long total) {
        long nowNs = clock.nanoTime();
        if (nowNs - nextNs >= 0) {
            nextNs = nowNs + (isTerminal ? TERMINAL_INTERVAL_NS : PLAIN_INTERVAL_NS);
            draw(line(done, total, nowNs - startNs));
        }
    }

    /** Takes the progress line off the terminal, so that what is printed next stands on a line of its own. */
    public void clear() {
        if (drawnLength > 0) {
            out.print("\r" + " ".repeat(drawnLength) + "\r");
            out.flush();
            drawnLength = 0;
        }
    }

    @Override
    public void close() {
        clear();
    }

    private String line(long done, long total, long elapsedNs) {
        double seconds = elapsedNs / 1e9;
        String amount = total > 0
                ? String.format(Locale.ROOT, "%,d of %,d %s (%d %%)", done, total, unit, 100 * done / total)
                : String.format(Locale.ROOT, "%,d %s", done, unit);
        return String.format(Locale.ROOT, "%s: %s, %,.0f/s, %.0f s", what, amount, done / seconds, seconds);
    }

    private void draw(String line) {
        if (isTerminal) {
            String blanks = " ".repeat(Math.max(0, drawnLength - line.length()));
            out.print("\r" + line + blanks);
            // What stays to be wiped is the longest line so far.
            drawnLength = Math.max(drawnLength, line.length());
        } else {
            out.println(line);
        }
        out.flush();
    }
}
