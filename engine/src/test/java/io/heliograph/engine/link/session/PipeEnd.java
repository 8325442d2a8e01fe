// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import io.heliograph.engine.wire.LinkFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One end of a connection without a network: keeps what a session sends until a test carries it over, in pieces or not at all. */
final class PipeEnd implements LinkOutput {
    /** From so many octets on the session is told to wait. */
    int high = Integer.MAX_VALUE;

    boolean isClosed;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private UnsafeBuffer claimed = new UnsafeBuffer(0, 0);
    private long sent;
    private boolean wasFull;

    @Override
    public boolean isWritable() {
        boolean isRoom = waiting.size() < high;
        wasFull |= !isRoom;
        return isRoom;
    }

    @Override
    public MutableDirectBuffer claim(int length) {
        claimed = new UnsafeBuffer(new byte[length]);
        return claimed;
    }

    @Override
    public void commit() {
        waiting.writeBytes(claimed.byteArray());
    }

    @Override
    public void send(ByteBuffer frame, int length, Runnable done) {
        byte[] octets = new byte[length];
        frame.get(0, octets);
        waiting.writeBytes(octets);
        done.run();
    }

    @Override
    public void flush() {}

    @Override
    public long waitingOctets() {
        return waiting.size();
    }

    @Override
    public long sentOctets() {
        return sent;
    }

    @Override
    public void close() {
        isClosed = true;
    }

    int waiting() {
        return waiting.size();
    }

    /** Takes the first octets out. */
    byte[] take(int count) {
        byte[] all = waiting.toByteArray();
        byte[] first = Arrays.copyOf(all, Math.min(count, all.length));
        waiting.reset();
        waiting.write(all, first.length, all.length - first.length);
        sent += first.length;
        return first;
    }

    /** Whether the session waits for room and there is some. */
    boolean isToBeTold() {
        boolean isNow = wasFull && waiting.size() < high;
        wasFull &= !isNow;
        return isNow;
    }

    /** Takes all frames out. */
    List<byte[]> frames() {
        byte[] all = take(waiting.size());
        List<byte[]> frames = new ArrayList<>();
        for (int at = 0; at < all.length; ) {
            int length = (int) LinkFrame.length(new UnsafeBuffer(all), at);
            frames.add(Arrays.copyOfRange(all, at, at + length));
            at += length;
        }
        return frames;
    }
}
