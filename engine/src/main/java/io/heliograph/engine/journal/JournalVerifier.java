// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a journal whole and checks what can be checked: the CRC and the framing of each record, the numbering, the seals against
 * the messages, and that each cycle has the records that its places name. Works beside an appender.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Failure:</b> what is wrong is counted, the first of it kept in words; nothing is thrown for it.
 */
public final class JournalVerifier implements AutoCloseable {
    private final Path directory;
    private final RecordCursor cursor;
    private final int[] cycles;
    private final JournalEnd end = new JournalEnd();
    private final SealTally seals = new SealTally();
    private int position;
    private boolean isBegun;
    private long records;
    private long messages;
    private long octets;
    private long gaps;
    private long lost;
    private long epochs;
    private long bad;
    private String firstBad = "";

    /**
     * Opens a journal to verify it.
     *
     * @param journal that is there.
     * @throws JournalException when there is none, or it cannot be opened.
     */
    public JournalVerifier(StreamJournal journal) {
        if (!journal.isThere()) {
            throw new JournalException("no journal in " + journal.directory());
        }
        directory = journal.directory();
        cursor = new RecordCursor(directory, new CycleList(directory));
        cycles = Cycles.in(directory);
    }

    /**
     * Goes on.
     *
     * @param limit at most so many records, 1 and up.
     * @return false at the journal's end.
     */
    public boolean verify(int limit) {
        for (int i = 0; i < limit; i++) {
            if (position == cycles.length) {
                return false;
            }
            try {
                next();
            } catch (JournalException broken) {
                onBad(String.valueOf(broken.getMessage()));
                leaveCycle();
            }
        }
        return true;
    }

    /** {@return records that the journal has, to some tens a cycle, by its places; what is appended meanwhile is added} */
    public long total() {
        long total = 0;
        for (int cycle : cycles) {
            try (Places places = Places.read(directory, cycle).orElse(null)) {
                boolean isKnown = places != null && places.refresh() > 0 && places.load(places.count() - 1);
                total += isKnown && places != null ? places.place().record() + Place.SPACING / 2 : 0;
            }
        }
        return Math.max(total, records);
    }

    /** {@return records read, the bad ones among them} */
    public long records() {
        return records;
    }

    /** {@return messages in them} */
    public long messages() {
        return messages;
    }

    /** {@return octets of packets} */
    public long octets() {
        return octets;
    }

    /** {@return gap records} */
    public long gaps() {
        return gaps;
    }

    /** {@return messages that gap records name} */
    public long lost() {
        return lost;
    }

    /** {@return epochs} */
    public long epochs() {
        return epochs;
    }

    /** {@return seals whose range was read whole and is the same} */
    public long sealsChecked() {
        return seals.checked();
    }

    /** {@return seals whose range begins before the journal or has a gap} */
    public long sealsUnchecked() {
        return seals.unchecked();
    }

    /** {@return seals whose range was read whole and differs} */
    public long sealMismatches() {
        return seals.mismatches();
    }

    /** {@return how often something was wrong, seals that differ among it} */
    public long bad() {
        return bad;
    }

    /** {@return the first that was wrong: where and what; empty when nothing was} */
    public String firstBad() {
        return firstBad;
    }

    @Override
    public void close() {
        CloseHelper.quietClose(cursor);
    }

    private void next() {
        int cycle = cycles[position];
        if (!isBegun) {
            isBegun = true;
            checkPlaces(cycle);
            if (!cursor.over(cycle)) {
                leaveCycle();
                return;
            }
        }
        int kind = cursor.next();
        if (kind == RecordCursor.NONE) {
            leaveCycle();
        } else {
            records++;
            take(kind);
        }
    }

    private void take(int kind) {
        if (kind == RecordCursor.DAMAGED) {
            onBad(cursor.problem());
            return;
        }
        UnsafeBuffer packet = cursor.packet();
        octets += cursor.length();
        checkNumbering(packet);
        if (PacketFlyweight.epoch(packet, 0) != end.epoch()) {
            epochs++;
        }
        switch (PacketFlyweight.kind(packet, 0)) {
            case PacketKind.DATA -> {
                messages += PacketFlyweight.count(packet, 0);
                seals.onData(packet, cursor.length());
            }
            case PacketKind.GAP -> {
                gaps++;
                lost += ControlFlyweight.gapLast(packet, 0) + 1 - PacketFlyweight.sequence(packet, 0);
            }
            case PacketKind.SEAL -> {
                if (!seals.onSeal(packet)) {
                    onBad(where() + ": the seal of messages " + ControlFlyweight.sealFirst(packet, 0) + " to "
                            + ControlFlyweight.sealLast(packet, 0) + " of epoch " + PacketFlyweight.epoch(packet, 0)
                            + " differs from them");
                }
            }
            default -> {}
        }
        end.take(packet, 0);
    }

    /** The first record may begin anywhere, where older cycles were removed; each epoch behind it begins with 1. */
    private void checkNumbering(UnsafeBuffer packet) {
        long epoch = PacketFlyweight.epoch(packet, 0);
        long sequence = PacketFlyweight.sequence(packet, 0);
        if (end.epoch() == JournalEnd.NULL_EPOCH) {
            return;
        }
        long expected = epoch == end.epoch() ? end.next() : 1;
        if (epoch < end.epoch()) {
            onBad(where() + ": epoch " + epoch + " behind epoch " + end.epoch());
        } else if (epoch == end.epoch() && end.isEnded()) {
            onBad(where() + ": message " + sequence + " behind the end of epoch " + epoch);
        } else if (sequence != expected) {
            onBad(where() + ": message " + sequence + " of epoch " + epoch + " where " + expected + " comes next");
        }
    }

    /** A damaged one costs a search its speed, and is made again when it is removed. */
    private void checkPlaces(int cycle) {
        try (Places places = Places.read(directory, cycle).orElse(null)) {
            long count = places == null ? 0 : places.refresh();
            for (long entry = 0; places != null && entry < count; entry++) {
                if (!places.load(entry)) {
                    onBad("entry " + entry + " of " + Cycles.places(directory, cycle)
                            + " is damaged; remove the file: the appender's next start makes it again");
                    return;
                }
            }
        }
    }

    private void leaveCycle() {
        position++;
        isBegun = false;
    }

    private void onBad(String what) {
        bad++;
        if (firstBad.isEmpty()) {
            firstBad = what;
        }
    }

    private String where() {
        return "record " + cursor.record() + " of " + Cycles.file(directory, cursor.cycle());
    }
}
