// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.feed;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.publishers.normalise.ItchNormaliser;
import io.heliograph.subscribers.book.BookListener;
import io.heliograph.subscribers.book.Books;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decodes, normalises and books a file of ITCH: first enough to fill the books, then the rest against the clock. The books
 * get it as a subscriber's do: as many messages at once as a packet has.
 *
 * <p><b>Thread:</b> one owner.
 */
public final class BookFeed implements AutoCloseable {
    private static final int BODY_LENGTH = 256;

    /** Of 36 octets, in a packet of 1,408. */
    private static final int PACKET_MESSAGES = 35;

    private final SystemNanoClock clock = SystemNanoClock.INSTANCE;
    private final ItchNormaliser normaliser = new ItchNormaliser(0);
    private final UnsafeBuffer body = new UnsafeBuffer(ByteBuffer.allocateDirect(BODY_LENGTH));
    private final UnsafeBuffer octets;
    private final Books books;
    private int offset;

    /**
     * Prepares.
     *
     * @param file BinaryFILE.
     * @param symbols expected.
     * @param orders expected in the books.
     */
    public BookFeed(ByteBuffer file, int symbols, int orders) {
        octets = new UnsafeBuffer(file);
        books = new Books(symbols, orders, BookListener.NONE);
    }

    /**
     * Runs through the file once, from empty books.
     *
     * @param fill messages that are not timed.
     * @return {@code done} with messages and time after those, live orders, memory and what the books complained of.
     */
    public ControlLine run(long fill) {
        books.clear();
        offset = 0;
        feed(fill);
        long startNs = clock.nanoTime();
        long messages = feed(Long.MAX_VALUE);
        long ns = clock.nanoTime() - startNs;
        return new ControlLine("done")
                .with("messages", messages)
                .with("ns", ns)
                .with("orders", books.orderCount())
                .with("instruments", books.size())
                .with("memoryBytes", books.memoryBytes())
                .with("trouble", books.troubleCount());
    }

    @Override
    public void close() {
        books.close();
    }

    private long feed(long most) {
        long messages = 0;
        int length = octets.getShort(offset, ByteOrder.BIG_ENDIAN) & 0xFFFF;
        while (length != 0 && messages < most) {
            int bodyLength = normaliser.normalise(octets, offset + Short.BYTES, length, body, 0);
            books.collect(body, 0, bodyLength, messages);
            messages++;
            if (messages % PACKET_MESSAGES == 0) {
                books.apply();
            }
            offset += Short.BYTES + length;
            length = octets.getShort(offset, ByteOrder.BIG_ENDIAN) & 0xFFFF;
        }
        books.apply();
        return messages;
    }
}
