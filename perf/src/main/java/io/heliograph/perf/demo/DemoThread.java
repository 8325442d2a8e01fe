// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import org.jspecify.annotations.Nullable;

/**
 * A thread of the demo with its failure, if it has one.
 *
 * <p><b>Thread:</b> any thread may look.
 */
final class DemoThread {
    private final Thread thread;
    private volatile @Nullable Throwable failure;

    DemoThread(String name, Runnable work) {
        thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, thrown) -> failure = thrown);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Throws what has ended the thread, if it was not its own end. */
    void check() {
        Throwable thrown = failure;
        if (thrown instanceof RuntimeException known) {
            throw known;
        }
        if (thrown != null) {
            throw new IllegalStateException(thread.getName() + " failed", thrown);
        }
    }
}
