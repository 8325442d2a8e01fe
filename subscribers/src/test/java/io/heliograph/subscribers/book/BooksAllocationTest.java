// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.heliograph.engine.schema.sbe.LevelAction;
import io.heliograph.engine.schema.sbe.Side;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The least of three windows counts: when the JVM compiles anew, it may allocate once itself. */
class BooksAllocationTest {
    private static final int ROUNDS = 100_000;

    private long changes;
    private long sum;
    private final Book book = new Book();
    private final LevelCursor levels = new LevelCursor();
    private final OrderCursor orders = new OrderCursor();
    private final Books books = new Books(64, 4096, new BookListener() {
        @Override
        public void onBestChange(Book changed) {
            changes += changed.bestBidSize();
        }
    });
    private final Bodies bodies = new Bodies(books);

    @Test
    void shouldAllocateNothingWhenWarm() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        run(ROUNDS);
        run(ROUNDS);

        long least = Long.MAX_VALUE;
        for (int window = 0; window < 3; window++) {
            long before = threads.getThreadAllocatedBytes(thread);
            run(ROUNDS);
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }

        assertTrue(changes > 0 && sum > 0);
        assertEquals(0, least, "bytes in " + ROUNDS + " rounds of nine messages");
        books.close();
    }

    private void run(int rounds) {
        for (int i = 0; i < rounds; i++) {
            bodies.isCollecting = (i & 64) != 0;
            if (!bodies.isCollecting) {
                books.apply();
            }
            int instrument = i & 63;
            long price = 1_000 + (i * 31L & 127);
            bodies.add(instrument, i, Side.BUY, price, 100)
                    .attribute(instrument, i, 7)
                    .send();
            bodies.add(instrument, ~i, Side.SELL, 2_000 + price, 100).send();
            bodies.execute(instrument, i, 40).send();
            bodies.reduce(instrument, i, 10).send();
            bodies.replace(instrument, i, i + (1L << 40), price + 1, 30).send();
            bodies.level(instrument, Side.SELL, 9_000, 1L + i, 1, LevelAction.SET)
                    .send();
            bodies.delete(instrument, 99).send();
            look(instrument);
            long old = i - 1000L;
            bodies.delete((int) (old & 63), old + (1L << 40)).send();
            bodies.delete((int) (old & 63), ~old).send();
        }
        books.apply();
        for (long old = rounds - 1000L; old < rounds; old++) {
            bodies.delete((int) (old & 63), old + (1L << 40)).send();
            bodies.delete((int) (old & 63), ~old).send();
        }
    }

    private void look(int instrument) {
        books.find(instrument, book);
        book.asks(levels);
        while (levels.next()) {
            sum += levels.price() + levels.size();
            levels.orders(orders);
            while (orders.next()) {
                sum += orders.size();
            }
        }
    }
}
