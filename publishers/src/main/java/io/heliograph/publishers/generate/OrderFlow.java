// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.generate;

/**
 * The order flow of the day: chooses what happens next to which symbol, so that every reference is to a live order and
 * every book stands as a book can.
 *
 * <p>Most deletes are of quotes that move: the next message is the new order in the same symbol.
 *
 * <p>Prices walk because orders at the touch are used up: now and then a symbol wants to go a tick up or down; then the
 * orders in its way are executed oldest first, those that would be left too far behind are replaced or deleted, and when
 * both ticks are empty the centre moves. Half of the messages go to the symbol of the message before, as feeds do.
 *
 * <p><b>Thread:</b> one owner: the generator's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class OrderFlow {
    private static final int DICE_BITS = 12;
    private static final int DICE_MASK = (1 << DICE_BITS) - 1;

    /** Of 4,096: below its target a book grows by more adds than deletes; above it, it shrinks. */
    private static final int ADD_GROWING = 1100;

    private static final int ADD_SHRINKING = 130;
    private static final int DELETE_END = 2900;
    private static final int REPLACE_END = 3480;
    private static final int EXECUTE_END = 3780;
    private static final int CANCEL_END = 3940;
    private static final int TRADE_END = 4086;

    /** One message in so many, and in so many more as the symbol has live orders, begins a move of its price. */
    private static final int MESSAGES_PER_MOVE = 64;

    /** A bit that ends the count of halvings: the deepest price is three times 9 and 2 ticks from the touch. */
    private static final long MOST_HALVINGS = 1L << 9;

    /** Fifteen of sixteen deletes are half of a quote that moves. */
    private static final long QUOTES_ANEW = 15;

    private static final int LEAST_CENTRE = 200;
    private static final int ROUND_LOT = 100;

    private final Symbols symbols;
    private final OrderPool orders;
    private final Books books;
    private final OrderMessages messages;
    private final RareMessages rare;
    private final SplitMix random;
    private final byte[] drift;
    private int symbol;
    private boolean isQuoting;

    OrderFlow(ItchDay day, Symbols symbols, SplitMix random, MessageWriter message) {
        this.symbols = symbols;
        this.random = random;
        this.orders = new OrderPool(poolCapacity(day));
        this.books = new Books(symbols.count(), orders);
        this.drift = new byte[symbols.count()];
        this.messages = new OrderMessages(symbols, books, orders, message);
        this.rare = new RareMessages(symbols, books, messages, message);
        for (int i = 0; i < symbols.count(); i++) {
            books.centre(i, firstCentre(random.next()));
        }
    }

    /** One message of order flow; {@code isAuction} when imbalances are published at this time of day. */
    void next(long nowNs, boolean isAuction, char crossType) {
        long bits = random.next();
        if (isQuoting) {
            isQuoting = false;
            add(nowNs, random.next());
            return;
        }
        if ((bits >>> 63) == 0) {
            symbol = symbols.pick(bits);
        }
        int dice = (int) (bits >>> 20) & DICE_MASK;
        long detail = random.next();
        if (isAuction && (bits >>> 32 & 7) == 0) {
            rare.imbalance(symbol, nowNs, detail, crossType);
        } else if (rare.isPaused(symbol)) {
            rare.pauseGoesOn(symbol, nowNs, detail);
        } else if (drift[symbol] != 0) {
            follow(nowNs, detail);
        } else {
            if (SplitMix.within(bits >>> 24, MESSAGES_PER_MOVE + books.live(symbol)) == 0) {
                drift[symbol] = (byte) ((bits >>> 43 & 1) == 0 ? 1 : -1);
            }
            act(dice, nowNs, detail);
        }
    }

    /** The cross of one symbol: opening or closing. */
    void cross(int crossed, long nowNs, char crossType) {
        rare.cross(crossed, nowNs, random.next(), crossType);
    }

    int liveOrders() {
        return orders.live();
    }

    private void act(int dice, long nowNs, long detail) {
        boolean isGrowing = books.live(symbol) < symbols.target(symbol) && !orders.isFull();
        int order = books.any(symbol, detail);
        if (order == OrderPool.NONE || dice < (isGrowing ? ADD_GROWING : ADD_SHRINKING)) {
            add(nowNs, detail);
        } else if (dice < DELETE_END) {
            messages.delete(symbol, order, nowNs);
            isQuoting = (detail >>> 58 & QUOTES_ANEW) != 0;
        } else if (dice < REPLACE_END) {
            messages.replace(
                    symbol, order, tick(books.isBid(symbol, orders.tick(order)), detail), shares(detail), nowNs);
        } else if (dice < EXECUTE_END) {
            execute(nowNs, detail);
        } else if (dice < CANCEL_END && orders.shares(order) > 1) {
            messages.cancel(symbol, order, 1 + SplitMix.within(detail, orders.shares(order) - 1), nowNs);
        } else if (dice < TRADE_END) {
            messages.trade(symbol, shares(detail), nowNs);
        } else {
            rare.next(symbol, nowNs, detail);
        }
    }

    private void add(long nowNs, long detail) {
        if (orders.isFull()) {
            messages.trade(symbol, shares(detail), nowNs);
        } else {
            boolean isBid = (detail >>> 40 & 1) == 0;
            messages.add(symbol, tick(isBid, detail), shares(detail), nowNs, detail);
        }
    }

    private void execute(long nowNs, long detail) {
        boolean isBid = (detail >>> 40 & 1) == 0;
        int order = books.best(symbol, isBid);
        if (order == OrderPool.NONE) {
            messages.trade(symbol, shares(detail), nowNs);
        } else {
            messages.execute(symbol, order, nowNs, detail);
        }
    }

    /** A step towards where the price wants to go: clear the tick at the touch, then the one left behind, then move. */
    private void follow(long nowNs, long detail) {
        int centre = books.centre(symbol);
        boolean isUp = drift[symbol] > 0;
        int inTheWay = books.oldest(symbol, isUp ? centre + 1 : centre);
        int leftBehind = books.oldest(symbol, isUp ? centre - (Books.DEPTH - 1) : centre + Books.DEPTH);
        if (!isUp && centre <= LEAST_CENTRE) {
            drift[symbol] = 0;
            add(nowNs, detail);
        } else if (inTheWay != OrderPool.NONE) {
            clear(inTheWay, isUp, nowNs, detail);
        } else if (leftBehind != OrderPool.NONE && (detail & 1) == 0) {
            messages.replace(symbol, leftBehind, tick(isUp, detail), shares(detail), nowNs);
        } else if (leftBehind != OrderPool.NONE) {
            messages.delete(symbol, leftBehind, nowNs);
        } else {
            books.centre(symbol, isUp ? centre + 1 : centre - 1);
            drift[symbol] = 0;
            add(nowNs, detail);
        }
    }

    /** An order in the way is executed, one time of four deleted, and one of four replaced by one further off. */
    private void clear(int order, boolean isUp, long nowNs, long detail) {
        long choice = detail >>> 60 & 3;
        if (choice == 0) {
            messages.delete(symbol, order, nowNs);
        } else if (choice == 1) {
            int away = 1 + (int) (detail >>> 36 & 15);
            int centre = books.centre(symbol);
            messages.replace(symbol, order, isUp ? centre + 1 + away : centre - away, shares(detail), nowNs);
        } else {
            messages.execute(symbol, order, nowNs, detail);
        }
    }

    /** A price of a side: near the touch more often than far from it, half as often every three ticks. */
    private int tick(boolean isBid, long detail) {
        int depth = 3 * Long.numberOfTrailingZeros(detail >>> 16 | MOST_HALVINGS) + SplitMix.within(detail >>> 28, 3);
        int centre = books.centre(symbol);
        return isBid ? centre - depth : centre + 1 + depth;
    }

    /** Round lots of 1 to 8 mostly, an odd lot one time of eight. */
    private static int shares(long detail) {
        if ((detail >>> 41 & 7) == 0) {
            return 1 + (int) (detail >>> 44 & 63);
        }
        return ROUND_LOT << (int) (detail >>> 44 & 3);
    }

    /** 3 to 1,027 dollars, cheap ones more often. */
    private static int firstCentre(long bits) {
        int magnitude = 256 << (int) (bits & 7);
        return magnitude + SplitMix.within(bits >>> 8, magnitude) + Books.DEPTH * 2;
    }

    /** What all targets come to, and as much again above them as books overshoot. */
    private static int poolCapacity(ItchDay day) {
        return Math.toIntExact(day.liveOrders() + day.liveOrders() / 4L + 64L * day.symbols());
    }
}
