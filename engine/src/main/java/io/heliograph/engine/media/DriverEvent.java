// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import java.nio.file.Path;

/**
 * Something happened to a driver that somebody watches.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param kind what happened.
 * @param pid of the driver's process; 0 where nobody knows it.
 * @param directory of the driver.
 * @param restarts how often it was started again so far.
 * @param detail what is known beyond, in words; may be empty.
 */
public record DriverEvent(Kind kind, long pid, Path directory, long restarts, String detail) {
    /** What can happen. */
    public enum Kind {
        /** A driver that this process started is at work. */
        STARTED,
        /** A driver that was at work already is used. */
        ATTACHED,
        /** The driver's process lives and does nothing: stopped, or starved. It is left alone. */
        SILENT,
        /** A silent driver works again. */
        BACK,
        /** The driver has ended, and was not asked to. */
        ENDED,
        /** The watch is over: the driver was ended, or left to whom it belongs. */
        CLOSED
    }

    /** Told of what happens to a driver, on the thread that watches it. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Something happened.
         *
         * @param event what.
         */
        void onDriver(DriverEvent event);
    }

    /** One line for people. */
    @Override
    public String toString() {
        String who = pid == 0 ? "driver: " : "driver: process " + pid + " ";
        String what = switch (kind) {
            case STARTED -> (restarts == 0 ? "in " : "started again in ") + directory;
            case ATTACHED -> "was running already in " + directory;
            case SILENT -> "lives and does nothing in " + directory;
            case BACK -> "works again in " + directory;
            case ENDED -> "ended in " + directory;
            case CLOSED -> "closed in " + directory;
        };
        return who + what + (detail.isEmpty() ? "" : "; " + detail);
    }
}
