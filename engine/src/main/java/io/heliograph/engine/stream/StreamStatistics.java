// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.wire.PacketFraming;
import java.util.Arrays;
import java.util.List;

/**
 * What a subscription has seen, over all its lines.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class StreamStatistics {
    private final LineStatistics[] lines;
    private final LineStatistics[] all;
    private final LostRanges lostRanges = new LostRanges();
    long gaps;
    long lostMessages;
    long recovered;
    long outOfOrder;
    long sealsChecked;
    long sealsUnchecked;
    long sealMismatches;
    final long[] dropped = new long[DropReason.CODES];

    StreamStatistics(List<String> lineNames) {
        this(lineNames, false);
    }

    /** With a replay, if there is one, behind the lines. */
    StreamStatistics(List<String> lineNames, boolean hasReplay) {
        lines = new LineStatistics[lineNames.size()];
        for (int line = 0; line < lines.length; line++) {
            lines[line] = new LineStatistics(lineNames.get(line), lostRanges);
        }
        all = hasReplay ? Arrays.copyOf(lines, lines.length + 1) : lines;
        if (hasReplay) {
            all[lines.length] = LineStatistics.ofReplay(lostRanges);
        }
    }

    /** What each line has done, and behind them the replay, if there is one. */
    LineStatistics[] allLines() {
        return all;
    }

    /** Whether it is a line, and not the replay. */
    boolean isLive(int line) {
        return line < lines.length;
    }

    /** What each line has done. */
    LineStatistics[] lines() {
        return lines;
    }

    /** The messages before {@code end} are given up: no line has brought them. */
    void onGap(long first, long end) {
        gaps++;
        lostMessages += end - first;
        lostRanges.add(first, end);
        for (LineStatistics line : lines) {
            line.onGivenUp(first, end);
        }
    }

    /** Numbers begin anew; {@code expected} is what every line should bring first, or 0. */
    void onEpoch(long expected) {
        lostRanges.clear();
        for (LineStatistics line : all) {
            line.onEpoch(expected);
        }
    }

    /**
     * Messages delivered.
     *
     * @return messages.
     */
    public long messages() {
        long messages = 0;
        for (LineStatistics line : all) {
            messages += line.won();
        }
        return messages;
    }

    /**
     * Data packets from which at least one message was delivered.
     *
     * @return packets.
     */
    public long packets() {
        long packets = 0;
        for (LineStatistics line : all) {
            packets += line.packetsWon();
        }
        return packets;
    }

    /**
     * Messages that were delivered from what was fetched: to fill gaps, or to catch up.
     *
     * @return messages.
     */
    public long replayed() {
        return all.length == lines.length ? 0 : all[lines.length].won();
    }

    /**
     * Gap notices given.
     *
     * @return notices.
     */
    public long gaps() {
        return gaps;
    }

    /**
     * Messages named by gap notices with a known end.
     *
     * @return messages.
     */
    public long lostMessages() {
        return lostMessages;
    }

    /**
     * Messages that were known to be missing and came in time.
     *
     * @return messages.
     */
    public long recovered() {
        return recovered;
    }

    /**
     * Messages that came ahead of their turn and waited for it: none was delivered out of order.
     *
     * @return messages.
     */
    public long outOfOrder() {
        return outOfOrder;
    }

    /**
     * Seals whose range was seen whole and whose CRC is the same.
     *
     * @return seals.
     */
    public long sealsChecked() {
        return sealsChecked;
    }

    /**
     * Seals that could not be checked: the range was joined late, has a gap, or came out of turn.
     *
     * @return seals.
     */
    public long sealsUnchecked() {
        return sealsUnchecked;
    }

    /**
     * Seals whose CRC differs from the delivered bytes'.
     *
     * @return seals.
     */
    public long sealMismatches() {
        return sealMismatches;
    }

    /**
     * Packets that were dropped for one reason; with {@link DropReason#FOREIGN_SOURCE} images.
     *
     * @param reason why.
     * @return packets.
     */
    public long dropped(DropReason reason) {
        return dropped[reason.code()];
    }

    /**
     * Packets of an epoch that was over: dropped.
     *
     * @return packets.
     */
    public long oldEpoch() {
        return dropped(DropReason.OLD_EPOCH);
    }

    /**
     * Packets of another stream: dropped.
     *
     * @return packets.
     */
    public long foreign() {
        return dropped(DropReason.FOREIGN_STREAM);
    }

    /**
     * Packets too far ahead to be true, or behind the end of their epoch: dropped.
     *
     * @return packets.
     */
    public long implausible() {
        return dropped(DropReason.IMPLAUSIBLE);
    }

    /**
     * Packets whose framing was wrong, for any reason: dropped whole.
     *
     * @return packets.
     */
    public long malformed() {
        long sum = 0;
        for (int code = 0; code <= PacketFraming.TRAILING_OCTETS; code++) {
            sum += dropped[code];
        }
        return sum;
    }
}
