// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A message of the generated feed: whoever receives it knows from its content alone whether it is the one that was sent.
 *
 * <p><b>Layout:</b> 64 octets, little-endian: stream u32, length u32, number u64, chain u64, four words that follow from
 * stream and number, check u64 over all before it. The chain is a hash over all messages of the stream up to this one.
 *
 * <p><b>Thread:</b> stateless.
 */
final class FeedMessage {
    static final int LENGTH = 64;

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int LENGTH_AT = 4;
    private static final int NUMBER_AT = 8;
    private static final int CHAIN_AT = 16;
    private static final int FILLER_AT = 24;
    private static final int CHECK_AT = 56;

    private FeedMessage() {}

    /** The chain behind a message, from the one behind its predecessor; 0 before the first. */
    static long chain(long before, int stream, long number) {
        return mix(before ^ mix(((long) stream << 40) ^ number));
    }

    static void put(MutableDirectBuffer buffer, int stream, long number, long chain) {
        buffer.putInt(0, stream, ORDER);
        buffer.putInt(LENGTH_AT, LENGTH, ORDER);
        buffer.putLong(NUMBER_AT, number, ORDER);
        buffer.putLong(CHAIN_AT, chain, ORDER);
        for (int at = FILLER_AT; at < CHECK_AT; at += Long.BYTES) {
            buffer.putLong(at, filler(stream, number, at), ORDER);
        }
        buffer.putLong(CHECK_AT, check(buffer, 0), ORDER);
    }

    /** Whether it is a message of the stream, octet by octet as it was made. */
    static boolean isWhole(DirectBuffer buffer, int offset, int length, int stream) {
        if (length != LENGTH
                || buffer.getInt(offset, ORDER) != stream
                || buffer.getInt(offset + LENGTH_AT, ORDER) != LENGTH
                || buffer.getLong(offset + CHECK_AT, ORDER) != check(buffer, offset)) {
            return false;
        }
        long number = number(buffer, offset);
        for (int at = FILLER_AT; at < CHECK_AT; at += Long.BYTES) {
            if (buffer.getLong(offset + at, ORDER) != filler(stream, number, at)) {
                return false;
            }
        }
        return true;
    }

    static long number(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + NUMBER_AT, ORDER);
    }

    static long chain(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + CHAIN_AT, ORDER);
    }

    private static long check(DirectBuffer buffer, int offset) {
        long check = 0;
        for (int at = 0; at < CHECK_AT; at += Long.BYTES) {
            check = mix(check ^ buffer.getLong(offset + at, ORDER));
        }
        return check;
    }

    private static long filler(int stream, long number, int at) {
        return mix(number * LENGTH + at) ^ stream;
    }

    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
