// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.naive;

/** A live order; {@code shares} are what is left of it. */
record NaiveOrder(long reference, int locate, char side, long price, long shares) {
    NaiveOrder less(long taken) {
        return new NaiveOrder(reference, locate, side, price, shares - taken);
    }
}
