// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.generate;

/**
 * Which day a generator makes: the same four numbers are always the same octets.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param seed any number; another one is another day.
 * @param messages how many messages the day has, exactly; 64 and up.
 * @param symbols securities, 1 to 65,535; a sixteenth of the messages at most.
 * @param liveOrders how many orders the books hold once they have filled, roughly; 1 and up. Books need some eight
 *     messages per order to fill.
 */
public record ItchDay(long seed, long messages, int symbols, int liveOrders) {
    /** Fewer would not hold the day's events and a symbol's definition. */
    public static final long MIN_MESSAGES = 64;

    /** As many as a stock locate can number. */
    public static final int MAX_SYMBOLS = 65_535;

    /** As many orders as the pool's indices reach. */
    public static final int MAX_LIVE_ORDERS = 100_000_000;

    private static final int MESSAGES_PER_SYMBOL = 16;
    private static final int MESSAGES_PER_LIVE_ORDER = 16;
    private static final long DEFAULT_LIVE_ORDERS = 1_000_000;

    /** Checks the ranges. */
    public ItchDay {
        check("messages", messages, MIN_MESSAGES, Long.MAX_VALUE / 2);
        check("symbols", symbols, 1, Math.min(MAX_SYMBOLS, messages / MESSAGES_PER_SYMBOL));
        check("liveOrders", liveOrders, 1, MAX_LIVE_ORDERS);
    }

    /**
     * A day with the usual depth of book: a live order for every sixteen messages, a million at most.
     *
     * @param seed any number.
     * @param messages 64 and up.
     * @param symbols wished for; a sixteenth of the messages are taken at most.
     * @return the day.
     */
    public static ItchDay of(long seed, long messages, int symbols) {
        int fitting = (int) Math.max(1, Math.min(symbols, messages / MESSAGES_PER_SYMBOL));
        int liveOrders = (int) Math.max(1, Math.min(DEFAULT_LIVE_ORDERS, messages / MESSAGES_PER_LIVE_ORDER));
        return new ItchDay(seed, messages, fitting, liveOrders);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is out of range: " + least + " to " + most);
        }
    }
}
