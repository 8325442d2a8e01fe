// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.naive;

/**
 * A price level of a naive book.
 *
 * @param locate the stock.
 * @param side B or S.
 * @param price in 1/10000 dollar.
 * @param shares of all orders together.
 * @param orders how many.
 */
public record NaiveLevel(int locate, char side, long price, long shares, int orders) {
    NaiveLevel plus(long more, int moreOrders) {
        return new NaiveLevel(locate, side, price, shares + more, orders + moreOrders);
    }

    /**
     * The level as the truth's text has it.
     *
     * @return {@code locate,side,price,shares,orders}.
     */
    public String text() {
        return locate + "," + side + "," + price + "," + shares + "," + orders;
    }
}
