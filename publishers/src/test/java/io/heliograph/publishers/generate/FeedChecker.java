// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.generate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Follows a feed the naive way, with maps, and complains of whatever a venue would not send. Shares no code with decoder,
 * generator or books.
 */
final class FeedChecker {
    private record Order(int locate, char side, long price, long shares) {}

    private static final Map<Character, Integer> LENGTHS = Map.ofEntries(
            Map.entry('S', 12),
            Map.entry('R', 39),
            Map.entry('H', 25),
            Map.entry('Y', 20),
            Map.entry('L', 26),
            Map.entry('V', 35),
            Map.entry('J', 35),
            Map.entry('A', 36),
            Map.entry('F', 40),
            Map.entry('E', 31),
            Map.entry('C', 36),
            Map.entry('X', 23),
            Map.entry('D', 19),
            Map.entry('U', 35),
            Map.entry('P', 44),
            Map.entry('Q', 40),
            Map.entry('B', 19),
            Map.entry('I', 50),
            Map.entry('N', 20));

    final Map<Character, Long> byType = new TreeMap<>();
    final List<String> complaints = new ArrayList<>();
    final StringBuilder events = new StringBuilder();
    final Map<Integer, String> directory = new HashMap<>();
    private final Map<Long, Order> orders = new HashMap<>();
    private final Map<Integer, NavigableMap<Long, Long>> bids = new HashMap<>();
    private final Map<Integer, NavigableMap<Long, Long>> asks = new HashMap<>();
    private long highestReference;
    private long lastTimestampNs;
    private long messages;

    void onMessage(byte[] octets) {
        messages++;
        ByteBuffer in = ByteBuffer.wrap(octets);
        char type = (char) in.get();
        byType.merge(type, 1L, Long::sum);
        if (!Integer.valueOf(octets.length).equals(LENGTHS.get(type))) {
            complain("length " + octets.length + " of " + type);
            return;
        }
        int locate = in.getShort() & 0xFFFF;
        in.getShort();
        long timestampNs = (in.getShort() & 0xFFFFL) << 32 | (in.getInt() & 0xFFFF_FFFFL);
        if (timestampNs < lastTimestampNs || timestampNs >= 86_400_000_000_000L) {
            complain("timestamp " + timestampNs + " after " + lastTimestampNs);
        }
        lastTimestampNs = timestampNs;
        if (locate != 0 && type != 'R' && !directory.containsKey(locate)) {
            complain("locate " + locate + " without a directory entry");
        }
        onType(type, locate, in);
        checkBook(locate);
    }

    int liveOrders() {
        return orders.size();
    }

    private void onType(char type, int locate, ByteBuffer in) {
        switch (type) {
            case 'S' -> events.append((char) in.get());
            case 'R' -> {
                if (directory.put(locate, symbol(in)) != null) {
                    complain("locate " + locate + " defined twice");
                }
            }
            case 'A', 'F' -> add(locate, in);
            case 'E', 'C' -> {
                long reference = in.getLong();
                reduce(locate, reference, in.getInt() & 0xFFFF_FFFFL, true);
            }
            case 'X' -> {
                long reference = in.getLong();
                reduce(locate, reference, in.getInt() & 0xFFFF_FFFFL, false);
            }
            case 'D' -> remove(locate, in.getLong());
            case 'U' -> replace(locate, in);
            case 'H', 'Y', 'I', 'J', 'N', 'P', 'Q', 'B', 'L', 'V' -> {}
            default -> complain("type " + type);
        }
    }

    private void add(int locate, ByteBuffer in) {
        long reference = in.getLong();
        char side = (char) in.get();
        long shares = in.getInt() & 0xFFFF_FFFFL;
        String symbol = symbol(in);
        if (!symbol.equals(directory.get(locate))) {
            complain("symbol " + symbol + " at locate " + locate);
        }
        enter(reference, new Order(locate, side, in.getInt() & 0xFFFF_FFFFL, shares));
    }

    private void replace(int locate, ByteBuffer in) {
        Order old = remove(locate, in.getLong());
        long reference = in.getLong();
        long shares = in.getInt() & 0xFFFF_FFFFL;
        if (old != null) {
            enter(reference, new Order(locate, old.side, in.getInt() & 0xFFFF_FFFFL, shares));
        }
    }

    private void enter(long reference, Order order) {
        if (reference <= highestReference) {
            complain("reference " + reference + " is not new");
        }
        highestReference = Math.max(highestReference, reference);
        if (order.shares <= 0 || order.price <= 0 || (order.side != 'B' && order.side != 'S')) {
            complain("order " + order);
        }
        orders.put(reference, order);
        levels(order).merge(order.price, order.shares, Long::sum);
    }

    private void reduce(int locate, long reference, long shares, boolean mayBeWhole) {
        Order order = remove(locate, reference);
        if (order == null) {
            return;
        }
        long left = order.shares - shares;
        if (shares <= 0 || left < 0 || (left == 0 && !mayBeWhole)) {
            complain("takes " + shares + " of " + order);
        }
        if (left > 0) {
            orders.put(reference, new Order(locate, order.side, order.price, left));
            levels(order).merge(order.price, left, Long::sum);
        }
    }

    private Order remove(int locate, long reference) {
        Order order = orders.remove(reference);
        if (order == null || order.locate != locate) {
            complain("no order " + reference + " at locate " + locate);
            return null;
        }
        levels(order)
                .computeIfPresent(
                        order.price, (price, shares) -> shares == order.shares ? null : shares - order.shares);
        return order;
    }

    private NavigableMap<Long, Long> levels(Order order) {
        return (order.side == 'B' ? bids : asks).computeIfAbsent(order.locate, locate -> new TreeMap<>());
    }

    private void checkBook(int locate) {
        NavigableMap<Long, Long> buy = bids.get(locate);
        NavigableMap<Long, Long> sell = asks.get(locate);
        if (buy != null && sell != null && !buy.isEmpty() && !sell.isEmpty() && buy.lastKey() >= sell.firstKey()) {
            complain("book of locate " + locate + " is crossed: " + buy.lastKey() + " " + sell.firstKey());
        }
    }

    private void complain(String what) {
        if (complaints.size() < 10) {
            complaints.add("message " + messages + ": " + what);
        }
    }

    private static String symbol(ByteBuffer in) {
        byte[] text = new byte[8];
        in.get(text);
        return new String(text, StandardCharsets.US_ASCII);
    }
}
