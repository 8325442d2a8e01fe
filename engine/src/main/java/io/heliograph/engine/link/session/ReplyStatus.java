// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

/**
 * How a request fared: the status of a REPLY. Another than {@link #OK} ends the answer, and its body is words for people.
 *
 * <p><b>Thread:</b> constants.
 */
public final class ReplyStatus {
    /** The body is what was asked for. */
    public static final int OK = 0;

    /** No service of that name answers here. */
    public static final int UNKNOWN_SERVICE = 1;

    /** The topology does not let this node ask that. */
    public static final int NOT_ALLOWED = 2;

    /** The service does not understand the request. */
    public static final int MALFORMED = 3;

    /** Too many requests at once; ask again later. */
    public static final int BUSY = 4;

    /** The service could not do it. */
    public static final int FAILED = 5;

    /** What was asked for does not exist, or not any more. */
    public static final int NOT_FOUND = 6;

    /** Statuses of services' own begin here. */
    public static final int FIRST_OWN = 1_000;

    private ReplyStatus() {}
}
