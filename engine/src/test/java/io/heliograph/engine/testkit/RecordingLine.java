// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import io.aeron.Publication;
import io.heliograph.engine.stream.PacketLine;
import io.heliograph.engine.wire.PacketFlyweight;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.StringJoiner;
import org.agrona.DirectBuffer;

/**
 * A line out that keeps what it takes, and answers as a test has said.
 *
 * <p><b>Thread:</b> one owner: the publication's.
 */
public final class RecordingLine implements PacketLine {
    private final String name;
    private final int maxPayloadLength;
    private final int maxPacketLength;
    private final Deque<Long> answers = new ArrayDeque<>();
    private final List<byte[]> packets = new ArrayList<>();
    private long standing = 1;
    private long position;
    private long offers;
    private boolean isClosed;
    private boolean isResting;
    private final StringJoiner rests = new StringJoiner(", ");

    /**
     * A line with a listener, with the payload of a datagram of 1,408 octets.
     *
     * @param name A, B and so on.
     */
    public RecordingLine(String name) {
        this(name, 1376);
    }

    /**
     * A line with a listener.
     *
     * @param name A, B and so on.
     * @param maxPayloadLength of a packet in one datagram, octets.
     */
    public RecordingLine(String name, int maxPayloadLength) {
        this(name, maxPayloadLength, PacketFlyweight.MAX_PACKET_LENGTH);
    }

    /**
     * A line with a listener and short terms.
     *
     * @param name A, B and so on.
     * @param maxPayloadLength of a packet in one datagram, octets.
     * @param maxPacketLength of a packet in as many datagrams as it takes, octets.
     */
    public RecordingLine(String name, int maxPayloadLength, int maxPacketLength) {
        this.name = name;
        this.maxPayloadLength = maxPayloadLength;
        this.maxPacketLength = maxPacketLength;
    }

    /**
     * Answers the next offers so, one each, whatever the standing answer is.
     *
     * @param outcomes negative constants of {@code io.aeron.Publication}, or 1 to take.
     */
    public void answer(long... outcomes) {
        for (long outcome : outcomes) {
            answers.add(outcome);
        }
    }

    /**
     * Answers all offers so from now on.
     *
     * @param outcome a negative constant of {@code io.aeron.Publication}, or 1 to take.
     */
    public void answerAlways(long outcome) {
        standing = outcome;
    }

    /**
     * Packets taken since the last call.
     *
     * @return in their order.
     */
    public List<byte[]> taken() {
        List<byte[]> copy = List.copyOf(packets);
        packets.clear();
        return copy;
    }

    /**
     * How often a packet was offered.
     *
     * @return offers, refused ones too.
     */
    public long offers() {
        return offers;
    }

    /**
     * When it was to let go of its sockets, and to open again.
     *
     * @return {@code rest} and {@code open}, in order.
     */
    public String rests() {
        return rests.toString();
    }

    /**
     * Whether the publication closed it.
     *
     * @return true when closed.
     */
    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
        offers++;
        if (isResting) {
            return Publication.NOT_CONNECTED;
        }
        Long next = answers.poll();
        long outcome = next == null ? standing : next;
        if (outcome <= 0) {
            return outcome;
        }
        byte[] packet = new byte[length];
        buffer.getBytes(offset, packet);
        packets.add(packet);
        position += length;
        return position;
    }

    @Override
    public boolean isConnected() {
        return standing != Publication.NOT_CONNECTED && !isClosed && !isResting;
    }

    @Override
    public int maxPayloadLength() {
        return maxPayloadLength;
    }

    @Override
    public int maxPacketLength() {
        return maxPacketLength;
    }

    @Override
    public void rest() {
        isResting = true;
        rests.add("rest");
    }

    @Override
    public void open() {
        isResting = false;
        rests.add("open");
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
