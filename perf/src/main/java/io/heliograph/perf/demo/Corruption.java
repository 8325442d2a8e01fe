// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.schema.sbe.MessageHeaderDecoder;
import io.heliograph.engine.schema.sbe.OrderAddDecoder;
import io.heliograph.engine.schema.sbe.OrderAddEncoder;
import io.heliograph.engine.schema.sbe.Side;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Breaks the price of one add on its way from the subscription into the books, so that the comparison has something to
 * find: the order becomes the best of its side, where it cannot stay unseen.
 *
 * <p><b>Thread:</b> the subscriber's.
 */
final class Corruption {
    /** A million dollars: nobody bids more. */
    private static final long BEST_BID = 1_000_000_000_000_000L;

    /** The lowest price that ITCH can say: nobody offers for less. */
    private static final long BEST_ASK = 100_000L;

    private final OrderAddEncoder add = new OrderAddEncoder();
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[0x10000]);
    private final long which;
    private long adds;
    private boolean isCopy;

    /** Breaks the add of this number; 0 breaks none. */
    Corruption(long which) {
        this.which = which;
    }

    /** The body to go on with: the same, or a broken copy of it at offset 0. */
    DirectBuffer pass(DirectBuffer body, int offset, int length) {
        isCopy = false;
        if ((body.getByte(offset + 1) & 0xFF) != OrderAddDecoder.TEMPLATE_ID || ++adds != which) {
            return body;
        }
        isCopy = true;
        copy.putBytes(0, body, offset, length);
        int block = MessageHeaderDecoder.ENCODED_LENGTH;
        boolean isBid = copy.getByte(block + OrderAddEncoder.sideEncodingOffset()) == Side.BUY.value();
        add.wrap(copy, block).price(isBid ? BEST_BID : BEST_ASK);
        return copy;
    }

    int offset(int original) {
        return isCopy ? 0 : original;
    }

    boolean isDone() {
        return which != 0 && adds >= which;
    }

    long adds() {
        return adds;
    }
}
