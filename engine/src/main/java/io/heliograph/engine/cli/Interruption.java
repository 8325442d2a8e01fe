// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C (and SIGTERM) into an orderly end: the role sees {@link #isRequested}, finishes, closes what it opened and
 * prints its summary; then the process ends with exit code 130.
 *
 * <pre>{@code
 * try (Interruption interruption = Interruption.install()) {
 *     while (!interruption.isRequested() && !isDone()) {
 *         doWork();
 *     }
 *     printSummary();
 *     return interruption.exitCode(0);
 * }
 * }</pre>
 *
 * <p>Open it first, so that it is closed last: the process ends as soon as it is closed.
 *
 * <p><b>Thread:</b> any thread.
 *
 * <p><b>Failure:</b> a role that does not end within {@value #PATIENCE_SECONDS} s of the signal is ended, and standard error
 * says so.
 */
public final class Interruption implements AutoCloseable {
    /** What an interrupted process ends with, after an orderly end. */
    public static final int EXIT_CODE = 130;

    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::endOrderly, "interruption");

    /** An interruption that only {@link #request} causes: for tests and for roles that another program runs. */
    public Interruption() {}

    /**
     * Listens for the signals from now on, until it is closed.
     *
     * @return to be closed when the role has ended.
     */
    public static Interruption install() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /**
     * Whether the role should end.
     *
     * @return true from the signal on.
     */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Asks the role to end, as the signal does. */
    public void request() {
        requested.countDown();
    }

    /**
     * Waits for the signal: how a role that has nothing to do between two looks idles.
     *
     * @param timeoutNs how long to wait at most, in ns.
     * @return true when the role should end.
     */
    public boolean await(long timeoutNs) {
        try {
            return requested.await(timeoutNs, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            request();
            return true;
        }
    }

    /**
     * The exit code of a role that ended by itself or by the signal.
     *
     * @param otherwise what to end with when there was no signal.
     * @return {@link #EXIT_CODE} after a signal.
     */
    public int exitCode(int otherwise) {
        return isRequested() ? EXIT_CODE : otherwise;
    }

    /** The role has ended: lets an interrupted process go. Idempotent. */
    @Override
    public void close() {
        ended.countDown();
        if (!isRequested()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException signalledMeanwhile) {
                // The hook runs already: it finds the role ended and lets the process go.
                request();
            }
        }
    }

    private void endOrderly() {
        request();
        boolean isEnded = false;
        try {
            isEnded = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        if (!isEnded) {
            System.err.println(
                    "heliograph: no orderly end within " + PATIENCE_SECONDS + " s of the signal; ended anyway");
        }
        System.out.flush();
        System.err.flush();
        // The runtime's own exit code would be 143 for SIGTERM; 130 says "interrupted, after an orderly end" for both.
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
