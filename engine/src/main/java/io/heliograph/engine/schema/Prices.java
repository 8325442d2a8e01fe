// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.schema;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Prices of the schema, 10<sup>-9</sup> of the currency in a {@code long}, to and from decimal text.
 *
 * <p>A {@code long} of that unit reaches to 9,223,372,036.854775807, either sign.
 *
 * <p><b>Thread:</b> immutable.
 *
 * <p><b>Allocation:</b> free.
 *
 * <p><b>Failure:</b> {@link #NULL} for text that is no price; nothing is thrown.
 */
public final class Prices {
    /** No price: the null value of an optional price on the wire, and what {@link #parse} says of other text. */
    public static final long NULL = Long.MIN_VALUE;

    /** Digits behind the point that a price can have. */
    public static final int DECIMALS = 9;

    /** 1 of the currency. */
    public static final long ONE = 1_000_000_000L;

    /** One step of a venue that quotes four digits behind the point, as ITCH does. */
    public static final long TEN_THOUSANDTH = 100_000L;

    /** Octets that {@link #format} writes at most: sign, ten digits, point, nine digits. */
    public static final int MAX_TEXT_LENGTH = 21;

    private static final int RADIX = 10;

    private Prices() {}

    /**
     * Writes a price as decimal ASCII: exactly, and no digit more than asked for unless the price has it.
     *
     * @param price in 10<sup>-9</sup>; not {@link #NULL}, for which nothing is written.
     * @param minDecimals digits behind the point that are written at least, 0 to 9; 0 drops the point of a whole price.
     * @param buffer takes the text; {@link #MAX_TEXT_LENGTH} octets suffice.
     * @param offset of the first octet.
     * @return octets written; 0 for {@link #NULL}.
     */
    public static int format(long price, int minDecimals, MutableDirectBuffer buffer, int offset) {
        if (price == NULL) {
            return 0;
        }
        long magnitude = Math.abs(price);
        int at = offset;
        if (price < 0) {
            buffer.putByte(at++, (byte) '-');
        }
        at += buffer.putLongAscii(at, magnitude / ONE);
        long fraction = magnitude % ONE;
        int decimals = DECIMALS;
        while (decimals > minDecimals && fraction % RADIX == 0) {
            fraction /= RADIX;
            decimals--;
        }
        if (decimals > 0) {
            buffer.putByte(at++, (byte) '.');
            for (int i = at + decimals - 1; i >= at; i--) {
                buffer.putByte(i, (byte) ('0' + fraction % RADIX));
                fraction /= RADIX;
            }
            at += decimals;
        }
        return at - offset;
    }

    /**
     * Reads a price from decimal ASCII: an optional sign, digits, and optionally a point with 1 to 9 digits behind it.
     *
     * @param buffer holds the text.
     * @param offset of the first octet.
     * @param length in octets.
     * @return the price in 10<sup>-9</sup>; {@link #NULL} for other text, or a price beyond a {@code long}'s range.
     */
    public static long parse(DirectBuffer buffer, int offset, int length) {
        int end = offset + length;
        boolean isNegative = length > 0 && buffer.getByte(offset) == '-';
        int at = isNegative ? offset + 1 : offset;
        long value = 0;
        int digits = 0;
        int decimals = 0;
        boolean hasPoint = false;
        for (; at < end; at++) {
            byte octet = buffer.getByte(at);
            if (octet == '.' && !hasPoint && digits > 0) {
                hasPoint = true;
            } else if (octet >= '0'
                    && octet <= '9'
                    && value <= (Long.MAX_VALUE - (octet - '0')) / RADIX
                    && decimals < DECIMALS) {
                value = value * RADIX + (octet - '0');
                digits++;
                decimals += hasPoint ? 1 : 0;
            } else {
                return NULL;
            }
        }
        if (digits == 0 || (hasPoint && decimals == 0)) {
            return NULL;
        }
        return scale(value, decimals, isNegative);
    }

    private static long scale(long value, int decimals, boolean isNegative) {
        long scaled = value;
        for (int i = decimals; i < DECIMALS; i++) {
            if (scaled > Long.MAX_VALUE / RADIX) {
                return NULL;
            }
            scaled *= RADIX;
        }
        return isNegative ? -scaled : scaled;
    }
}
