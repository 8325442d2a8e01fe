// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.MessageHeader;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.testkit.Packets;
import org.agrona.DirectBuffer;

/**
 * Holds one receiver to what it promises: every message once and in order, with its own body, or an exact notice; and keeps a
 * digest of all that it was told, with the times.
 *
 * <p><b>Thread:</b> one owner: the test's.
 */
final class Truth implements MessageHandler, StreamListener {
    private final String name;
    private final Agenda agenda;
    private long digest;
    private long epoch = -1;
    private long next = 1;
    private long delivered;
    private long lost;
    private long unknownEnds;
    private boolean isEnded;
    private boolean isResuming;

    Truth(String name, Agenda agenda) {
        this.name = name;
        this.agenda = agenda;
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, MessageHeader header) {
        assertEquals(epoch, header.epoch(), () -> name + ": epoch of a message");
        assertEquals(next, header.sequence(), () -> name + ": next message of epoch " + epoch);
        byte[] body = new byte[length];
        buffer.getBytes(offset, body);
        assertArrayEquals(Packets.body(epoch, next), body, () -> name + ": body of " + epoch + ":" + next);
        next++;
        delivered++;
        note(1, next);
    }

    @Override
    public void onGap(long of, long first, long last) {
        assertEquals(epoch, of, () -> name + ": epoch of a gap");
        assertEquals(next, first, () -> name + ": a gap begins where the stream stands");
        assertTrue(last >= first, () -> name + ": a gap of one message at least");
        note(2, last);
        if (last == UNKNOWN_END) {
            unknownEnds++;
            return;
        }
        lost += last - first + 1;
        next = last + 1;
    }

    @Override
    public void onEpochStart(long started, long sequence) {
        if (isResuming) {
            assertEquals(epoch + ":" + next, started + ":" + sequence, () -> name + ": where it goes on");
        } else {
            assertTrue(started > epoch, () -> name + ": epochs only grow: " + started + " after " + epoch);
        }
        isResuming = false;
        epoch = started;
        next = sequence;
        isEnded = false;
        note(3, started);
    }

    @Override
    public void onEpochEnd(long ended, long last) {
        assertEquals(epoch, ended, () -> name + ": the epoch that ended");
        assertEquals(next - 1, last, () -> name + ": the last of it");
        isEnded = true;
        note(4, last);
    }

    private void note(int what, long value) {
        digest = (digest * 31 + what) * 31 + value;
        digest = digest * 31 + agenda.nowNs();
    }

    /** It was killed and comes back: what comes next begins with a message that it has not had. */
    void onRestart() {
        isResuming = epoch >= 0;
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

    long unknownEnds() {
        return unknownEnds;
    }

    boolean isEnded() {
        return isEnded;
    }

    long digest() {
        return digest;
    }
}
