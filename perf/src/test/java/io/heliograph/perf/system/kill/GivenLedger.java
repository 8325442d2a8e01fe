// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.kill;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.collections.Long2LongHashMap;

/**
 * What a subscriber was given, over all lives of its process, by what {@code subscribe --print --json} says: checks that it is
 * each message once and in order, or a notice in its place, and keeps what each number had in it.
 *
 * <p><b>Thread:</b> lines are taken by one thread at a time; the figures are read by any.
 */
final class GivenLedger {
    private static final Pattern NUMBER = Pattern.compile("\"(\\w+)\":([0-9]+)");
    private static final int PROBLEMS = 10;
    private static final long NONE = 0;

    private final String name;
    private final Long2LongHashMap contents = new Long2LongHashMap(NONE);
    private final Set<Long> epochs = new ConcurrentSkipListSet<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final List<String> gaps = new CopyOnWriteArrayList<>();
    /** A message is whole when the next thing is said: its parts come one by one. */
    private long open = NONE;

    private long content;
    private boolean isLife;
    /** The last message that the life before has given, whole as far as one can tell or not. */
    private long reach;

    private volatile long last;
    private long lost;
    private volatile long ended;

    GivenLedger(String name) {
        this.name = name;
    }

    /** The process was started, or started again; what it said last may be half of something. */
    synchronized void beginLife() {
        isLife = false;
        reach = Math.max(last, open);
        open = NONE;
    }

    synchronized void take(String line) {
        if (!line.endsWith("}") || problems.size() > PROBLEMS) {
            return;
        }
        if (line.startsWith("{\"type\":\"message\"")) {
            message(number(line, "sequence"), line.substring(line.indexOf("\"message\"")));
        } else if (line.startsWith("{\"type\":\"gap\"")) {
            gap(number(line, "first"), number(line, "last"));
        } else if (line.startsWith("{\"type\":\"epoch\"")) {
            epoch(number(line, "epoch"), number(line, "next"));
        } else if (line.startsWith("{\"type\":\"end\"")) {
            whole();
            ended = number(line, "last");
            check(ended == last, "ended at " + ended + " behind " + last);
        }
    }

    /** The last message that was given or named as lost. */
    long last() {
        return last;
    }

    /** Messages that were named as lost. */
    synchronized long lost() {
        return lost;
    }

    /** The last message of the epoch, once its end was told. */
    long ended() {
        return ended;
    }

    Set<Long> epochs() {
        return epochs;
    }

    List<String> problems() {
        return problems;
    }

    /** What was in a number; 0 when it was not given. */
    synchronized long content(long sequence) {
        return contents.get(sequence);
    }

    synchronized int messages() {
        return contents.size();
    }

    @Override
    public synchronized String toString() {
        return name + " at " + last + ", lost " + gaps + ", problems " + problems;
    }

    private void message(long sequence, String text) {
        if (sequence != open) {
            whole();
            check(sequence == last + 1, sequence + " behind " + last);
            open = sequence;
            content = 1;
        }
        content = content * 0x100_0000_01B3L + text.hashCode();
    }

    private void gap(long first, long to) {
        whole();
        check(first == last + 1, "gap " + first + "-" + to + " behind " + last);
        lost += to - first + 1;
        gaps.add(first + "-" + to);
        last = to;
    }

    private void epoch(long epoch, long next) {
        whole();
        epochs.add(epoch);
        check(last == 0 || next <= reach + 1, "a life begins at " + next + " behind " + reach);
        check(!isLife, "a second epoch, " + epoch);
        isLife = true;
        last = next - 1;
    }

    /** The message that was open has all its parts. */
    private void whole() {
        if (open != NONE) {
            long before = contents.get(open);
            check(before == NONE || before == content, "two contents of " + open);
            contents.put(open, content == NONE ? 1 : content);
            last = open;
            open = NONE;
        }
    }

    private void check(boolean isRight, String problem) {
        if (!isRight) {
            problems.add(name + ": " + problem);
        }
    }

    private static long number(String line, String field) {
        Matcher matcher = NUMBER.matcher(line);
        while (matcher.find()) {
            if (matcher.group(1).equals(field)) {
                return Long.parseLong(matcher.group(2));
            }
        }
        throw new AssertionError("no " + field + " in " + line);
    }
}
