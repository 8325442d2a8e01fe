// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.wire.PacketFlyweight;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a publication: which of them packets are sent on, and which first catch up with what a lost line did not bring.
 *
 * <p>A line that catches up gets every packet, old and new, out of the resend window, in order, as fast as it takes them; when
 * it has the last one it is sent on like the others. So nothing overtakes what is sent again.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class SendingLines {
    private final PublicationLine[] lines;
    private final long[] places;
    private final long[] repeatedUpTo;
    private final long[] since;
    private final long[] repeatPlaces;
    private final long[] repeatEnds;
    private final boolean isOnEvery;
    private final boolean isMoving;
    private long repeating;
    private @Nullable ResendWindow window;
    private long sending;
    private long catchingUp;
    private long awaited;
    private long resent;
    private long moves;

    /**
     * @param lines all that there are.
     * @param window null where no line ever takes over from another, and nobody asks for what he lost.
     * @param isMoving whether lines take over from each other out of the window.
     * @param isOnEvery whether the stream is meant to be on every line.
     * @param sending a mask of those that packets are sent on.
     */
    SendingLines(
            PublicationLine[] lines, @Nullable ResendWindow window, boolean isMoving, boolean isOnEvery, long sending) {
        this.lines = lines;
        this.isMoving = isMoving;
        this.places = new long[lines.length];
        this.repeatedUpTo = new long[lines.length];
        this.since = new long[lines.length];
        this.repeatPlaces = new long[lines.length];
        this.repeatEnds = new long[lines.length];
        this.isOnEvery = isOnEvery;
        this.window = window;
        this.sending = sending;
    }

    /**
     * The lines that a route starts on.
     *
     * @param lines all that there are.
     * @param route null: every one is sent on.
     * @param tickNs how often {@link #onTick} is called.
     */
    static SendingLines of(PublicationLine[] lines, @Nullable LineRoute route, long tickNs) {
        if (route == null) {
            return new SendingLines(lines, null, false, true, LineChoice.all(lines.length));
        }
        int capacity = ResendWindow.capacityFor(route.rateBps(), route.resendNs());
        boolean isMoving = route.isKeeping(lines.length);
        ResendWindow window =
                isMoving || route.isAskedFor() ? new ResendWindow(capacity, route.resendNs(), tickNs) : null;
        long start = LineMoves.start(route.choice(), route.health(), lines);
        return new SendingLines(lines, window, isMoving, route.isOnEvery(lines.length), start);
    }

    /** Every line there is. */
    PublicationLine[] all() {
        return lines;
    }

    /** The lines that a packet is offered to when it leaves. */
    long sending() {
        return sending;
    }

    /**
     * The lines that catch up with what a lost line did not bring.
     *
     * @return a mask, bit 0 for A.
     */
    public long catchingUp() {
        return catchingUp;
    }

    /**
     * The lines that the stream is sent on, those that catch up among them.
     *
     * @return a mask, bit 0 for A.
     */
    public long active() {
        return sending | catchingUp;
    }

    /**
     * What becomes of packets on a line.
     *
     * @param line 0 for A.
     * @return 0 it is not sent on, 1 it is, 2 it catches up.
     */
    public int stateOf(int line) {
        long bit = 1L << line;
        if ((catchingUp & bit) != 0) {
            return 2;
        }
        return (sending & bit) == 0 ? 0 : 1;
    }

    /**
     * Packets of any kind that were sent once more: on another line than the one that was lost, or because they were asked for.
     *
     * @return packets.
     */
    public long resent() {
        return resent;
    }

    /**
     * How often the stream took a line that it was not on before, because another was lost or came back.
     *
     * @return times.
     */
    public long moves() {
        return moves;
    }

    /**
     * Whether a stream that goes out on several lines is down to one, so that the next failure costs messages.
     *
     * @return true with {@code lines="redundant"} or {@code "spread"} and all lines but one out of use.
     */
    public boolean isSingleLineRisk() {
        return isOnEvery && lines.length > 1 && Long.bitCount(active()) == 1;
    }

    /** The stream takes lines that it was not on. */
    void onMove() {
        moves++;
    }

    /** Offers what is repeated anyway to every line that is sent on, once; whether one took it. */
    boolean announce(DirectBuffer packet, int offset, int length) {
        boolean isTaken = false;
        for (int i = 0; i < lines.length; i++) {
            if ((sending & 1L << i) != 0) {
                isTaken |= lines[i].offer(packet, offset, length) > 0;
            }
        }
        return isTaken;
    }

    /** The lines that a listener is on. */
    long connected() {
        long connected = 0;
        for (int i = 0; i < lines.length; i++) {
            connected |= lines[i].isConnected() ? 1L << i : 0;
        }
        return connected;
    }

    /** Whether a listener is on every line of a set. */
    boolean isEachConnected(long mask) {
        return (mask & LineChoice.all(lines.length) & ~connected()) == 0;
    }

    /** Whether a listener is on a line of a set. */
    boolean isAnyConnected(long mask) {
        return (mask & connected()) != 0;
    }

    /** Sends on these lines too, from the next packet on. */
    void add(long mask) {
        long added = mask & ~active();
        sending |= added;
        for (int i = 0; i < lines.length; i++) {
            if ((added & 1L << i) != 0) {
                since[i] = end();
            }
        }
    }

    /** Sends on these lines no longer. */
    void remove(long mask) {
        sending &= ~mask;
        catchingUp &= ~mask;
        awaited &= ~mask;
        repeating &= ~mask;
    }

    /** Sends on a line all from a place of the window up to now once more, beside what is new, for those who come to it now. */
    void repeat(int line, long place) {
        ResendWindow kept = window;
        if (kept != null) {
            repeatPlaces[line] = kept.held(place);
            repeatEnds[line] = kept.end();
            repeating |= 1L << line;
        }
    }

    /** Whether something of the window is still to be sent. */
    boolean isBehind() {
        return (catchingUp | repeating) != 0;
    }

    /** Sends on a line all from a place of the window on. */
    void catchUp(int line, long place) {
        ResendWindow kept = window;
        if (kept != null) {
            places[line] = kept.held(place);
            since[line] = places[line];
            repeatedUpTo[line] = kept.end();
            catchingUp |= 1L << line;
            sending &= ~(1L << line);
        }
    }

    /** Sends on a line all from a place of the window on, and all that comes until somebody listens there again. */
    void await(int line, long place) {
        catchUp(line, place);
        awaited |= catchingUp & 1L << line;
    }

    /** Whether everything from a place on was sent on a line, or will be. */
    boolean hasAllSince(int line, long place) {
        return (active() & 1L << line) != 0 && since[line] <= place;
    }

    /** Where a line that catches up is; the end of the window for any other. */
    long place(int line) {
        ResendWindow kept = window;
        return kept == null || (catchingUp & 1L << line) == 0 ? end() : kept.held(places[line]);
    }

    /** Octets that have left, on each line that they left on; 0 for ever where nothing is kept. */
    long end() {
        ResendWindow kept = window;
        return kept == null ? 0 : kept.end();
    }

    /** The window, while the publication is open and has one that lines take over from. */
    @Nullable
    ResendWindow window() {
        return isMoving ? window : null;
    }

    /** The window, while the publication is open and has one. */
    @Nullable
    ResendWindow kept() {
        return window;
    }

    /** A packet was sent once more, because it was asked for. */
    void onReplayed() {
        resent++;
    }

    /**
     * Keeps a packet that every line that is sent on has done with.
     *
     * @param isLossless whether it has to be refused while a line that has a listener still needs what would give way to it.
     * @return false when it was refused.
     */
    boolean keep(DirectBuffer packet, int offset, int length, boolean isLossless) {
        ResendWindow kept = window;
        if (kept == null) {
            return true;
        }
        if (catchingUp != 0 && !makeRoom(kept, length, isLossless)) {
            return false;
        }
        kept.append(packet, offset, length);
        return true;
    }

    private boolean makeRoom(ResendWindow kept, int length, boolean isLossless) {
        for (int i = 0; i < lines.length; i++) {
            if ((catchingUp & 1L << i) != 0 && !kept.canKeep(length, places[i])) {
                if (isLossless && lines[i].isConnected()) {
                    return false;
                }
                while (!kept.canKeep(length, places[i])) {
                    places[i] = kept.next(places[i]);
                    lines[i].onSkipped();
                }
            }
        }
        return true;
    }

    /**
     * Sends packets of the window on the lines that catch up, and where they are repeated.
     *
     * @param limit packets of each line.
     * @return packets taken.
     */
    int catchUp(int limit) {
        ResendWindow kept = window;
        int work = 0;
        for (int i = 0; kept != null && isBehind() && i < lines.length; i++) {
            long bit = 1L << i;
            if ((catchingUp & bit) != 0) {
                work += catchUp(kept, i, limit);
            } else if ((repeating & bit) != 0) {
                work += repeat(kept, i, limit);
            }
        }
        return work;
    }

    private int catchUp(ResendWindow kept, int line, int limit) {
        long place = places[line];
        int work = 0;
        while (work < limit && place != kept.end() && isTaken(kept, line, place, place < repeatedUpTo[line])) {
            work++;
            place = kept.next(place);
        }
        places[line] = place;
        boolean isAwaited = (awaited & 1L << line) != 0 && !lines[line].isConnected();
        if (place == kept.end() && !isAwaited) {
            awaited &= ~(1L << line);
            catchingUp &= ~(1L << line);
            sending |= 1L << line;
        }
        return work;
    }

    private int repeat(ResendWindow kept, int line, int limit) {
        long place = kept.held(repeatPlaces[line]);
        int work = 0;
        while (work < limit && place < repeatEnds[line] && isTaken(kept, line, place, true)) {
            work++;
            place = kept.next(place);
        }
        repeatPlaces[line] = place;
        if (place >= repeatEnds[line]) {
            repeating &= ~(1L << line);
        }
        return work;
    }

    private boolean isTaken(ResendWindow kept, int line, long place, boolean isRepeated) {
        UnsafeBuffer memory = kept.memory();
        int offset = kept.offset(place);
        if (isRepeated) {
            int flags = PacketFlyweight.flags(memory, offset);
            PacketFlyweight.flags(memory, offset, flags | PacketFlyweight.FLAG_POSSIBLE_DUPLICATE);
        }
        boolean isTaken = lines[line].offer(memory, offset, kept.length(place)) > 0;
        resent += isTaken && isRepeated ? 1 : 0;
        return isTaken;
    }

    /** Forgets for lines without a listener what is too old to be sent again. */
    void onTick(long nowNs) {
        ResendWindow kept = window;
        if (kept != null) {
            kept.onTick(nowNs);
            if (!isBehind()) {
                kept.restart(nowNs);
            }
            for (int i = 0; i < lines.length; i++) {
                if ((catchingUp & 1L << i) != 0 && !lines[i].isConnected()) {
                    places[i] = Math.max(places[i], kept.placeAgo(Long.MAX_VALUE, nowNs));
                }
            }
        }
    }

    /** Closes the lines and gives the window's memory back. */
    void close() {
        ResendWindow kept = window;
        window = null;
        sending = 0;
        catchingUp = 0;
        awaited = 0;
        repeating = 0;
        for (PublicationLine line : lines) {
            line.close();
        }
        if (kept != null) {
            kept.close();
        }
    }
}
