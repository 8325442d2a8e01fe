// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

/**
 * A subscriber of the demo, on a thread or in a process of its own.
 *
 * <p><b>Thread:</b> the main thread.
 */
interface DemoReceiver {
    String name();

    /** How far it was a moment ago. */
    SubscriberSnapshot snapshot();

    /** Whether it still has something to do, later perhaps; throws what has ended it before its time. */
    boolean isPlaying();

    /** Whether it runs at the moment. */
    boolean isAlive();

    /** What it has; only once it has ended. */
    SubscriberEnd end();
}
