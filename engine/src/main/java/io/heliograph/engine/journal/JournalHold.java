// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

/**
 * Somebody who needs what is in a journal for longer than it would be kept: a bridge or a group that has not passed it.
 *
 * <p><b>Thread:</b> asked by the keeper's thread.
 */
public interface JournalHold {
    /** {@return who it is, for people} */
    String who();

    /** {@return the epoch of the first message that is needed} */
    long epoch();

    /** {@return the first sequence that is needed} */
    long sequence();
}
