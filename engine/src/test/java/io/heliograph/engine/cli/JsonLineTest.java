// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonLineTest {
    @Test
    void shouldWriteMembersInTheirOrderWhenPut() {
        JsonLine line = new JsonLine()
                .put("type", "summary")
                .put("messages", 5L)
                .put("ratio", 2.5)
                .put("isWhole", true)
                .put("stream", (String) null);

        assertEquals(
                "{\"type\":\"summary\",\"messages\":5,\"ratio\":2.5,\"isWhole\":true,\"stream\":null}",
                line.toString());
    }

    @Test
    void shouldNestObjectsAndListsWhenGiven() {
        JsonLine line = new JsonLine()
                .object("latencyNs", o -> o.put("p50", 7L).object("of", p -> p.put("a", 1)))
                .objects("lines", List.of("A", "B"), (o, name) -> o.put("line", name))
                .strings("names", List.of("x", "y"))
                .longs("counts", 1, 2)
                .objects("none", List.<String>of(), (o, name) -> o.put("line", name))
                .put("last", 0);

        assertEquals(
                "{\"latencyNs\":{\"p50\":7,\"of\":{\"a\":1}},\"lines\":[{\"line\":\"A\"},{\"line\":\"B\"}],"
                        + "\"names\":[\"x\",\"y\"],\"counts\":[1,2],\"none\":[],\"last\":0}",
                line.toString());
    }

    @Test
    void shouldWriteAnEmptyObjectWhenNothingWasPut() {
        assertEquals("{}", new JsonLine().toString());
        assertEquals("{\"byType\":{}}", new JsonLine().object("byType", o -> {}).toString());
    }

    @Test
    void shouldEscapeWhatJsonDoesNotTakeWhenTextHoldsIt() {
        String text = "\"\\\n\r\t\u0000\u001f\u2028 \u00e9 \ud83d\ude00 \ud83d";

        assertEquals(
                "{\"t\":\"\\\"\\\\\\n\\r\\t\\u0000\\u001f\\u2028 \u00e9 \ud83d\ude00 \\ud83d\"}",
                new JsonLine().put("t", text).toString());
    }

    @Test
    void shouldWriteNullWhenANumberHasNoJson() {
        assertEquals(
                "{\"a\":null,\"b\":null}",
                new JsonLine()
                        .put("a", Double.NaN)
                        .put("b", Double.NEGATIVE_INFINITY)
                        .toString());
    }

    @Test
    void shouldPrintOneLineWhenAsked() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        new JsonLine().put("a", 1).print(new PrintStream(bytes, false, StandardCharsets.UTF_8));

        assertEquals("{\"a\":1}\n", bytes.toString(StandardCharsets.UTF_8));
    }
}
