// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import io.heliograph.engine.schema.sbe.MessageHeaderEncoder;
import io.heliograph.engine.schema.sbe.OrderAddEncoder;
import io.heliograph.engine.schema.sbe.OrderDeleteEncoder;
import io.heliograph.engine.schema.sbe.Side;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the body of a stream's message that is an order's, for tests of what stands behind a subscription.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class OrderBody {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderAddEncoder add = new OrderAddEncoder();
    private final OrderDeleteEncoder delete = new OrderDeleteEncoder();
    private final MutableDirectBuffer buffer;
    private final int offset;

    /**
     * A body in a buffer.
     *
     * @param buffer to write to.
     * @param offset where each body begins.
     */
    public OrderBody(MutableDirectBuffer buffer, int offset) {
        this.buffer = buffer;
        this.offset = offset;
    }

    /**
     * An order that rests from now on.
     *
     * @param instrument the venue's number.
     * @param id of the order.
     * @param side of the book.
     * @param price in 10<sup>-9</sup>.
     * @param size of the order.
     * @return octets written.
     */
    public int add(int instrument, long id, Side side, long price, long size) {
        add.wrapAndApplyHeader(buffer, offset, header)
                .instrument(instrument)
                .time(1)
                .orderId(id)
                .price(price)
                .size(size)
                .side(side);
        return MessageHeaderEncoder.ENCODED_LENGTH + add.encodedLength();
    }

    /**
     * An order that is gone.
     *
     * @param instrument the venue's number.
     * @param id of the order.
     * @return octets written.
     */
    public int delete(int instrument, long id) {
        delete.wrapAndApplyHeader(buffer, offset, header)
                .instrument(instrument)
                .time(1)
                .orderId(id);
        return MessageHeaderEncoder.ENCODED_LENGTH + delete.encodedLength();
    }
}
