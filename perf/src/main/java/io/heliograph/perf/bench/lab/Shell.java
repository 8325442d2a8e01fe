// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the short commands that set up a network; no shell is involved. <b>Thread:</b> any thread. */
final class Shell {
    private static final long PATIENCE_S = 10;

    private Shell() {}

    /**
     * What a command did.
     *
     * @param exitCode 0 for success.
     * @param output standard output and error.
     */
    record Outcome(int exitCode, String output) {
        boolean isDone() {
            return exitCode == 0;
        }
    }

    /** Runs a command, words separated by blanks, and waits for it. */
    static Outcome run(String words) {
        List<String> command = List.of(words.split(" ", -1));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                return new Outcome(process.exitValue(), output.trim());
            }
            process.destroyForcibly();
            return new Outcome(1, words + ": no end within " + PATIENCE_S + " s");
        } catch (IOException notThere) {
            return new Outcome(1, String.valueOf(notThere.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Outcome(1, words + ": interrupted");
        }
    }
}
