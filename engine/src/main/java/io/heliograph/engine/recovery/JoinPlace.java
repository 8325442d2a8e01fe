// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a subscription begins that does not begin live.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param kind what it counts from.
 * @param epoch of the place, where the kind needs one; else 0.
 * @param from a sequence, or ns since the Unix epoch.
 */
public record JoinPlace(Kind kind, long epoch, long from) {
    private static final Pattern NUMBER = Pattern.compile("(?:([0-9]{1,10}):)?([0-9]{1,18})");
    private static final long MAX_EPOCH = 0xFFFF_FFFFL;

    /** What a place counts from. */
    public enum Kind {
        /** A sequence of the epoch that is live, or of the latest one. */
        IN_LATEST_EPOCH,
        /** A sequence of an epoch. */
        IN_EPOCH,
        /** A time: the first message that was sent then or later. */
        AT_TIME
    }

    /** Message 1 of the epoch that is live, or of the latest one. */
    public static final JoinPlace START = new JoinPlace(Kind.IN_LATEST_EPOCH, 0, 1);

    /**
     * A message of an epoch.
     *
     * @param epoch 0 to 2^32 - 1.
     * @param sequence 1 and up.
     * @return the place.
     */
    public static JoinPlace at(long epoch, long sequence) {
        return new JoinPlace(Kind.IN_EPOCH, epoch, sequence);
    }

    /**
     * Reads a place as people write it.
     *
     * @param text {@code start}, a sequence, {@code EPOCH:N}, or a time as ISO 8601 writes it, in UTC: {@code
     *     2026-11-21T14:30:00Z}.
     * @return the place.
     * @throws IllegalArgumentException in words for people, where it is none of these.
     */
    public static JoinPlace parse(String text) {
        if ("start".equals(text)) {
            return START;
        }
        Matcher number = NUMBER.matcher(text);
        if (number.matches()) {
            long sequence = Long.parseLong(number.group(2));
            String epoch = number.group(1);
            if (sequence < 1) {
                throw new IllegalArgumentException("'" + text + "': messages are numbered from 1 on");
            }
            if (epoch == null) {
                return new JoinPlace(Kind.IN_LATEST_EPOCH, 0, sequence);
            }
            if (Long.parseLong(epoch) > MAX_EPOCH) {
                throw new IllegalArgumentException("'" + text + "': an epoch is at most " + MAX_EPOCH);
            }
            return at(Long.parseLong(epoch), sequence);
        }
        try {
            Instant time = Instant.parse(text);
            return new JoinPlace(Kind.AT_TIME, 0, ChronoUnit.NANOS.between(Instant.EPOCH, time));
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no place to begin: live, start, a sequence, EPOCH:N, or a time in UTC such as "
                            + "2026-11-21T14:30:00Z",
                    e);
        }
    }
}
