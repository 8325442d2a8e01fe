// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

/**
 * Why a side closes a connection: the code of a REJECT, with which words for people go.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum RejectCode {
    /** A frame's header or fields are none that this version knows. */
    BAD_FRAME(1, "bad frame"),
    /** What came first is no HELLO at all. */
    GARBAGE(2, "garbage before HELLO"),
    /** No version that both sides know. */
    NO_COMMON_VERSION(3, "no common version"),
    /** A frame that has no place here, such as a second HELLO. */
    OUT_OF_STATE(4, "out of state"),
    /** The name is not the one in the certificate, or not the one that was called. */
    WRONG_NAME(5, "wrong name"),
    /** The topology does not know the name. */
    UNKNOWN_NODE(6, "unknown node"),
    /** The topology does not let the name do this. */
    NOT_ALLOWED(7, "not allowed"),
    /** More PACKETS than there is credit for, or more pulls than a connection may have. */
    TOO_MUCH(8, "too much"),
    /** The CRC of PACKETS is another than that of their octets. */
    CORRUPT(9, "corrupt"),
    /** No HELLO came in time. */
    TOO_LATE(10, "too late"),
    /** Nothing was heard for too long. */
    SILENT(11, "silent"),
    /** The peer takes nothing. */
    STALLED(12, "stalled"),
    /** Too many connections, from everybody or from this one. */
    BUSY(13, "busy"),
    /** A code that this version does not know. */
    OTHER(0, "other");

    private final int code;
    private final String words;

    RejectCode(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /**
     * What stands in the frame.
     *
     * @return 1 and up; 0 for {@link #OTHER}.
     */
    public int code() {
        return code;
    }

    /**
     * What people call it.
     *
     * @return a few words.
     */
    public String words() {
        return words;
    }

    /**
     * The reason that a frame names.
     *
     * @param code from a REJECT.
     * @return {@link #OTHER} for one that this version does not know.
     */
    public static RejectCode of(int code) {
        for (RejectCode reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        return OTHER;
    }
}
