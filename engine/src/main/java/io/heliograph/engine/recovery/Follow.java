// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.stream.MissingRanges;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import org.agrona.DirectBuffer;

/**
 * Where one who follows journals is, and the piece ahead of him of which it is known who lacks it: hands on what comes, strictly
 * in order, from epoch to epoch.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the recovery.
 */
final class Follow {
    private final Sources sources;
    private final RepairOutput out;
    private final RecoveryFigures figures;
    private long epoch;
    private long cursor = 1;
    private boolean isEnded;
    private long pieceEnd = MissingRanges.UNKNOWN_END;
    private long lacks;
    /** The nearest epoch behind this one that a source has spoken of; 0 when none has. */
    private long laterEpoch;

    Follow(Sources sources, RepairOutput out, RecoveryFigures figures) {
        this.sources = sources;
        this.out = out;
        this.figures = figures;
    }

    void begin(long first, long sequence) {
        epoch = first;
        cursor = sequence;
    }

    /** The subscription has come so far: by its lines, perhaps. */
    void onDelivered(long inEpoch, long next) {
        if (inEpoch > epoch) {
            enter(inEpoch);
        }
        if (inEpoch == epoch && next > cursor) {
            moveTo(next);
        }
    }

    boolean isLacking(int source) {
        return (lacks & 1L << source) != 0;
    }

    ReplayAsk asking(int stream, int octets) {
        long count = pieceEnd == MissingRanges.UNKNOWN_END ? ReplayRequestFlyweight.ALL : pieceEnd - cursor;
        return new ReplayAsk(stream, ReplayRequestFlyweight.IN_EPOCH, epoch, cursor, count, octets);
    }

    /** Gives up the piece ahead when all have said that they lack it, or have not spoken for long; whether that was so. */
    boolean giveUpHopeless(long liveEpoch, long silent) {
        boolean isHopeless = lacks != 0 && (lacks | silent) == sources.logs();
        // Before its end nobody has more of an epoch that goes on: that is no loss until another one follows.
        if (!isHopeless || (pieceEnd == MissingRanges.UNKNOWN_END && laterEpoch == 0 && liveEpoch <= epoch)) {
            lacks = isHopeless ? 0 : lacks;
            return false;
        }
        giveUpPiece(liveEpoch);
        return true;
    }

    /** Nobody has brought anything for long: what lies behind a hole is gone on with, else what lines have. */
    void giveUp(long liveEpoch, long liveNext) {
        if (pieceEnd != MissingRanges.UNKNOWN_END || laterEpoch > epoch || liveEpoch > epoch) {
            giveUpPiece(liveEpoch);
        } else if (liveEpoch == epoch && liveNext > cursor) {
            pieceEnd = liveNext;
            giveUpPiece(liveEpoch);
        }
    }

    private void giveUpPiece(long liveEpoch) {
        if (pieceEnd != MissingRanges.UNKNOWN_END) {
            out.nobodyHas(epoch, cursor, pieceEnd);
            figures.nobodyHad += pieceEnd - cursor;
            moveTo(pieceEnd);
        } else {
            goOnIn(laterEpoch > epoch ? laterEpoch : liveEpoch);
        }
    }

    /**
     * Takes a page that is whole.
     *
     * @return false when the source lacks what comes next: another one is to be asked for that, and nothing more of this one.
     */
    boolean onPage(DirectBuffer page, int offset, int source) {
        boolean[] isWanted = {true};
        PageWalk.walk(page, offset, (buffer, at, length) -> {
            isWanted[0] = onPacket(buffer, at, length, source);
            return isWanted[0];
        });
        return isWanted[0]
                && onPlace(ReplayPageFlyweight.nextEpoch(page, offset), ReplayPageFlyweight.next(page, offset), source);
    }

    private boolean onPacket(DirectBuffer buffer, int offset, int length, int source) {
        long of = PacketFlyweight.epoch(buffer, offset);
        if (of < epoch) {
            return true;
        }
        long sequence = PacketFlyweight.sequence(buffer, offset);
        if (PacketFlyweight.kind(buffer, offset) == PacketKind.GAP) {
            return onPlace(of, ControlFlyweight.gapLast(buffer, offset) + 1, source);
        }
        if (!onPlace(of, sequence, source)) {
            return false;
        }
        switch (PacketFlyweight.kind(buffer, offset)) {
            case PacketKind.DATA -> {
                long end = sequence + PacketFlyweight.count(buffer, offset);
                if (end > cursor) {
                    handOn(buffer, offset, length);
                    moveTo(end);
                }
            }
            case PacketKind.END_OF_EPOCH -> {
                if (!isEnded) {
                    isEnded = true;
                    handOn(buffer, offset, length);
                }
            }
            case PacketKind.SEAL -> {
                if (sequence == cursor) {
                    handOn(buffer, offset, length);
                }
            }
            default -> {
                // Heartbeats are not kept.
            }
        }
        return true;
    }

    /** The source goes on at a place: what lies between it and the cursor it lacks. */
    private boolean onPlace(long of, long sequence, int source) {
        if (of > epoch) {
            if (!isEnded && !lacks(source, MissingRanges.UNKNOWN_END)) {
                laterEpoch = laterEpoch == 0 ? of : Math.min(laterEpoch, of);
                return false;
            }
            goOnIn(of);
        }
        if (of == epoch && sequence > cursor) {
            if (!lacks(source, sequence)) {
                return false;
            }
            out.nobodyHas(epoch, cursor, sequence);
            figures.nobodyHad += sequence - cursor;
            moveTo(sequence);
        }
        return true;
    }

    /** Notes that a source has nothing from the cursor up to a place; whether nobody has. */
    private boolean lacks(int source, long end) {
        pieceEnd = Math.min(pieceEnd, end);
        lacks |= 1L << source;
        return lacks == sources.logs() && pieceEnd == end;
    }

    private void handOn(DirectBuffer buffer, int offset, int length) {
        out.packet(buffer, offset, length);
        figures.packets++;
        figures.octets += length;
    }

    private void goOnIn(long next) {
        out.epoch(next);
        enter(next);
    }

    private void enter(long next) {
        epoch = next;
        cursor = 1;
        isEnded = false;
        laterEpoch = 0;
        lacks = 0;
        pieceEnd = MissingRanges.UNKNOWN_END;
    }

    private void moveTo(long sequence) {
        cursor = sequence;
        if (cursor >= pieceEnd) {
            lacks = 0;
            pieceEnd = MissingRanges.UNKNOWN_END;
        }
    }
}
