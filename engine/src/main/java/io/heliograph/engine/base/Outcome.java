// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

/**
 * Outcomes of the hot path that are no success: negative, so that one comparison tells them from a sequence number.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class Outcome {
    /** No line took the packet that has to leave first: call again later, nothing was accepted, no number was used. */
    public static final long BACK_PRESSURED = -2;

    /** The publication was closed; it never accepts anything again. */
    public static final long CLOSED = -4;

    /** The message is longer than a stream carries (see {@code PacketFlyweight.MAX_MESSAGE_LENGTH}). */
    public static final long TOO_LONG = -5;

    /** A claim is open: commit or abort it first. */
    public static final long CLAIM_OPEN = -6;

    /** Something that is no writer has written into the ring (see {@code IntakeWriter}): open a new writer. */
    public static final long CORRUPT = -7;

    private Outcome() {}

    /**
     * The outcome in words, for logs and exceptions.
     *
     * @param outcome what an offer, claim or flush returned.
     * @return its name, or {@code ACCEPTED} for a number that is no failure.
     */
    public static String name(long outcome) {
        if (outcome >= 0) {
            return "ACCEPTED";
        }
        if (outcome == BACK_PRESSURED) {
            return "BACK_PRESSURED";
        }
        if (outcome == CLOSED) {
            return "CLOSED";
        }
        if (outcome == TOO_LONG) {
            return "TOO_LONG";
        }
        if (outcome == CORRUPT) {
            return "CORRUPT";
        }
        return outcome == CLAIM_OPEN ? "CLAIM_OPEN" : "UNKNOWN(" + outcome + ")";
    }
}
