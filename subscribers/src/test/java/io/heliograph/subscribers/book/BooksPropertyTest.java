// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.engine.schema.sbe.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Books against the naive model: random orders, wrong ones among them, over shallow and very deep ladders, applied one by
 * one and many together, which often name the same order or level.
 */
class BooksPropertyTest {
    private static final int INSTRUMENTS = 5;

    private final Told told = new Told();
    private final Books books = new Books(1, 1, told);
    private final Bodies bodies = new Bodies(books);
    private final NaiveBooks naive = new NaiveBooks();
    private final List<Told.Best> expectedChanges = new ArrayList<>();
    private final List<Long> ids = new ArrayList<>();
    private final Book book = new Book();
    private final Map<BookOutcome, Long> expectedOutcomes = new EnumMap<>(BookOutcome.class);
    private long nextId = 0x5E55101D;
    private int recent = 2000;
    private int mostTogether;
    private int leftTogether = 1;

    @ParameterizedTest(name = "seed {0}, {1} prices, {2} operations, {3} % of them adds, up to {4} together")
    @CsvSource({
        "1, 5, 20000, 50, 1",
        "2, 60, 20000, 50, 1",
        "3, 3000, 30000, 60, 1",
        "4, 200000, 30000, 90, 1",
        "5, 200000, 60000, 40, 1",
        "6, 1, 5000, 45, 1",
        "7, 900, 60000, 48, 1",
        "8, 5, 20000, 50, 2",
        "9, 60, 60000, 50, 35",
        "10, 3000, 30000, 60, 300",
        "11, 200000, 30000, 90, 35",
        "12, 200000, 60000, 40, 128",
        "13, 1, 5000, 45, 35",
        "14, 900, 60000, 48, 20"
    })
    void shouldEqualTheNaiveModelWhenAnythingHappens(
            int seed, int prices, int operations, int addPercent, int together) {
        Random random = new Random(seed);
        mostTogether = together;
        bodies.isCollecting = together > 1;
        recent = together > 1 ? 100 : recent;

        for (int i = 0; i < operations; i++) {
            step(random, prices, addPercent);
            if (--leftTogether == 0) {
                leftTogether = 1 + random.nextInt(mostTogether);
                apply();
            }
            if (i % 5000 == 0) {
                apply();
                compareAll(seed, i);
            }
        }

        apply();
        compareAll(seed, operations);
        assertEquals(expectedChanges, told.changes, "changes of the best prices, seed " + seed);
        while (!naive.orders.isEmpty()) {
            long id = naive.orders.keySet().iterator().next();
            delete(naive.orders.get(id).instrument(), id);
        }
        apply();
        compareAll(seed, -1);
        assertEquals(0, books.orderCount());
        assertEquals(0, books.levelCount());
        books.close();
    }

    private void step(Random random, int prices, int addPercent) {
        int instrument = random.nextInt(INSTRUMENTS) * 0x1000001;
        if (random.nextInt(100) < addPercent || ids.isEmpty()) {
            int side = random.nextInt(2);
            long price = (random.nextInt(prices) - prices / 3) * 100_000L + (side == 0 ? 0 : 50_000L);
            long id = random.nextInt(50) == 0 && !ids.isEmpty() ? anyId(random) : ++nextId;
            ids.add(id);
            long size = random.nextInt(30) == 0 ? 0 : 1L + random.nextInt(1000);
            Side name = side == 0 ? Side.BUY : Side.SELL;
            check(
                    instrument,
                    () -> bodies.add(instrument, id, name, price, size).send(),
                    () -> naive.add(new NaiveBooks.Order(instrument, id, side, price, size)));
            return;
        }
        long id = anyId(random);
        int owner = random.nextInt(40) != 0 && naive.orders.containsKey(id)
                ? naive.orders.get(id).instrument()
                : instrument;
        switch (random.nextInt(4)) {
            case 0 -> {
                long size = 1L + random.nextInt(600);
                check(owner, () -> bodies.execute(owner, id, size).send(), () -> naive.take(owner, id, size));
            }
            case 1 -> {
                long size = random.nextInt(300);
                check(owner, () -> bodies.reduce(owner, id, size).send(), () -> naive.take(owner, id, size));
            }
            case 2 -> delete(owner, id);
            default -> replace(random, prices, owner, id);
        }
    }

    private void replace(Random random, int prices, int owner, long id) {
        long price = (random.nextInt(prices) - prices / 3) * 100_000L;
        long newId = random.nextInt(20) == 0 ? id : random.nextInt(20) == 0 ? anyId(random) : ++nextId;
        long size = random.nextInt(30) == 0 ? 0 : 1L + random.nextInt(500);
        ids.add(newId);
        check(
                owner,
                () -> bodies.replace(owner, id, newId, price, size).send(),
                () -> naive.replace(owner, id, newId, price, size));
    }

    private void delete(int owner, long id) {
        check(owner, () -> bodies.delete(owner, id).send(), () -> naive.delete(owner, id));
    }

    private long anyId(Random random) {
        int back = Math.min(ids.size(), 1 + random.nextInt(recent));
        return ids.get(ids.size() - back);
    }

    private void check(int instrument, Runnable real, java.util.function.Supplier<BookOutcome> model) {
        Told.Best before = naive.best(instrument);
        BookOutcome expected = model.get();
        Told.Best after = naive.best(instrument);
        if (!after.equals(before)) {
            expectedChanges.add(after);
        }
        expectedOutcomes.merge(expected, 1L, Long::sum);
        real.run();
        if (!bodies.isCollecting) {
            apply();
        }
    }

    private void apply() {
        books.apply();
        expectedOutcomes.forEach((outcome, count) -> assertEquals(count, books.count(outcome), outcome::toString));
        assertEquals(expectedChanges.size(), told.changes.size());
        if (bodies.isCollecting) {
            assertEquals(bodies.sequence, books.sequence());
        }
    }

    private void compareAll(int seed, int step) {
        String where = "seed " + seed + " step " + step;
        assertEquals(naive.orders.size(), books.orderCount(), where);
        for (int i = 0; i < INSTRUMENTS; i++) {
            int instrument = i * 0x1000001;
            if (books.find(instrument, book)) {
                assertEquals(naive.levels(instrument, 0), levels(book.bids(new LevelCursor())), where);
                assertEquals(naive.levels(instrument, 1), levels(book.asks(new LevelCursor())), where);
                assertEquals(naive.ordersOf(instrument, 0), orders(instrument, 0), where);
                assertEquals(naive.ordersOf(instrument, 1), orders(instrument, 1), where);
                assertEquals(naive.levels(instrument, 0).size(), book.bidLevels(), where);
                assertEquals(naive.levels(instrument, 1).size(), book.askLevels(), where);
            }
        }
    }

    private static List<NaiveBooks.Level> levels(LevelCursor cursor) {
        List<NaiveBooks.Level> levels = new ArrayList<>();
        while (cursor.next()) {
            levels.add(new NaiveBooks.Level(cursor.price(), cursor.size(), cursor.orderCount()));
        }
        return levels;
    }

    private List<NaiveBooks.Order> orders(int instrument, int side) {
        List<NaiveBooks.Order> all = new ArrayList<>();
        LevelCursor levels = side == 0 ? book.bids(new LevelCursor()) : book.asks(new LevelCursor());
        OrderCursor orders = new OrderCursor();
        while (levels.next()) {
            levels.orders(orders);
            while (orders.next()) {
                all.add(new NaiveBooks.Order(instrument, orders.orderId(), side, levels.price(), orders.size()));
            }
        }
        return all;
    }
}
