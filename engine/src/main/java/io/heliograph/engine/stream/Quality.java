// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * How far a subscription can be trusted at the moment.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum Quality {
    /** Nothing was heard so far. */
    JOINING,
    /** Whole since the join (or since the last gap was acknowledged), and heard from lately. */
    LIVE,
    /** Messages were lost for good: what is built on the stream is suspect until it is rebuilt and acknowledged. */
    GAP,
    /** No line has brought anything, not even a heartbeat, for a while. */
    STALE,
    /** The epoch has ended and was delivered to its end. */
    ENDED
}
