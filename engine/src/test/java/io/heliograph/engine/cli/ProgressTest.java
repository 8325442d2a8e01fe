// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.CachedNanoClock;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final CachedNanoClock clock = new CachedNanoClock();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void shouldShowNothingWhenWorkIsShort() {
        try (Progress progress = new Progress(out, "publish", "messages", true, clock)) {
            clock.update(SECOND_NS - 1);
            progress.update(10, 100);
        }

        assertEquals("", text());
    }

    @Test
    void shouldRedrawOneLineAndTakeItAwayWhenOnATerminal() {
        try (Progress progress = new Progress(out, "publish", "messages", true, clock)) {
            clock.update(2 * SECOND_NS);
            progress.update(1000, 4000);
            progress.update(1001, 4000);
            clock.update(4 * SECOND_NS);
            progress.update(2000, 0);
        }

        String first = "publish: 1,000 of 4,000 messages (25 %), 500/s, 2 s";
        String second = "publish: 2,000 messages, 500/s, 4 s";
        assertEquals(
                "\r" + first + "\r" + second + " ".repeat(first.length() - second.length()) + "\r"
                        + " ".repeat(first.length()) + "\r",
                text());
    }

    @Test
    void shouldPrintPlainLinesWhenNobodyWatches() {
        try (Progress progress = new Progress(out, "publish", "messages", false, clock)) {
            for (int second = 1; second <= 12; second++) {
                clock.update(second * SECOND_NS);
                progress.update(second, 0);
            }
        }

        assertEquals("publish: 5 messages, 1/s, 5 s\npublish: 10 messages, 1/s, 10 s\n", text());
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
