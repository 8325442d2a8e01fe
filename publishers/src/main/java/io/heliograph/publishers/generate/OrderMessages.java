// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.generate;

/**
 * Does to the books what a message says, and writes the message: A, F, E, C, X, D, U and P.
 *
 * <p><b>Thread:</b> one owner: the generator's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class OrderMessages {
    /** One cent in ITCH's 1/10,000 dollar. */
    static final int TICK_SIZE = 100;

    private final Symbols symbols;
    private final Books books;
    private final OrderPool orders;
    private final MessageWriter message;
    private long lastReference;
    private long lastMatch;
    private int lastMatchSymbol;

    OrderMessages(Symbols symbols, Books books, OrderPool orders, MessageWriter message) {
        this.symbols = symbols;
        this.books = books;
        this.orders = orders;
        this.message = message;
    }

    long lastMatch() {
        return lastMatch;
    }

    /** The symbol that {@link #lastMatch} traded. */
    int lastMatchSymbol() {
        return lastMatchSymbol;
    }

    void add(int symbol, int tick, int shares, long nowNs, long detail) {
        boolean isAttributed = (detail >>> 50 & 63) == 0;
        long reference = newOrder(symbol, tick, shares, detail);
        message.begin(isAttributed ? 'F' : 'A', symbol + 1, nowNs)
                .uint64(reference)
                .code(books.isBid(symbol, tick) ? 'B' : 'S')
                .uint32(shares)
                .uint64(symbols.name(symbol))
                .uint32(tick * TICK_SIZE);
        if (isAttributed) {
            message.uint32(Text.participant(detail >>> 56));
        }
    }

    void delete(int symbol, int order, long nowNs) {
        message.begin('D', symbol + 1, nowNs).uint64(orders.reference(order));
        books.remove(symbol, order);
    }

    void replace(int symbol, int order, int tick, int shares, long nowNs) {
        long original = orders.reference(order);
        books.remove(symbol, order);
        long reference = newOrder(symbol, tick, shares, original);
        message.begin('U', symbol + 1, nowNs)
                .uint64(original)
                .uint64(reference)
                .uint32(shares)
                .uint32(tick * TICK_SIZE);
    }

    void cancel(int symbol, int order, int shares, long nowNs) {
        orders.shares(order, orders.shares(order) - shares);
        message.begin('X', symbol + 1, nowNs).uint64(orders.reference(order)).uint32(shares);
    }

    /** Whole three times of four; one time of thirty-two at another price than the order's, a cent better. */
    void execute(int symbol, int order, long nowNs, long detail) {
        int live = orders.shares(order);
        int shares = (detail >>> 50 & 3) != 0 ? live : 1 + SplitMix.within(detail, live);
        boolean isPriced = (detail >>> 52 & 31) == 0;
        int tick = orders.tick(order);
        message.begin(isPriced ? 'C' : 'E', symbol + 1, nowNs)
                .uint64(orders.reference(order))
                .uint32(shares)
                .uint64(nextMatch(symbol));
        if (isPriced) {
            int price = (books.isBid(symbol, tick) ? tick - 1 : tick + 1) * TICK_SIZE;
            message.code((detail >>> 57 & 3) == 0 ? 'N' : 'Y').uint32(price);
        }
        if (shares == live) {
            books.remove(symbol, order);
        } else {
            orders.shares(order, live - shares);
        }
    }

    /** Against an order that is not displayed, at half a cent within the spread. */
    void trade(int symbol, int shares, long nowNs) {
        message.begin('P', symbol + 1, nowNs)
                .uint64(0)
                .code('B')
                .uint32(shares)
                .uint64(symbols.name(symbol))
                .uint32(books.centre(symbol) * TICK_SIZE + TICK_SIZE / 2)
                .uint64(nextMatch(symbol));
    }

    private long nextMatch(int symbol) {
        lastMatchSymbol = symbol;
        return ++lastMatch;
    }

    private long newOrder(int symbol, int tick, int shares, long bits) {
        lastReference += 1 + (bits & 3);
        books.add(symbol, orders.take(lastReference, shares, tick));
        return lastReference;
    }
}
