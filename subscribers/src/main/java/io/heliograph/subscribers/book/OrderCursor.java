// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import org.jspecify.annotations.Nullable;

/**
 * Goes through the orders of one level in time priority, the first to be executed first.
 *
 * <p>Any message between two calls of {@link #next()} ends the iteration's meaning: begin again.
 *
 * <p><b>Thread:</b> the owner of the {@link Books}.
 *
 * <p><b>Allocation:</b> free.
 *
 * <p><b>Failure:</b> where it stands at no order, asking for one throws {@link IllegalStateException}.
 */
public final class OrderCursor {
    private @Nullable Orders orders;
    private int nextOrder = Records.NONE;
    private int order = Records.NONE;

    /** A cursor over nothing. */
    public OrderCursor() {}

    OrderCursor begin(Orders owner, int first) {
        orders = owner;
        nextOrder = first;
        order = Records.NONE;
        return this;
    }

    /**
     * Goes to the order behind.
     *
     * @return false when there is none.
     */
    public boolean next() {
        order = nextOrder;
        if (order == Records.NONE) {
            return false;
        }
        nextOrder = intAt(Orders.BEHIND_OFFSET);
        return true;
    }

    /**
     * The venue's order reference.
     *
     * @return a 64-bit number, unsigned.
     */
    public long orderId() {
        return orders().records.buffer.getLong(orders().records.offset(order) + Orders.ID_OFFSET);
    }

    /**
     * What is left of the order.
     *
     * @return in the venue's units, 1 and up.
     */
    public long size() {
        return intAt(Orders.SIZE_OFFSET) & 0xFFFFFFFFL;
    }

    /**
     * Who entered the order, as the venue attributes it.
     *
     * @return four ASCII characters, the first in the lowest octet; 0 for an order without attribution.
     */
    public int participant() {
        return intAt(Orders.PARTICIPANT_OFFSET);
    }

    private int intAt(int field) {
        return orders().records.buffer.getInt(orders().records.offset(order) + field);
    }

    private Orders orders() {
        if (orders == null || order == Records.NONE) {
            throw new IllegalStateException("the cursor stands at no order: call next()");
        }
        return orders;
    }
}
