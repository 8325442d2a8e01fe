// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.MessageHeader;
import io.heliograph.engine.stream.StreamListener;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * What one receiver has been given of one stream, message by message: every number once and in order, or inside a gap notice
 * that comes in its place and names messages that were not delivered. All else is a complaint, in words.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 */
final class StreamLedger implements MessageHandler, StreamListener {
    private static final int MOST_COMPLAINTS = 5;
    private static final int CHAINS = 1 << 17;

    private final int stream;
    private final long[] chains = new long[CHAINS];
    private final long[] chainNumbers = new long[CHAINS];
    private final List<String> complaints = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private long complaintCount;
    private long first;
    private long next;
    private long delivered;
    private long noticed;
    private long noticeCount;
    private long epoch;
    private long chain;
    private boolean isChainKnown;
    private long nowNs;
    private long lastNs;
    private long longestNs;

    StreamLedger(int stream) {
        this.stream = stream;
    }

    /** The time of what is delivered from now on. */
    void onTime(long timeNs) {
        nowNs = timeNs;
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, MessageHeader header) {
        onMessage(buffer, offset, length, header.sequence());
    }

    void onMessage(DirectBuffer buffer, int offset, int length, long sequence) {
        if (!FeedMessage.isWhole(buffer, offset, length, stream)) {
            complain("message " + sequence + " is not as it was sent");
            return;
        }
        long number = FeedMessage.number(buffer, offset);
        if (number != sequence) {
            complain("message " + number + " was delivered as " + sequence);
        }
        if (first == 0) {
            first = number;
            next = number;
        } else {
            longestNs = Math.max(longestNs, nowNs - lastNs);
        }
        lastNs = nowNs;
        if (number < next) {
            complain(
                    "message " + number + " a second time, or behind a gap notice that named it: " + next + " is next");
            return;
        }
        if (number > next) {
            complain("messages " + next + " to " + (number - 1) + " are missing without a gap notice");
            isChainKnown = false;
        }
        checkChain(buffer, offset, number);
        delivered++;
        next = number + 1;
    }

    @Override
    public void onGap(long gapEpoch, long gapFirst, long gapLast) {
        if (first == 0) {
            return;
        }
        noticeCount++;
        notices.add(gapFirst + ".." + gapLast);
        LineLog.say("stream " + stream + ": gap notice " + gapFirst + " to " + gapLast);
        if (gapFirst != next || gapLast < gapFirst || gapLast == UNKNOWN_END) {
            complain("gap notice " + gapFirst + " to " + gapLast + " where " + next + " is next");
            return;
        }
        noticed += gapLast - gapFirst + 1;
        next = gapLast + 1;
        isChainKnown = false;
    }

    @Override
    public void onEpochStart(long newEpoch, long newNext) {
        if (epoch != 0) {
            complain("epoch " + newEpoch + " begins in the midst of " + epoch);
        }
        epoch = newEpoch;
    }

    @Override
    public void onSealMismatch(long sealEpoch, long sealFirst, long sealLast, int line) {
        complain("seal of " + sealFirst + " to " + sealLast + " does not match");
    }

    /** Compares with what the sender says; for a number that was not delivered there is nothing to compare. */
    void compare(long number, long sentChain) {
        int at = (int) (number & (CHAINS - 1));
        if (chainNumbers[at] == number && chains[at] != sentChain) {
            complain("messages up to " + number + " are not those that the sender sent");
        }
    }

    /** The longest time without a delivery between the last call and this one. */
    long takeLongestPauseNs(long timeNs) {
        long longest = first == 0 ? 0 : Math.max(longestNs, timeNs - lastNs);
        longestNs = 0;
        lastNs = timeNs;
        return longest;
    }

    List<String> takeNotices() {
        List<String> taken = List.copyOf(notices);
        notices.clear();
        return taken;
    }

    List<String> takeComplaints() {
        List<String> taken = new ArrayList<>(complaints);
        if (complaintCount > complaints.size()) {
            taken.add("and " + (complaintCount - complaints.size()) + " more");
        }
        complaints.clear();
        complaintCount = 0;
        return taken;
    }

    /** The number of the first message; 0 before it. */
    long first() {
        return first;
    }

    /** The number that comes next; 0 before the first. */
    long next() {
        return next;
    }

    long delivered() {
        return delivered;
    }

    /** Messages that gap notices named. */
    long noticed() {
        return noticed;
    }

    long noticeCount() {
        return noticeCount;
    }

    private void checkChain(DirectBuffer buffer, int offset, long number) {
        long stated = FeedMessage.chain(buffer, offset);
        if (isChainKnown && stated != FeedMessage.chain(chain, stream, number)) {
            complain("message " + number + " does not follow the one delivered before it");
        }
        chain = stated;
        isChainKnown = true;
        int at = (int) (number & (CHAINS - 1));
        chains[at] = stated;
        chainNumbers[at] = number;
    }

    private void complain(String words) {
        complaintCount++;
        if (complaints.size() < MOST_COMPLAINTS) {
            complaints.add(words);
        }
    }
}
