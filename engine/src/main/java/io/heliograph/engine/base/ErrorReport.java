// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;

/**
 * Says errors once and counts them: a link that is down makes a media driver throw 241,000 times a second, and none of
 * that may fill a disk or a terminal. An error is said when it is seen first; while it goes on, again after 10 s, and then
 * after ten times as long each time, up to an hour, with how often it was seen.
 *
 * <p><b>Thread:</b> any thread.
 *
 * <p><b>Allocation:</b> a key per error; at most {@value #DISTINCT_LIMIT} distinct errors are told apart, later ones count
 * together.
 *
 * <p><b>Failure:</b> never throws, as long as what it says errors to does not.
 */
public final class ErrorReport implements ErrorHandler {
    private static final int DISTINCT_LIMIT = 256;
    private static final long FIRST_REPEAT_NS = 10_000_000_000L;
    private static final long LAST_REPEAT_NS = 3_600_000_000_000L;
    private static final String OTHERS = "further distinct errors";

    private final String who;
    private final Consumer<String> out;
    private final NanoClock clock;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong total = new AtomicLong();

    /**
     * A report without errors.
     *
     * @param who reports: begins each line.
     * @param out takes the lines, on the thread of the error.
     * @param clock tells when an error may be said again.
     */
    public ErrorReport(String who, Consumer<String> out, NanoClock clock) {
        this.who = who;
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void onError(Throwable error) {
        String message = error.getMessage();
        report(message == null ? error.getClass().getSimpleName() : message);
    }

    /**
     * Counts an error, and says it when it is new or has not been said for long.
     *
     * @param what happened: the same words for the same error.
     */
    public void report(String what) {
        total.getAndIncrement();
        String key = entries.containsKey(what) || entries.size() < DISTINCT_LIMIT ? what : OTHERS;
        Entry entry = entries.computeIfAbsent(key, unseen -> new Entry());
        long count = entry.count.incrementAndGet();
        if (entry.isToBeSaid(count, clock.nanoTime())) {
            out.accept(who + ": " + key + (count == 1 ? "" : " (seen " + count + " times so far)"));
        }
    }

    /**
     * Errors so far.
     *
     * @return all, whether said or not.
     */
    public long total() {
        return total.get();
    }

    /**
     * How often one error was seen.
     *
     * @param what its words.
     * @return 0 and up.
     */
    public long count(String what) {
        Entry entry = entries.get(what);
        return entry == null ? 0 : entry.count.get();
    }

    private static final class Entry {
        final AtomicLong count = new AtomicLong();
        private long nextNs;
        private long repeatNs = FIRST_REPEAT_NS;

        synchronized boolean isToBeSaid(long seen, long nowNs) {
            if (seen > 1 && nowNs - nextNs < 0) {
                return false;
            }
            nextNs = nowNs + repeatNs;
            repeatNs = Math.min(LAST_REPEAT_NS, 10 * repeatNs);
            return true;
        }
    }
}
