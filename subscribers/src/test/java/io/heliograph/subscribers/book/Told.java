// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import java.util.ArrayList;
import java.util.List;

/** Records what books tell, as values. */
final class Told implements BookListener {
    record Best(int instrument, long bidPrice, long bidSize, long askPrice, long askSize) {}

    record Trouble(BookOutcome outcome, int instrument, long orderId) {}

    final List<Best> changes = new ArrayList<>();
    final List<Trouble> troubles = new ArrayList<>();

    static Best best(Book book) {
        return new Best(
                book.instrument(), book.bestBidPrice(), book.bestBidSize(), book.bestAskPrice(), book.bestAskSize());
    }

    @Override
    public void onBestChange(Book book) {
        changes.add(best(book));
    }

    @Override
    public void onTrouble(BookOutcome outcome, int instrument, long orderId) {
        troubles.add(new Trouble(outcome, instrument, orderId));
    }
}
