// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import java.util.Locale;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Says on standard error, which is the process's log, what changed of a line and when: by the clock that all processes of a
 * machine share, so that the logs can be read side by side.
 *
 * <p><b>Thread:</b> one owner.
 */
final class LineLog {
    private final String stream;
    private final String[] states;

    LineLog(String stream, int lines) {
        this.stream = stream;
        this.states = new String[lines];
    }

    /** The line is in a state, and was perhaps in another before. */
    void onState(int line, String state) {
        if (!state.equals(states[line])) {
            states[line] = state;
            say(stream + " line " + (char) ('A' + line) + ": " + state);
        }
    }

    /** Says something with its time. */
    static void say(String words) {
        System.err.println(
                String.format(Locale.ROOT, "%.3f ", SystemNanoClock.INSTANCE.nanoTime() / 1_000_000_000.0) + words);
    }
}
