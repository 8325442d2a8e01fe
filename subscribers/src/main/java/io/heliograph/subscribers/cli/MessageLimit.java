// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

/**
 * After how many messages {@code subscribe} ends, counted over all partitions.
 *
 * <p><b>Thread:</b> one owner: the one that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class MessageLimit {
    private final long limit;
    private long messages;

    /**
     * None has come so far.
     *
     * @param limit 0 for no end.
     */
    MessageLimit(long limit) {
        this.limit = limit == 0 ? Long.MAX_VALUE : limit;
    }

    /** Whether one more counts. */
    boolean take() {
        if (messages == limit) {
            return false;
        }
        messages++;
        return true;
    }

    boolean isReached() {
        return messages == limit;
    }

    long messages() {
        return messages;
    }
}
