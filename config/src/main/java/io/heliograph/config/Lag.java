// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

/**
 * What becomes of what a bridge has not sent yet when its way is slower than the stream.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum Lag {
    /** All of it is sent, however late. */
    KEEP,
    /** Beyond a bound it is left out, with a gap notice, and the bridge goes on with what is new. */
    SKIP
}
