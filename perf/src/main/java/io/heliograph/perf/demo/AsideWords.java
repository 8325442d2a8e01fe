// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * What the demo's engines and drivers say on standard error, set aside into a file while they run: that a link is down, which the demo
 * has cut itself, would stand between its own words. It is shown when the demo fails.
 *
 * <p><b>Thread:</b> one owner; any thread's words are set aside.
 */
final class AsideWords implements AutoCloseable {
    private static final int SHOWN = 20;

    private final PrintStream standardError = System.err;
    private final PrintStream aside;
    private final Path file;

    /** Sets aside from now on what is made to speak on standard error. */
    AsideWords(Path file) {
        this.file = file;
        try {
            aside = new PrintStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    true,
                    StandardCharsets.UTF_8);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
        System.setErr(aside);
    }

    /** Shows the last that was said. */
    void show() {
        try {
            List<String> lines = Files.readAllLines(file);
            lines.stream().skip(Math.max(0, lines.size() - SHOWN)).forEach(standardError::println);
        } catch (IOException unreadable) {
            standardError.println("what engines and drivers said cannot be read: " + unreadable);
        }
    }

    /** Standard error is what it was. */
    @Override
    public void close() {
        System.setErr(standardError);
        CloseHelper.quietClose(aside);
    }
}
