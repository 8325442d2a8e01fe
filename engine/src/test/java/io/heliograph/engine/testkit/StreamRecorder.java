// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import io.heliograph.engine.stream.DropReason;
import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.MessageHeader;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Takes all that a subscription tells, in its order, as short words: {@code 1-3} for messages 1 to 3 in turn, {@code
 * gap 4-5}, {@code epoch 7 from 1}, {@code end 7 at 9}. Checks each body against {@link Packets#body}.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 */
public final class StreamRecorder implements MessageHandler, StreamListener {
    private final List<String> events = new ArrayList<>();
    private final List<String> qualities = new ArrayList<>();
    private final List<String> skews = new ArrayList<>();
    private long first;
    private long last;
    private long messages;
    private long wrongBodies;
    private long throwAt;
    private int hops;

    /** A recorder that has heard nothing. */
    public StreamRecorder() {}

    /**
     * Makes the handler throw once.
     *
     * @param sequence at which message.
     */
    public void throwAt(long sequence) {
        throwAt = sequence;
    }

    /**
     * All that was told since the last call, but quality.
     *
     * @return words, with blanks between.
     */
    public String heard() {
        closeRun();
        String words = String.join(", ", events);
        events.clear();
        return words;
    }

    /**
     * The changes of quality since the last call.
     *
     * @return words such as {@code LIVE>GAP}, with blanks between.
     */
    public String qualities() {
        String words = String.join(", ", qualities);
        qualities.clear();
        return words;
    }

    /**
     * The skew alarms since the last call.
     *
     * @return words such as {@code line 1 late 200 ms}, {@code line 1 silent 1500 ms} or {@code line 1 in time}, with commas.
     */
    public String skews() {
        String words = String.join(", ", skews);
        skews.clear();
        return words;
    }

    /**
     * Bridges that the last message has crossed.
     *
     * @return 0 for one of this site.
     */
    public int hops() {
        return hops;
    }

    /**
     * Messages taken.
     *
     * @return messages.
     */
    public long messages() {
        return messages;
    }

    /**
     * Messages whose body was not that of their number.
     *
     * @return messages.
     */
    public long wrongBodies() {
        return wrongBodies;
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, MessageHeader header) {
        hops = header.hops();
        byte[] body = new byte[length];
        buffer.getBytes(offset, body);
        if (!Arrays.equals(body, Packets.body(header.epoch(), header.sequence()))) {
            wrongBodies++;
        }
        if (header.sequence() != last + 1 || first == 0) {
            closeRun();
            first = header.sequence();
        }
        last = header.sequence();
        messages++;
        if (header.sequence() == throwAt) {
            throwAt = 0;
            throw new IllegalStateException("thrown at " + header.sequence());
        }
    }

    @Override
    public void onGap(long epoch, long from, long to) {
        add("gap " + from + "-" + (to == UNKNOWN_END ? "?" : Long.toString(to)));
    }

    @Override
    public void onEpochStart(long epoch, long next) {
        add("epoch " + epoch + " from " + next);
    }

    @Override
    public void onEpochEnd(long epoch, long end) {
        add("end " + epoch + " at " + end);
    }

    @Override
    public void onQuality(Quality was, Quality is) {
        qualities.add(was + ">" + is);
    }

    @Override
    public void onSealMismatch(long epoch, long from, long to, int line) {
        add("seal differs " + from + "-" + to + " line " + line);
    }

    @Override
    public void onSkew(int line, long lateNs, boolean isSilent) {
        skews.add("line " + line + (isSilent ? " silent " : " late ") + lateNs / 1_000_000 + " ms");
    }

    @Override
    public void onSkewEnd(int line) {
        skews.add("line " + line + " in time");
    }

    @Override
    public void onDropped(int line, DropReason reason) {
        add("dropped line " + line + " " + reason);
    }

    private void add(String event) {
        closeRun();
        events.add(event);
    }

    private void closeRun() {
        if (first != 0) {
            events.add(first == last ? Long.toString(first) : first + "-" + last);
            first = 0;
        }
    }
}
