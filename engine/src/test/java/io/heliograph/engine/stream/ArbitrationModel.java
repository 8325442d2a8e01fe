// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.Packets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * What arbitration may tell, by a naive book of what has arrived: sorted and unique, and not a line of the arbiter's code.
 */
final class ArbitrationModel implements MessageHandler, StreamListener {
    private final boolean isWindowAmple;
    private final Map<Long, Set<Long>> arrived = new HashMap<>();
    private final long[] arrivedOnLine;
    private long epoch = -1;
    private long next;
    private long delivered;
    private long lost;
    private long notices;
    private boolean isEnded;

    ArbitrationModel(int lines, boolean isWindowAmple) {
        this.isWindowAmple = isWindowAmple;
        this.arrivedOnLine = new long[lines];
    }

    /** Notes the messages of a packet at the moment of its arrival. */
    void onArrival(int line, byte[] octets) {
        ByteBuffer packet = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        if (octets[31] != 0) {
            return;
        }
        long of = packet.getInt(20) & 0xFFFF_FFFFL;
        long sequence = packet.getLong(0);
        int count = packet.getShort(26) & 0xFFFF;
        for (long i = 0; i < count; i++) {
            arrived.computeIfAbsent(of, unseen -> new HashSet<>()).add(sequence + i);
        }
        arrivedOnLine[line] += count;
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, MessageHeader header) {
        assertEquals(epoch, header.epoch(), "epoch of a message");
        assertEquals(next, header.sequence(), "next message of epoch " + epoch);
        assertTrue(arrived.get(epoch).contains(next), "arrived");
        byte[] body = new byte[length];
        buffer.getBytes(offset, body);
        assertArrayEquals(Packets.body(epoch, next), body);
        next++;
        delivered++;
    }

    @Override
    public void onGap(long of, long first, long last) {
        assertEquals(epoch, of, "epoch of a gap");
        assertEquals(next, first, "a gap begins where the stream stands");
        assertTrue(last >= first, "a gap of at least one message: " + first + "-" + last);
        notices++;
        if (last == UNKNOWN_END) {
            return;
        }
        lost += last - first + 1;
        if (isWindowAmple) {
            for (long sequence = first; sequence <= last; sequence++) {
                assertTrue(!arrived(of).contains(sequence), "named lost, but had arrived: " + sequence);
            }
        }
        next = last + 1;
    }

    @Override
    public void onEpochStart(long started, long sequence) {
        assertTrue(started > epoch, "epochs only grow");
        epoch = started;
        next = sequence;
        isEnded = false;
    }

    @Override
    public void onEpochEnd(long ended, long last) {
        assertEquals(epoch, ended, "epoch that ended");
        assertEquals(next - 1, last, "last of the epoch");
        isEnded = true;
    }

    @Override
    public void onSealMismatch(long of, long first, long last, int line) {
        throw new AssertionError("seal differs " + first + "-" + last);
    }

    long epoch() {
        return epoch;
    }

    long next() {
        return next;
    }

    long delivered() {
        return delivered;
    }

    long lost() {
        return lost;
    }

    long notices() {
        return notices;
    }

    boolean isEnded() {
        return isEnded;
    }

    long arrivedOnLine(int line) {
        return arrivedOnLine[line];
    }

    private Set<Long> arrived(long of) {
        return arrived.getOrDefault(of, Set.of());
    }
}
