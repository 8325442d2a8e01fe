// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.wire.PacketFraming;

/**
 * Why something that a line brought was dropped instead of believed.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum DropReason {
    /** {@link PacketFraming#TOO_SHORT}. */
    TOO_SHORT(PacketFraming.TOO_SHORT, "a packet shorter than a header"),

    /** {@link PacketFraming#UNKNOWN_VERSION}. */
    UNKNOWN_VERSION(PacketFraming.UNKNOWN_VERSION, "a packet of a version that is not known here"),

    /** {@link PacketFraming#UNKNOWN_KIND}. */
    UNKNOWN_KIND(PacketFraming.UNKNOWN_KIND, "a packet of a kind that is not known here"),

    /** {@link PacketFraming#BAD_SEQUENCE}. */
    BAD_SEQUENCE(PacketFraming.BAD_SEQUENCE, "a packet with an impossible sequence number"),

    /** {@link PacketFraming#BAD_COUNT}. */
    BAD_COUNT(PacketFraming.BAD_COUNT, "a packet with a wrong count of messages"),

    /** {@link PacketFraming#LENGTH_PAST_END}. */
    LENGTH_PAST_END(PacketFraming.LENGTH_PAST_END, "a packet with a length that runs over its end"),

    /** {@link PacketFraming#TRAILING_OCTETS}. */
    TRAILING_OCTETS(PacketFraming.TRAILING_OCTETS, "a packet with octets left over behind its last message"),

    /** Of an epoch that another one has followed. */
    OLD_EPOCH(PacketFraming.TRAILING_OCTETS + 1, "a packet of an epoch that is over"),

    /** Of another stream than the one subscribed to. */
    FOREIGN_STREAM(PacketFraming.TRAILING_OCTETS + 2, "a packet of another stream"),

    /** Too far ahead to be true, or behind the end of its epoch. */
    IMPLAUSIBLE(PacketFraming.TRAILING_OCTETS + 3, "a packet whose sequence number cannot be true"),

    /** An image, all of it: its source is not named by the topology. */
    FOREIGN_SOURCE(
            PacketFraming.TRAILING_OCTETS + 4, "a sender that the topology does not name as a publisher of the stream"),

    /** The reader stood still, and the driver has written its memory anew. */
    WRITTEN_ANEW(PacketFraming.TRAILING_OCTETS + 5, "a packet that was written over while it was read: too slow");

    /** Codes are below. */
    static final int CODES = PacketFraming.TRAILING_OCTETS + 6;

    private static final DropReason[] REASONS = values();

    private final int code;
    private final String words;

    DropReason(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /**
     * The reason for a framing code.
     *
     * @param code of {@link PacketFraming}, not {@link PacketFraming#OK}.
     * @return the reason.
     */
    static DropReason ofFraming(int code) {
        return REASONS[code - PacketFraming.TOO_SHORT];
    }

    /** 1 and up: a code of {@link PacketFraming}, or one behind them. */
    int code() {
        return code;
    }

    /**
     * What was dropped.
     *
     * @return words that follow "dropped".
     */
    public String words() {
        return words;
    }
}
