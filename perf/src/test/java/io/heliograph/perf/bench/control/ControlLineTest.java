// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ControlLineTest {
    @Test
    void shouldReadWhatItWrote() {
        String text = new ControlLine("done")
                .with("messages", 42L)
                .with("why", "two words, 100 % = all\nof it")
                .toString();

        ControlLine read = ControlLine.parse(text);

        assertEquals(1, text.lines().count());
        assertEquals("done", read.verb());
        assertEquals(42, read.number("messages"));
        assertEquals("two words, 100 % = all\nof it", read.text("why"));
    }

    @Test
    void shouldTakeOverAllValuesOfAnotherLine() {
        ControlLine line = new ControlLine("open").withAll(new ControlLine("places").with("lines", 2));

        assertTrue(line.has("lines"));
        assertEquals("open lines=2", line.toString());
    }

    @Test
    void shouldNameTheWordThatIsNoValue() {
        IllegalArgumentException failed =
                assertThrows(IllegalArgumentException.class, () -> ControlLine.parse("run rate=1 banana"));

        assertTrue(String.valueOf(failed.getMessage()).contains("banana"));
    }

    @Test
    void shouldNameTheValueThatIsMissing() {
        IllegalArgumentException failed =
                assertThrows(IllegalArgumentException.class, () -> new ControlLine("run").number("rate"));

        assertTrue(String.valueOf(failed.getMessage()).contains("rate"));
    }
}
