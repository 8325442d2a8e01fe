// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

/**
 * A driver's process as its watch sees it: one that this process started, or one that it found.
 *
 * <p><b>Thread:</b> one owner: the thread of the watch.
 */
interface DriverLife {
    /** The number of the process. */
    long pid();

    /** Whether the process has ended. */
    boolean hasEnded();

    /** Whether its driver is at work: clients can connect. */
    boolean isReady();

    /** What is known of its end, in words; empty before it. */
    String lastWords();

    /** Ends the process, orderly if it lets itself, and waits for that. */
    void end();

    /** Where lives come from. */
    interface Source {
        /** Starts a process. */
        DriverLife start();
    }
}
