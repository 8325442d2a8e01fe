// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The same books, as plainly as they can be written: what the property test compares with. */
final class NaiveBooks {
    record Order(int instrument, long id, int side, long price, long size) {}

    record Level(long price, long size, int orders) {}

    record LevelKey(int instrument, int side) {}

    final Map<Long, Order> orders = new HashMap<>();
    final Map<LevelKey, Map<Long, Map<Long, Order>>> sides =
            new TreeMap<>(Comparator.comparingInt(LevelKey::instrument).thenComparingInt(LevelKey::side));

    BookOutcome add(Order order) {
        if (order.size == 0) {
            return BookOutcome.EMPTY_ORDER;
        }
        if (orders.putIfAbsent(order.id, order) != null) {
            return BookOutcome.DUPLICATE_ORDER;
        }
        level(order).put(order.id, order);
        return BookOutcome.APPLIED;
    }

    BookOutcome take(int instrument, long id, long size) {
        BookOutcome outcome = check(instrument, id);
        if (outcome != BookOutcome.APPLIED) {
            return outcome;
        }
        Order order = orders.get(id);
        long left = order.size - size;
        if (left <= 0) {
            remove(order);
            return left < 0 ? BookOutcome.OVERFILL : BookOutcome.APPLIED;
        }
        Order smaller = new Order(order.instrument, id, order.side, order.price, left);
        orders.put(id, smaller);
        level(order).put(id, smaller);
        return BookOutcome.APPLIED;
    }

    BookOutcome delete(int instrument, long id) {
        BookOutcome outcome = check(instrument, id);
        if (outcome == BookOutcome.APPLIED) {
            remove(orders.get(id));
        }
        return outcome;
    }

    BookOutcome replace(int instrument, long id, long newId, long price, long size) {
        BookOutcome outcome = check(instrument, id);
        if (outcome != BookOutcome.APPLIED) {
            return outcome;
        }
        Order order = orders.get(id);
        remove(order);
        return add(new Order(instrument, newId, order.side, price, size));
    }

    Told.Best best(int instrument) {
        Level bid = first(instrument, 0);
        Level ask = first(instrument, 1);
        return new Told.Best(instrument, bid.price, bid.size, ask.price, ask.size);
    }

    List<Level> levels(int instrument, int side) {
        List<Level> levels = new ArrayList<>();
        side(instrument, side)
                .forEach((price, queue) -> levels.add(new Level(
                        price, queue.values().stream().mapToLong(Order::size).sum(), queue.size())));
        return levels;
    }

    List<Order> ordersOf(int instrument, int side) {
        List<Order> all = new ArrayList<>();
        side(instrument, side).values().forEach(queue -> all.addAll(queue.values()));
        return all;
    }

    private BookOutcome check(int instrument, long id) {
        Order order = orders.get(id);
        if (order == null) {
            return BookOutcome.UNKNOWN_ORDER;
        }
        return order.instrument == instrument ? BookOutcome.APPLIED : BookOutcome.WRONG_INSTRUMENT;
    }

    private void remove(Order order) {
        orders.remove(order.id);
        Map<Long, Order> level = level(order);
        level.remove(order.id);
        if (level.isEmpty()) {
            side(order.instrument, order.side).remove(order.price);
        }
    }

    private Level first(int instrument, int side) {
        for (Map.Entry<Long, Map<Long, Order>> level : side(instrument, side).entrySet()) {
            long total =
                    level.getValue().values().stream().mapToLong(Order::size).sum();
            return new Level(level.getKey(), total, level.getValue().size());
        }
        return new Level(0, 0, 0);
    }

    private Map<Long, Order> level(Order order) {
        return side(order.instrument, order.side).computeIfAbsent(order.price, price -> new LinkedHashMap<>());
    }

    private Map<Long, Map<Long, Order>> side(int instrument, int side) {
        return sides.computeIfAbsent(
                new LevelKey(instrument, side),
                key -> new TreeMap<>(side == 0 ? Comparator.<Long>reverseOrder() : Comparator.<Long>naturalOrder()));
    }
}
