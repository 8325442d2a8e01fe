// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.naive;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * All books of an ITCH feed, built message by message with maps and records.
 *
 * <p>Orders: A and F add; E, C and X take shares away; D deletes; U deletes and adds at the same side. Nothing else touches
 * a book.
 *
 * <p><b>Thread:</b> one owner.
 */
public final class NaiveBook {
    private static final NaiveBest NOTHING = new NaiveBest(0, 0, 0, 0, 0, 0);

    private final Map<Long, NaiveOrder> orders = new HashMap<>();
    private final Map<Integer, NavigableMap<Long, NaiveLevel>> bids = new HashMap<>();
    private final Map<Integer, NavigableMap<Long, NaiveLevel>> asks = new HashMap<>();
    private final Map<Integer, NaiveBest> bests = new HashMap<>();
    private final Map<Integer, String> symbols = new HashMap<>();
    private final Map<Character, Long> byType = new TreeMap<>();
    private final Consumer<NaiveBest> onBest;
    private long messages;
    private long unknownReferences;
    private long overfills;

    /**
     * Empty books.
     *
     * @param onBest takes each change of a best bid or offer, in order.
     */
    public NaiveBook(Consumer<NaiveBest> onBest) {
        this.onBest = onBest;
    }

    /**
     * Takes the next message.
     *
     * @param message from its type letter on.
     */
    public void onMessage(byte[] message) {
        ByteBuffer fields = ByteBuffer.wrap(message);
        char type = (char) message[0];
        int locate = fields.getShort(1) & 0xFFFF;
        messages++;
        byType.merge(type, 1L, Long::sum);
        switch (type) {
            case 'R' -> symbols.put(locate, new String(message, 11, 8, StandardCharsets.US_ASCII).trim());
            case 'A', 'F' ->
                add(new NaiveOrder(
                        fields.getLong(11), locate, (char) message[19], unsigned(fields, 32), unsigned(fields, 20)));
            case 'E', 'C', 'X' -> take(fields.getLong(11), unsigned(fields, 19));
            case 'D' -> remove(fields.getLong(11));
            case 'U' -> replace(fields);
            default -> {
                return;
            }
        }
        tellBest(locate);
    }

    /**
     * Messages so far.
     *
     * @return 0 and up.
     */
    public long messages() {
        return messages;
    }

    /**
     * Messages by their type letter.
     *
     * @return ascending.
     */
    public Map<Character, Long> byType() {
        return Collections.unmodifiableMap(byType);
    }

    /**
     * Messages that named an order that does not live.
     *
     * @return messages.
     */
    public long unknownReferences() {
        return unknownReferences;
    }

    /**
     * Messages that took more from an order than it had.
     *
     * @return messages.
     */
    public long overfills() {
        return overfills;
    }

    /**
     * A stock's symbol.
     *
     * @param locate the stock.
     * @return as the directory has it; the number where it has none.
     */
    public String symbol(int locate) {
        return symbols.getOrDefault(locate, "#" + locate);
    }

    /**
     * All levels: stocks ascending, bids before offers, best first.
     *
     * @return a new list.
     */
    public List<NaiveLevel> levels() {
        List<NaiveLevel> all = new ArrayList<>();
        for (int locate = 0; locate <= 0xFFFF; locate++) {
            all.addAll(side(bids, locate).descendingMap().values());
            all.addAll(side(asks, locate).values());
        }
        return all;
    }

    /**
     * All live orders as the truth's text has them: {@code ref,locate,side,price,shares}, ascending.
     *
     * @return a new list.
     */
    public List<String> orders() {
        List<String> all = new ArrayList<>();
        new TreeMap<>(orders)
                .values()
                .forEach(order -> all.add(order.reference() + "," + order.locate() + "," + order.side() + ","
                        + order.price() + "," + order.shares()));
        return all;
    }

    private void replace(ByteBuffer fields) {
        NaiveOrder old = orders.get(fields.getLong(11));
        remove(fields.getLong(11));
        if (old != null) {
            add(new NaiveOrder(
                    fields.getLong(19), old.locate(), old.side(), unsigned(fields, 31), unsigned(fields, 27)));
        }
    }

    private void add(NaiveOrder order) {
        orders.put(order.reference(), order);
        change(order, order.shares(), 1);
    }

    private void take(long reference, long shares) {
        NaiveOrder order = orders.get(reference);
        if (order == null) {
            unknownReferences++;
        } else if (shares >= order.shares()) {
            overfills += shares > order.shares() ? 1 : 0;
            remove(reference);
        } else {
            orders.put(reference, order.less(shares));
            change(order, -shares, 0);
        }
    }

    private void remove(long reference) {
        NaiveOrder order = orders.remove(reference);
        if (order == null) {
            unknownReferences++;
        } else {
            change(order, -order.shares(), -1);
        }
    }

    private void change(NaiveOrder order, long shares, int count) {
        NaiveLevel none = new NaiveLevel(order.locate(), order.side(), order.price(), 0, 0);
        Map<Long, NaiveLevel> side = order.side() == 'B'
                ? bids.computeIfAbsent(order.locate(), locate -> new TreeMap<>())
                : asks.computeIfAbsent(order.locate(), locate -> new TreeMap<>());
        NaiveLevel level = side.getOrDefault(order.price(), none).plus(shares, count);
        if (level.orders() == 0) {
            side.remove(order.price());
        } else {
            side.put(order.price(), level);
        }
    }

    private void tellBest(int locate) {
        NavigableMap<Long, NaiveLevel> bid = side(bids, locate);
        NavigableMap<Long, NaiveLevel> ask = side(asks, locate);
        NaiveLevel bestBid = bid.isEmpty() ? none(locate) : bid.lastEntry().getValue();
        NaiveLevel bestAsk = ask.isEmpty() ? none(locate) : ask.firstEntry().getValue();
        NaiveBest best =
                new NaiveBest(messages, locate, bestBid.price(), bestBid.shares(), bestAsk.price(), bestAsk.shares());
        if (!best.hasSamePrices(bests.getOrDefault(locate, NOTHING))) {
            bests.put(locate, best);
            onBest.accept(best);
        }
    }

    private static NavigableMap<Long, NaiveLevel> side(Map<Integer, NavigableMap<Long, NaiveLevel>> sides, int locate) {
        return sides.getOrDefault(locate, new TreeMap<>());
    }

    private static NaiveLevel none(int locate) {
        return new NaiveLevel(locate, ' ', 0, 0, 0);
    }

    private static long unsigned(ByteBuffer fields, int offset) {
        return fields.getInt(offset) & 0xFFFFFFFFL;
    }
}
