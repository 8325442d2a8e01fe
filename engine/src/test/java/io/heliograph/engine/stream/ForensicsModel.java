// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.DirectBuffer;

/**
 * What each line has done, by naive books of every message: what has arrived where and when, what was delivered and what was named
 * lost. Not a line of the code that it checks; nothing is forgotten.
 */
final class ForensicsModel implements MessageHandler, StreamListener {
    private final long markEveryNs;
    private final List<Line> lines = new ArrayList<>();
    private final Set<Long> delivered = new HashSet<>();
    private final Set<Long> givenUp = new HashSet<>();
    private final List<Mark> marks = new ArrayList<>();
    private long next;
    private long nextBefore;
    private int winner;
    private long elapsedNs;

    /** @param markEveryNs how often leads are taken at most. */
    ForensicsModel(int lineCount, long markEveryNs) {
        this.markEveryNs = markEveryNs;
        for (int line = 0; line < lineCount; line++) {
            lines.add(new Line());
        }
    }

    /** How far the stream has come, when, by whom; and which lines have not come as far so far. */
    private record Mark(long next, long atNs, int winner, Set<Integer> behind) {}

    /** Everything a line has brought. */
    static final class Line {
        final Set<Long> arrived = new TreeSet<>();
        final List<Long> leadsNs = new ArrayList<>();
        final Set<Long> packets = new HashSet<>();
        long origin;
        long reached;
        long won;

        Set<Long> missing() {
            Set<Long> missing = new TreeSet<>();
            for (long sequence = origin; sequence < reached; sequence++) {
                if (!arrived.contains(sequence)) {
                    missing.add(sequence);
                }
            }
            return missing;
        }
    }

    Line line(int line) {
        return lines.get(line);
    }

    long missingAndGivenUp(int line) {
        return lines.get(line).missing().stream().filter(givenUp::contains).count();
    }

    long missingAndDelivered(int line) {
        return lines.get(line).missing().stream().filter(delivered::contains).count();
    }

    long delivered() {
        return delivered.size();
    }

    long givenUp() {
        return givenUp.size();
    }

    /** A line brings messages, or says what comes next. */
    void onArrival(int of, long first, long end) {
        Line line = lines.get(of);
        if (line.reached == 0) {
            line.origin = first;
        }
        for (long sequence = first; sequence < end; sequence++) {
            line.arrived.add(sequence);
        }
        line.reached = Math.max(line.reached, end);
    }

    /** A duty cycle is over. */
    void onCycle(long nowNs) {
        elapsedNs = nowNs;
        boolean isTimeToMark = marks.isEmpty() || nowNs - marks.get(marks.size() - 1).atNs >= markEveryNs;
        if (next != nextBefore && isTimeToMark) {
            Set<Integer> behind = new HashSet<>();
            for (int line = 0; line < lines.size(); line++) {
                behind.add(line);
            }
            marks.add(new Mark(next, nowNs, winner, behind));
        }
        nextBefore = next;
        for (Mark mark : marks) {
            mark.behind.removeIf(line -> hasReached(line, mark));
        }
    }

    private boolean hasReached(int line, Mark mark) {
        boolean hasReached = lines.get(line).reached >= mark.next;
        if (hasReached && line != mark.winner) {
            lines.get(mark.winner).leadsNs.add(elapsedNs - mark.atNs);
        }
        return hasReached;
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, MessageHeader header) {
        Line line = lines.get(header.line());
        line.won++;
        if (header.isEndOfPacket()) {
            line.packets.add(header.sequence());
        }
        delivered.add(header.sequence());
        winner = header.line();
        next = header.sequence() + 1;
    }

    @Override
    public void onGap(long epoch, long first, long last) {
        for (long sequence = first; sequence <= last; sequence++) {
            givenUp.add(sequence);
        }
        next = last + 1;
    }

    @Override
    public void onEpochStart(long epoch, long first) {
        next = first;
        nextBefore = first;
    }
}
