// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.engine.cli.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class NoticesTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shouldTellOfALateLineInWordsAndAsObjects() {
        Notices notices = notices();

        notices.onSkew(1, 130_250_000, false);
        notices.onSkewEnd(1);

        assertEquals("""
                subscribe itch: line B: is constantly later than another line, by 130.3 ms and more; what the others lose it may \
                not make good for
                subscribe itch: line B: keeps up with the others again
                """, err.toString(StandardCharsets.UTF_8));
        assertEquals("""
                {"type":"skew","stream":"itch","line":"B","isLate":true,"isSilent":false,"lateNs":130250000}
                {"type":"skew","stream":"itch","line":"B","isLate":false,"isSilent":false,"lateNs":0}
                """, out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldTellOfALineThatBringsNothing() {
        notices().onSkew(0, 1_500_000_000, true);

        assertEquals(
                "subscribe itch: line A: has brought nothing for 1,500.0 ms while another line goes on; what the others lose it"
                        + " may not make good for\n",
                err.toString(StandardCharsets.UTF_8));
        assertEquals(
                "{\"type\":\"skew\",\"stream\":\"itch\",\"line\":\"A\",\"isLate\":true,\"isSilent\":true,\"lateNs\":1500000000}\n",
                out.toString(StandardCharsets.UTF_8));
    }

    private Notices notices() {
        SubscribeOptions options = new SubscribeOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("options", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .parseArgs("--stream=itch", "--json");
        Notices notices = new Notices(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Progress.standard("subscribe itch", "messages"),
                options,
                "itch");
        notices.lineNames(index -> index == 0 ? "A" : "B");
        return notices;
    }
}
