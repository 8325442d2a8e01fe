// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.naive;

/**
 * A change of a stock's best bid or offer.
 *
 * @param message the number of the message that caused it, 1 and up.
 * @param locate the stock.
 * @param bidPrice in 1/10000 dollar; 0 for no bid.
 * @param bidShares at that price.
 * @param askPrice in 1/10000 dollar; 0 for no offer.
 * @param askShares at that price.
 */
public record NaiveBest(long message, int locate, long bidPrice, long bidShares, long askPrice, long askShares) {
    boolean hasSamePrices(NaiveBest other) {
        return bidPrice == other.bidPrice
                && bidShares == other.bidShares
                && askPrice == other.askPrice
                && askShares == other.askShares;
    }

    /**
     * The change as the truth's text has it.
     *
     * @return {@code n,locate,bidprice,bidshares,askprice,askshares}.
     */
    public String text() {
        return message + "," + locate + "," + bidPrice + "," + bidShares + "," + askPrice + "," + askShares;
    }
}
