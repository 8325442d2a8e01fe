// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.generate;

/**
 * What happens beside orders: crosses, imbalances, pauses with their collars and their auction, broken trades, retail
 * interest.
 *
 * <p><b>Thread:</b> one owner: the generator's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class RareMessages {
    private static final int TICK_SIZE = OrderMessages.TICK_SIZE;
    private static final int ROUND_LOT = 100;

    /** Messages of a pause: its collar, three imbalances, the cross, and trading again. */
    private static final int PAUSE_MESSAGES = 6;

    private static final int CROSS_AT = 2;

    /** Matches of crosses are numbered apart, above all others. */
    private static final long FIRST_CROSS_MATCH = 1L << 40;

    private static final String DIRECTIONS = "BSN";
    private static final String INTEREST = "BSAN";

    private final Symbols symbols;
    private final Books books;
    private final OrderMessages orders;
    private final MessageWriter message;
    private final byte[] pauseLeft;
    private long crossMatch = FIRST_CROSS_MATCH;

    RareMessages(Symbols symbols, Books books, OrderMessages orders, MessageWriter message) {
        this.symbols = symbols;
        this.books = books;
        this.orders = orders;
        this.message = message;
        this.pauseLeft = new byte[symbols.count()];
    }

    boolean isPaused(int symbol) {
        return pauseLeft[symbol] != 0;
    }

    /** A pause, a broken trade or retail interest. */
    void next(int symbol, long nowNs, long detail) {
        if ((detail >>> 50 & 31) == 0) {
            pauseLeft[symbol] = PAUSE_MESSAGES;
            tradingAction(symbol, nowNs, 'P', Text.PAUSE);
        } else if (orders.lastMatch() > 0 && (detail >>> 55 & 7) == 0) {
            message.begin('B', orders.lastMatchSymbol() + 1, nowNs).uint64(orders.lastMatch());
        } else {
            message.begin('N', symbol + 1, nowNs)
                    .uint64(symbols.name(symbol))
                    .code(INTEREST.charAt((int) (detail >>> 58) & 3));
        }
    }

    void pauseGoesOn(int symbol, long nowNs, long detail) {
        int left = --pauseLeft[symbol];
        if (left == PAUSE_MESSAGES - 1) {
            collar(symbol, nowNs);
        } else if (left >= CROSS_AT) {
            imbalance(symbol, nowNs, detail, 'H');
        } else if (left == 1) {
            cross(symbol, nowNs, detail, 'H');
        } else {
            tradingAction(symbol, nowNs, 'T', Text.BLANK);
        }
    }

    void cross(int symbol, long nowNs, long detail, char crossType) {
        message.begin('Q', symbol + 1, nowNs)
                .uint64(ROUND_LOT * (detail >>> 54))
                .uint64(symbols.name(symbol))
                .uint32(books.centre(symbol) * TICK_SIZE)
                .uint64(++crossMatch)
                .code(crossType);
    }

    void imbalance(int symbol, long nowNs, long detail, char crossType) {
        int price = books.centre(symbol) * TICK_SIZE;
        message.begin('I', symbol + 1, nowNs)
                .uint64(ROUND_LOT * (detail >>> 54))
                .uint64(ROUND_LOT * (detail >>> 46 & 0xFF))
                .code(DIRECTIONS.charAt(SplitMix.within(detail, DIRECTIONS.length())))
                .uint64(symbols.name(symbol))
                .uint32((detail >>> 44 & 3) == 0 ? 0 : price + TICK_SIZE)
                .uint32((detail >>> 44 & 3) == 0 ? 0 : price)
                .uint32(price)
                .code(crossType)
                .code('L');
    }

    private void collar(int symbol, long nowNs) {
        int price = books.centre(symbol) * TICK_SIZE;
        message.begin('J', symbol + 1, nowNs)
                .uint64(symbols.name(symbol))
                .uint32(price)
                .uint32(price + price / 10)
                .uint32(price - price / 10)
                .uint32(0);
    }

    private void tradingAction(int symbol, long nowNs, char state, int reason) {
        message.begin('H', symbol + 1, nowNs)
                .uint64(symbols.name(symbol))
                .code(state)
                .code(' ')
                .uint32(reason);
    }
}
