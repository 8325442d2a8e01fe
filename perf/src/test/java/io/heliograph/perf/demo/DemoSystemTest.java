// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.cli.Interruption;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Small demos from end to end: equal books, and books that one broken message makes unequal. */
class DemoSystemTest {
    private static final int SYMBOLS = 200;
    private static final long MESSAGES = 30_000;
    private static final long RATE = 20_000;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void shouldSayThatBooksAreEqualWhenNothingIsBroken() {
        String summary = run(0, true);

        assertTrue(summary.contains("\"messages\":30000"), summary);
        assertFalse(summary.contains("\"gaps\":1"), summary);
        assertTrue(summary.contains("\"differences\":[]"), summary);
        assertEquals(3, summary.split("\"latencyNs\":\\{\"p50\":[1-9]").length, summary);
        assertEquals(3, summary.split("\"early\":0,").length, summary);
    }

    @Test
    void shouldSayThatBooksAreNotEqualWhenOneAddIsBroken() {
        String summary = run(500, false);

        assertTrue(summary.contains("\"differences\":[\"subscriber 2: "), summary);
    }

    private String run(long corrupt, boolean areEqual) {
        DemoPlan plan = new DemoPlan(null, 7, SYMBOLS, MESSAGES, RATE, corrupt);
        LiveView view = new LiveView(new PrintStream(shown, true, StandardCharsets.UTF_8), true);

        DemoResult result = DemoRun.run(plan, view, new Interruption());

        assertNotNull(result);
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        result.print(new PrintStream(json, true, StandardCharsets.UTF_8), true);
        String summary = json.toString(StandardCharsets.UTF_8);
        assertEquals(areEqual, result.booksEqual(), summary);
        assertTrue(shown.toString(StandardCharsets.UTF_8).contains("subscriber 2"), shown::toString);
        return summary;
    }
}
