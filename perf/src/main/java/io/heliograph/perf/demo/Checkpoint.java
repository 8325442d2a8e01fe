// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.recovery.JoinPlace;
import io.heliograph.engine.schema.sbe.MessageHeaderEncoder;
import io.heliograph.engine.schema.sbe.OrderAddEncoder;
import io.heliograph.engine.schema.sbe.Side;
import io.heliograph.subscribers.book.Book;
import io.heliograph.subscribers.book.Books;
import io.heliograph.subscribers.book.LevelCursor;
import io.heliograph.subscribers.book.OrderCursor;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a subscriber keeps for the case that it is killed: its books and its position in the stream, in one file, so that the two
 * always belong together. Each time a new file takes the place of the old one at once.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Layout:</b> big-endian { i64 epoch, i64 next, i64 changes of best prices, i64 their hash, i64 the last one's message, i32
 * orders }, then for each order, in the books' order, { i32 instrument, i8 side, i64 price, i64 id, i32 size }.
 */
final class Checkpoint {
    private static final int BUFFER_OCTETS = 1 << 16;

    private final Path file;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderAddEncoder add = new OrderAddEncoder();
    private final UnsafeBuffer body =
            new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + OrderAddEncoder.BLOCK_LENGTH]);
    private final Book view = new Book();
    private final LevelCursor levels = new LevelCursor();
    private final OrderCursor orders = new OrderCursor();

    /** One that need not exist so far. */
    Checkpoint(Path file) {
        this.file = file;
    }

    boolean isThere() {
        return Files.exists(file);
    }

    /** Keeps what was made of all messages before {@code next}. */
    void write(long epoch, long next, ChangeLog changes, Books books) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh), BUFFER_OCTETS))) {
                out.writeLong(epoch);
                out.writeLong(next);
                out.writeLong(changes.count());
                out.writeLong(changes.hash());
                out.writeLong(changes.lastSequence());
                out.writeInt(books.orderCount());
                for (int i = 0; i < books.size(); i++) {
                    books.at(i, view);
                    write(out, Side.BUY, view.bids(levels));
                    write(out, Side.SELL, view.asks(levels));
                }
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void write(DataOutputStream out, Side side, LevelCursor level) throws IOException {
        while (level.next()) {
            level.orders(orders);
            while (orders.next()) {
                out.writeInt(view.instrument());
                out.writeByte(side.value());
                out.writeLong(level.price());
                out.writeLong(orders.orderId());
                out.writeInt((int) orders.size());
            }
        }
    }

    /**
     * Makes empty books what they were, and says where to go on.
     *
     * @param changes becomes what it was too; add nothing to it for what the books tell meanwhile.
     */
    JoinPlace read(ChangeLog changes, Books books) {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_OCTETS))) {
            JoinPlace place = JoinPlace.at(in.readLong(), in.readLong());
            changes.resume(in.readLong(), in.readLong(), in.readLong());
            for (int left = in.readInt(); left > 0; left--) {
                int length = decode(in);
                books.onMessage(body, 0, length);
            }
            return place;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private int decode(DataInputStream in) throws IOException {
        add.wrapAndApplyHeader(body, 0, header).instrument(in.readInt());
        add.side(Side.get(in.readByte())).price(in.readLong()).orderId(in.readLong());
        add.size(in.readInt() & 0xFFFFFFFFL).time(0);
        return MessageHeaderEncoder.ENCODED_LENGTH + add.encodedLength();
    }
}
