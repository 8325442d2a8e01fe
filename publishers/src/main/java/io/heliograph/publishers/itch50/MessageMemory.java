// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

/**
 * What the decoder's messages lie in: an array, or memory outside the heap; one for a decoder and all its views.
 *
 * <p>It hardly ever changes from one message to the next, and the collector wants to know of each reference that is
 * stored: so it stands here once and is stored when it is another one, instead of with each message in each view.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class MessageMemory {
    /** The array that messages lie in; null when they lie outside the heap. */
    byte @Nullable [] array;

    void wrap(byte @Nullable [] messageArray) {
        if (array != messageArray) {
            array = messageArray;
        }
    }

    /** An octet that the caller knows to lie within. */
    byte octet(long address) {
        byte[] base = array;
        return base == null ? UnsafeApi.getByte(address) : UnsafeApi.getByte(base, address);
    }
}
