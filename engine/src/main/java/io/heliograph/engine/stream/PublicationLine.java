// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.aeron.Publication;
import org.agrona.DirectBuffer;

/**
 * A line of a publication, with what it took and what it refused.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class PublicationLine {
    /** How often a refused packet is offered again at once: some 10 us, three datagrams of a sender's time. */
    private static final int RETRIES = 256;

    private static final int ROTATIONS = 8;

    private final PacketLine line;
    private final Runnable pause;
    private int retries = RETRIES;
    private long packets;
    private long pushedBack;
    private long skipped;

    PublicationLine(PacketLine line, Runnable pause) {
        this.line = line;
        this.pause = pause;
    }

    /**
     * The line's name.
     *
     * @return A, B and so on.
     */
    public String name() {
        return line.name();
    }

    /**
     * Packets of any kind that the line took.
     *
     * @return packets.
     */
    public long packets() {
        return packets;
    }

    /**
     * How often the line refused a packet after all retries.
     *
     * @return refusals.
     */
    public long pushedBack() {
        return pushedBack;
    }

    /**
     * Packets that went out on other lines only, because this one pushed back.
     *
     * @return packets.
     */
    public long skipped() {
        return skipped;
    }

    /**
     * Whether anybody listens on the line.
     *
     * @return true with at least one receiver.
     */
    public boolean isConnected() {
        return line.isConnected();
    }

    int maxPayloadLength() {
        return line.maxPayloadLength();
    }

    /** Offers a packet once; a line that only rotates its term is asked again at once. */
    long offer(DirectBuffer buffer, int offset, int length) {
        long outcome = line.offer(buffer, offset, length);
        for (int i = 0; i < ROTATIONS && outcome == Publication.ADMIN_ACTION; i++) {
            outcome = line.offer(buffer, offset, length);
        }
        if (outcome > 0) {
            packets++;
            retries = RETRIES;
        }
        return outcome;
    }

    /**
     * Offers a packet that another line has taken, again and again for a bounded time. A line that has stood still is asked
     * half as often each time, so that it soon costs the others nothing.
     */
    long insist(DirectBuffer buffer, int offset, int length) {
        long outcome = Publication.BACK_PRESSURED;
        for (int i = 0; i < retries && isTransient(outcome); i++) {
            pause.run();
            outcome = offer(buffer, offset, length);
        }
        if (isTransient(outcome)) {
            pushedBack++;
            retries >>= 1;
        }
        return outcome;
    }

    void onTick() {
        line.onTick();
    }

    boolean isRefused() {
        return line.isRefused();
    }

    void rest() {
        line.rest();
    }

    void open() {
        line.open();
    }

    void onSkipped() {
        skipped++;
    }

    void close() {
        line.close();
    }

    private static boolean isTransient(long outcome) {
        return outcome == Publication.BACK_PRESSURED || outcome == Publication.ADMIN_ACTION;
    }
}
