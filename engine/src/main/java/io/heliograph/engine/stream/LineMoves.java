// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.media.LineHealth;
import java.util.concurrent.TimeUnit;

/**
 * Moves a stream from line to line as its policy wants it and the health of its NICs allows: a state machine that a tick
 * drives.
 *
 * <p>A line that is lost is left at once; the one that takes its place sends again all since the lost one was last known
 * good. A line that is left for another reason (a NIC that is healthy again, another load) is sent on until the new one
 * has been heard for a while: always the new one before the old is left. Where no line can be used, the stream stays where it
 * is: somebody may hear. Where none is up, one whose NIC is only held down, its fault over, is spared the hold; what was
 * offered since it was last good is sent there once it is heard.
 *
 * <p>Where subscribers join every line, one that nobody hears while another is heard counts as lost too ({@link HeardLines}).
 *
 * <p>A line whose NIC is gone is closed, and opened anew when the NIC is back: a socket does not survive its
 * interface, and a switch that snoops forgets which groups were joined behind a port that lost its carrier: status messages
 * would not reach the line before the switch asks again. One whose NIC is down for any other reason is closed as soon as it
 * was left: what it could not send, and what its listeners would ask for again when the path is back, has come on another
 * line by then, and repairing it would hold up what is new.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class LineMoves {
    /** So long both lines are sent on: what a receiver needs to open an image, several times over. */
    static final long OVERLAP_NS = TimeUnit.SECONDS.toNanos(1);

    /**
     * When, counted from when the lost line was last good, and how often what it did not bring is sent once more for subscribers
     * that are on their way: they have missed three heartbeats then, and wait for it twice as long as for any other gap.
     */
    static final long REPEAT_NS = TimeUnit.MILLISECONDS.toNanos(500);

    static final long REPEAT_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int REPEATS = 3;

    private final LineChoice choice;
    private final LineHealth health;
    private final SendingLines lines;
    private final OwnLoad loads;
    private final HeardLines heard;
    private long resting;
    private long spared;
    private long repeatPlace;
    private long repeatAtNs;
    private int repeats;
    private long overlapSinceNs;
    private boolean isOverlapping;

    LineMoves(LineChoice choice, LineHealth health, SendingLines lines) {
        this.choice = choice;
        this.health = health;
        this.lines = lines;
        this.loads = new OwnLoad(health, lines);
        this.heard = new HeardLines(lines.all());
    }

    /** The lines that a stream starts on. */
    static long start(LineChoice choice, LineHealth health, PublicationLine[] lines) {
        long usable = usable(health, lines);
        return choice.sends(usable == 0 ? LineChoice.all(lines.length) : usable);
    }

    /** Follows the policy. */
    void onTick(long nowNs) {
        openAndRest(nowNs);
        long good = usable(health, lines.all());
        long usable = good | unrefused(spared, lines.all());
        if (!choice.isJoinedInPart()) {
            usable = heard.of(usable, nowNs);
        }
        long best = (usable & good) == 0 ? usable : usable & good;
        loads.onTick(nowNs);
        repeat(nowNs);
        long active = lines.active();
        long wanted = best == 0 ? active : choice.sends(best, active, loads, nowNs);
        if (wanted == active) {
            isOverlapping = false;
            return;
        }
        long lost = active & ~usable;
        long coming = wanted & ~active;
        if (coming != 0) {
            lines.onMove();
        }
        ResendWindow window = lines.window();
        long stranded = lines.catchingUp() & ~wanted & ~lines.connected();
        if ((lost | stranded) != 0 && window != null) {
            takeOver(window, wanted, lost, stranded, nowNs);
        }
        lines.add(coming);
        lines.remove(lost);
        leave(lines.active() & ~wanted, wanted, nowNs);
    }

    private void openAndRest(long nowNs) {
        long up = health.up() & LineChoice.all(lines.all().length);
        spared = spared(up);
        long open = up | spared;
        for (int i = 0; i < lines.all().length; i++) {
            boolean isOpen = LineChoice.has(open, i);
            if (isOpen && LineChoice.has(resting, i)) {
                resting &= ~LineChoice.bit(i);
                lines.all()[i].open();
            } else if (!isOpen
                    && !LineChoice.has(resting, i)
                    && (health.isGone(i) || !LineChoice.has(lines.active(), i))) {
                rest(i, nowNs);
            }
        }
    }

    /** Lines that need not wait for the end of the hold: once opened, because none was up, they stay until they go again. */
    private long spared(long up) {
        long candidates = up == 0 ? spared | resting : spared;
        long mended = 0;
        for (int i = 0; i < lines.all().length; i++) {
            mended |= LineChoice.has(candidates, i) && health.isMended(i) ? LineChoice.bit(i) : 0;
        }
        return mended & ~up;
    }

    private void rest(int line, long nowNs) {
        resting |= LineChoice.bit(line);
        lines.all()[line].rest();
        ResendWindow window = lines.window();
        if (window != null && LineChoice.has(lines.active(), line)) {
            lines.await(line, Math.min(lines.place(line), goodUntil(window, line, nowNs)));
        }
    }

    /**
     * What a lost line may not have brought, or one that is left unheard still had to send, is sent on those that stay or come,
     * if it did not leave on them already.
     */
    private void takeOver(ResendWindow window, long wanted, long lost, long stranded, long nowNs) {
        long place = window.end();
        long goodNs = nowNs;
        for (int i = 0; i < lines.all().length; i++) {
            if (LineChoice.has(lost, i)) {
                goodNs = health.goodUntilNs(i) == Long.MAX_VALUE ? goodNs : health.goodUntilNs(i);
                place = Math.min(place, Math.min(lines.place(i), goodUntil(window, i, nowNs)));
            } else if (LineChoice.has(stranded, i)) {
                place = Math.min(place, lines.place(i));
            }
        }
        if (choice.isJoinedInPart()) {
            repeatPlace = place;
            long sinceGoodNs = nowNs - goodNs;
            repeatAtNs = nowNs + Math.max(0, REPEAT_NS - sinceGoodNs);
            repeats = REPEATS;
        }
        for (int i = 0; i < lines.all().length; i++) {
            if (LineChoice.has(wanted, i) && !lines.hasAllSince(i, place)) {
                if (LineChoice.has(spared, i)) {
                    lines.await(i, place);
                } else {
                    lines.catchUp(i, place);
                }
            }
        }
    }

    private void repeat(long nowNs) {
        if (repeats == 0 || nowNs - repeatAtNs < 0) {
            return;
        }
        repeats--;
        repeatAtNs += REPEAT_INTERVAL_NS;
        for (int i = 0; i < lines.all().length; i++) {
            if (LineChoice.has(lines.sending(), i)) {
                lines.repeat(i, repeatPlace);
            }
        }
    }

    /** Where nobody says until when a line was good, all that there is is sent again. */
    private long goodUntil(ResendWindow window, int line, long nowNs) {
        long goodNs = health.goodUntilNs(line);
        return window.placeAgo(goodNs == Long.MAX_VALUE ? Long.MAX_VALUE : nowNs - goodNs, nowNs);
    }

    private void leave(long going, long wanted, long nowNs) {
        boolean isHeard = lines.catchingUp() == 0 && lines.isEachConnected(wanted);
        if (going == 0 || !lines.isAnyConnected(going)) {
            lines.remove(going);
            isOverlapping = false;
        } else if (!isHeard) {
            isOverlapping = false;
        } else if (!isOverlapping) {
            isOverlapping = true;
            overlapSinceNs = nowNs;
        } else if (nowNs - overlapSinceNs >= OVERLAP_NS) {
            lines.remove(going);
            isOverlapping = false;
        }
    }

    private static long usable(LineHealth health, PublicationLine[] lines) {
        return unrefused(health.up() & LineChoice.all(lines.length), lines);
    }

    private static long unrefused(long mask, PublicationLine[] lines) {
        long unrefused = mask;
        for (int i = 0; i < lines.length; i++) {
            unrefused &= lines[i].isRefused() ? ~LineChoice.bit(i) : -1L;
        }
        return unrefused;
    }
}
