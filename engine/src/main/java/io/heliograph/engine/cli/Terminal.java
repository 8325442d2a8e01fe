// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says whether somebody watches: live views and progress lines are drawn for a terminal only.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class Terminal {
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private Terminal() {}

    /**
     * Whether standard output is a terminal that can redraw a line.
     *
     * @return false for a pipe, a file, a dumb terminal.
     */
    public static boolean isStandardOutput() {
        return isTerminal(STANDARD_OUTPUT);
    }

    /**
     * Whether standard error is a terminal that can redraw a line.
     *
     * @return false for a pipe, a file, a dumb terminal.
     */
    public static boolean isStandardError() {
        return isTerminal(STANDARD_ERROR);
    }

    private static boolean isTerminal(int descriptor) {
        String term = System.getenv("TERM");
        if (term == null || term.equals("dumb")) {
            return false;
        }
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException noProcfs) {
            // Elsewhere than on Linux nobody says it reliably: plain lines are right everywhere.
            return false;
        }
    }
}
