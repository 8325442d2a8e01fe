// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * How far a subscription can be trusted at the moment.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum Quality {
    /** Nothing was heard so far. */
    JOINING(0),
    /** Whole since the join (or since the last gap was acknowledged), and heard from lately. */
    LIVE(1),
    /** Messages were lost for good: what is built on the stream is suspect until it is rebuilt and acknowledged. */
    GAP(2),
    /** No line has brought anything, not even a heartbeat, for a while. */
    STALE(3),
    /** The epoch has ended and was delivered to its end. */
    ENDED(4),
    /** Behind, and following the replay: all comes, in order, and later than it could. */
    CATCHING_UP(5),
    /** Something is missing for a while now, and is being fetched: what is behind it waits. */
    RECOVERING(6);

    private final int code;

    Quality(int code) {
        this.code = code;
    }

    /**
     * The quality as counters show it.
     *
     * @return 0 to 6, never re-used for another meaning.
     */
    public int code() {
        return code;
    }
}
