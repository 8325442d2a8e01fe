// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Walks over a journal's records, cycle by cycle, and checks each. The files are the queue's, read here without it: what of its own is
 * damaged, such as a length or an index, hides no record, because each is known by its magic and its CRC.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none but with a new cycle, and where something is damaged.
 *
 * <p><b>Failure:</b> {@link #DAMAGED} for a record whose octets are not what was written, or for octets that are no record, and
 * {@link #problem} says why; then {@link #next} goes on at the next sound one.
 */
final class RecordCursor implements AutoCloseable {
    /** Nothing there so far. */
    static final int NONE = 0;

    /** A packet that may be read. */
    static final int PACKET = 1;

    /** Something that may not. */
    static final int DAMAGED = 2;

    /** This cycle is over. */
    private static final int LEFT = 3;

    private static final int METADATA = 1 << 30;
    private static final int LENGTH_MASK = METADATA - 1;

    /** The queue's mark behind the last document of a cycle. */
    private static final int END_MARK = 0xC000_0000;

    /** None of the queue's own documents is longer: an index of 8,192 places, and its name. */
    private static final int MAX_METADATA = 1 << 17;

    /** How far behind an end that may be none is looked while somebody may append there. */
    private static final int NEAR = 4 * RecordCheck.MAX_LENGTH;

    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SCAN_NS = TimeUnit.SECONDS.toNanos(1);

    private final Path directory;
    private final CycleList cycles;
    private final FileWindow window = new FileWindow();
    private final RecordCheck check = new RecordCheck(window);
    private final RecordScan scan = new RecordScan(window, check);
    private @Nullable CycleFile file;
    /** Of the file that is open or was left; -1 before the first. */
    private int cycle = -1;
    /** Nothing behind this cycle is read. */
    private boolean isBound;
    /** Nobody appends: what looks like an end is one, or damaged. */
    private boolean isQuiet;

    /** Where the next header is. */
    private long at;
    /** Everything before is known: nothing was passed over there. */
    private long known;
    /** Where a record begins whose header says something else; -1: none. */
    private long found = -1;
    /** From where on a sound record is looked for; -1: it is not. */
    private long scanFrom = -1;

    private long scannedAtNs;
    private long lookedAtNs;
    private boolean isLooked;
    /** When what lies behind the moment's end was searched for records. */
    private long searchedAtNs;
    /** The last of these ends. */
    private long endedAt;

    private boolean isSearched;
    private long nextRecord;
    private long record = -1;
    private long position;
    private String problem = "";

    RecordCursor(Path directory, CycleList cycles) {
        this.directory = directory;
        this.cycles = cycles;
    }

    /** One for who holds the journal's lock: nobody appends. */
    static RecordCursor quiet(Path directory, CycleList cycles) {
        RecordCursor cursor = new RecordCursor(directory, cycles);
        cursor.isQuiet = true;
        return cursor;
    }

    /** Moves to the journal's first record. */
    void toStart() {
        leave();
        cycle = -1;
        isBound = false;
    }

    /** Moves to a cycle's first record, and stays in the cycle; false when it is gone. */
    boolean over(int ofCycle) {
        isBound = true;
        return enter(ofCycle);
    }

    /** Moves so that {@link #next} takes the record of a place; false when the file does not reach it, or is gone. */
    boolean moveTo(int toCycle, long toRecord, long toPosition) {
        CycleFile open = file;
        if ((open == null || cycle != toCycle) && !enter(toCycle)) {
            return false;
        }
        open = file;
        if (open == null || !isPlausible(toPosition)) {
            return false;
        }
        begin(toPosition - RecordCheck.HEADER, toRecord);
        return window.take(open, at, RecordCheck.HEADER);
    }

    /** Takes the next record. */
    int next() {
        while (true) {
            CycleFile open = file;
            if (open == null) {
                if (isBound || !enterNext()) {
                    return NONE;
                }
                continue;
            }
            int kind = scanFrom >= 0 ? scanOn(open) : step(open);
            if (kind != LEFT) {
                return kind;
            }
            if (isBound) {
                return NONE;
            }
            leave();
        }
    }

    /** The cycle of the record at hand; -1 before the first. */
    int cycle() {
        return cycle;
    }

    /** The number of the record at hand in its cycle; behind damage, as far as it can be known. */
    long record() {
        return record;
    }

    /** Where in its cycle's file the record at hand begins. */
    long position() {
        return position;
    }

    /** Where in its cycle's file the next one's header will be. */
    long end() {
        return at;
    }

    /** The packet at hand, from 0 on. */
    UnsafeBuffer packet() {
        return check.packet();
    }

    int length() {
        return check.length();
    }

    /** What is wrong with what is at hand: file, number, reason. */
    String problem() {
        return problem;
    }

    @Override
    public void close() {
        leave();
    }

    private boolean isPlausible(long toPosition) {
        return toPosition >= RecordCheck.HEADER && toPosition % RecordCheck.HEADER == 0;
    }

    private boolean enterNext() {
        for (int next = cycles.after(cycle); next >= 0; next = cycles.after(next)) {
            if (enter(next)) {
                return true;
            }
        }
        return false;
    }

    private boolean enter(int toCycle) {
        leave();
        cycle = toCycle;
        file = CycleFile.open(directory, toCycle);
        begin(0, 0);
        return file != null;
    }

    private void begin(long toHeader, long toRecord) {
        window.clear();
        at = toHeader;
        known = toHeader;
        nextRecord = toRecord;
        found = -1;
        scanFrom = -1;
        isLooked = false;
        isSearched = false;
    }

    private void leave() {
        CloseHelper.quietClose(file);
        file = null;
    }

    private int step(CycleFile open) {
        if (found >= 0) {
            long begins = found;
            found = -1;
            return taken(open, begins - RecordCheck.HEADER, stated(open, begins));
        }
        int header = header(open);
        if (header <= 0) {
            return end(open, header);
        }
        if ((header & METADATA) != 0) {
            return isPassed(open, header & LENGTH_MASK)
                    ? step(open)
                    : damaged("the queue's word before it is none of a record");
        }
        return taken(open, at, header);
    }

    /** The header that is next; 0 where the file ends or nothing was written so far. */
    private int header(CycleFile open) {
        int header = window.take(open, at, RecordCheck.HEADER) ? window.getInt(at) : 0;
        if (header <= 0 && header != END_MARK) {
            header = headerAgain(open);
        }
        return header;
    }

    private int headerAgain(CycleFile open) {
        return window.takeAgain(open, at, RecordCheck.HEADER) ? window.getInt(at) : 0;
    }

    private int stated(CycleFile open, long begins) {
        return window.take(open, begins, RecordCheck.MIN_LENGTH)
                ? RecordFlyweight.HEADER_LENGTH + RecordFlyweight.packetLength(window.buffer(), window.offset(begins))
                : 0;
    }

    private int taken(CycleFile open, long header, int documentLength) {
        record = nextRecord++;
        position = header + RecordCheck.HEADER;
        boolean isSound = check.isSound(open, header, documentLength);
        if (isSound || check.isFramed()) {
            at = RecordCheck.behind(header, documentLength);
            known = at;
        }
        return isSound ? PACKET : damaged(check.problem());
    }

    /** A document of the queue's own; false when it cannot be one, or has a record inside. */
    private boolean isPassed(CycleFile open, int documentLength) {
        long behind = RecordCheck.behind(at, documentLength);
        boolean isOwn = documentLength <= MAX_METADATA
                && behind <= open.size()
                && !scan.find(open, at + RecordCheck.HEADER, behind);
        if (isOwn) {
            at = behind;
            known = behind;
        } else {
            record = nextRecord;
            position = at + RecordCheck.HEADER;
        }
        return isOwn;
    }

    private int damaged(String why) {
        boolean isLengthKnown = known > position;
        if (!isLengthKnown) {
            scanFrom = known + RecordCheck.HEADER;
            scannedAtNs = SystemNanoClock.INSTANCE.nanoTime() - SCAN_NS;
        }
        problem = where() + " is damaged: " + why;
        isLooked = false;
        return DAMAGED;
    }

    private String where() {
        return "record " + record + " of " + Cycles.file(directory, cycle);
    }

    /** What is next is the cycle's end, the moment's, or what only looks like it. */
    private int end(CycleFile open, int header) {
        boolean isMarked = header == END_MARK;
        long nowNs = SystemNanoClock.INSTANCE.nanoTime();
        if (!isMarked && isLooked && nowNs - lookedAtNs < LOOK_NS) {
            return NONE;
        }
        isLooked = true;
        lookedAtNs = nowNs;
        // Who appends begins a cycle when he has left this one: what is there now is all there will be.
        boolean isOver = isQuiet || cycles.after(cycle) >= 0;
        if (!isMarked && isOver && isUnfinished(open)) {
            return taken(open, at, stated(open, at + RecordCheck.HEADER));
        }
        if (open.isNamedFrom(at)) {
            return headerAgain(open) == header ? hidden(open) : step(open);
        }
        if (isMarked) {
            return isOver ? LEFT : NONE;
        }
        boolean isFurther = at != endedAt;
        endedAt = at;
        if (!isOver && isSearched && (isFurther || nowNs - searchedAtNs < SCAN_NS)) {
            // Whoever follows a stream comes to an end after each packet, and to a damaged word only once.
            return NONE;
        }
        isSearched = true;
        searchedAtNs = nowNs;
        // Of one who is appending now the record may be there and its header not yet.
        long from = at + (isOver ? RecordCheck.HEADER : 2 * RecordCheck.HEADER);
        boolean isFound = scan.find(open, from, isOver ? open.size() : Math.min(at + NEAR, open.size()));
        if (headerAgain(open) != header) {
            return step(open);
        }
        if (isFound) {
            return hidden(open);
        }
        return isOver ? LEFT : NONE;
    }

    /**
     * Whether a whole record is there without the queue's word for it, and nothing behind it: its appender was killed between the
     * two.
     */
    private boolean isUnfinished(CycleFile open) {
        long begins = at + RecordCheck.HEADER;
        return check.isRecordAt(open, begins)
                && !scan.find(open, RecordCheck.behind(at, stated(open, begins)), open.size());
    }

    /** There are records behind what looks like the end. */
    private int hidden(CycleFile open) {
        record = nextRecord++;
        position = at + RecordCheck.HEADER;
        scanFrom = known + RecordCheck.HEADER;
        scannedAtNs = SystemNanoClock.INSTANCE.nanoTime() - SCAN_NS;
        boolean isCut = at + RecordCheck.HEADER > open.size();
        problem = isCut
                ? where() + " and what is behind it is not there: the file was cut"
                : where() + " is damaged: the queue's word before it is no length";
        isLooked = false;
        return DAMAGED;
    }

    /** Looks for the next sound record; while somebody may append, once a second. */
    private int scanOn(CycleFile open) {
        long nowNs = SystemNanoClock.INSTANCE.nanoTime();
        if (nowNs - scannedAtNs < SCAN_NS) {
            return NONE;
        }
        scannedAtNs = nowNs;
        boolean isOver = isQuiet || cycles.after(cycle) >= 0;
        if (!scan.find(open, scanFrom, open.size())) {
            return isOver ? LEFT : NONE;
        }
        scanFrom = -1;
        found = scan.found();
        nextRecord = found == position ? record : nextRecord;
        return step(open);
    }
}
