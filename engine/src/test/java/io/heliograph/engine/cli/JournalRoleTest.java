// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.journal.JournalAppender;
import io.heliograph.engine.journal.JournalContext;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.testkit.Packets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class JournalRoleTest {
    private static final int STREAM = 1001;

    @TempDir
    private Path host;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void shouldHaveAJournal() {
        Path directory = StreamJournal.of(host, "itch/0").directory();
        List<String> warnings = new ArrayList<>();
        try (JournalAppender appender = StreamJournal.appender(
                JournalContext.of(directory, "itch/0", STREAM).minFree(0), warnings::add)) {
            append(appender, Packets.data(STREAM, 7, 1, 3));
            append(appender, Packets.seal(STREAM, 7, 1, 3));
            append(appender, Packets.data(STREAM, 7, 5, 5));
            append(appender, Packets.end(STREAM, 7, 5));
        }
        assertEquals(List.of(), warnings);
    }

    @Test
    void shouldListWhatIsThere() {
        assertEquals(0, run("journal", "list", host.toString()));

        assertTrue(out.toString().startsWith("itch/0: 7:1 to 7:5, 1 cycles, "), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void shouldSayThatASoundJournalIsSound() {
        assertEquals(0, run("journal", "verify", host.toString()));

        assertEquals(
                "itch/0: ok, 5 records, 4 messages, 1 lost in 1 gaps; seals: 1 checked, 0 not checkable, 0 differ\n",
                out.toString());
    }

    @Test
    void shouldSumUpSeveralJournals() {
        String one = host.resolve("itch~0").toString();

        assertEquals(0, run("journal", "verify", host.toString(), one));

        List<String> lines = out.toString().lines().toList();
        assertEquals(3, lines.size());
        assertEquals(lines.get(0), lines.get(1));
        assertEquals("all 2 journals: ok, 10 records, 8 messages, 0 bad", lines.get(2));
    }

    @Test
    void shouldNameTheFirstBadRecordAndEndWithOne() throws IOException {
        Path file;
        try (Stream<Path> files = Files.list(host.resolve("itch~0"))) {
            file = files.filter(each -> each.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
        flip(file, Packets.body(7, 2));

        assertEquals(1, run("journal", "verify", "--json", host.toString()));

        List<String> lines = out.toString().lines().toList();
        assertTrue(
                lines.get(0).contains("\"firstBad\":\"record 0 of " + file + " is damaged: its CRC-32C differs\""),
                lines.get(0));
        assertEquals("{\"type\":\"summary\",\"journals\":1,\"records\":5,\"messages\":1,\"bad\":1}", lines.get(1));
    }

    @Test
    void shouldPrintWhatItHolds() {
        assertEquals(0, run("journal", "cat", host.resolve("itch~0").toString(), "--from", "7:2"));

        List<String> lines = out.toString().lines().toList();
        assertEquals(5, lines.size());
        assertTrue(lines.get(0).startsWith("data 7:1-3  sent "), lines.get(0));
        assertTrue(lines.get(1).startsWith("seal 7:1-3  sent "), lines.get(1));
        assertTrue(lines.get(2).startsWith("gap 7:4-4  sent "), lines.get(2));
        assertTrue(lines.get(3).startsWith("data 7:5-5  sent "), lines.get(3));
        assertTrue(lines.get(4).startsWith("end 7:5  sent "), lines.get(4));
    }

    @Test
    void shouldPrintMessagesAsJson() {
        assertEquals(
                0, run("journal", "cat", host.resolve("itch~0").toString(), "--messages", "--count", "1", "--json"));

        List<String> lines = out.toString().lines().toList();
        assertEquals(5, lines.size());
        assertTrue(
                lines.get(1).startsWith("{\"type\":\"message\",\"epoch\":7,\"sequence\":1,\"body\":\"01"),
                lines.get(1));
        assertTrue(lines.get(4).contains("\"packets\":1,\"messages\":3"), lines.get(4));
    }

    @Test
    void shouldSayWhatIsNotThere() {
        String journal = host.resolve("itch~0").toString();

        assertEquals(1, run("journal", "cat", journal, "--from", "7:9"));
        assertEquals(2, run("journal", "cat", journal, "--from", "x"));
        assertEquals(2, run("journal", "cat", journal, "--from", "2026-13-01"));
        assertEquals(1, run("journal", "verify", host.resolve("none").toString()));
        assertEquals(2, run("journal"));

        List<String> said = err.toString().lines().toList();
        assertEquals(5, said.size(), err.toString());
        assertTrue(
                said.get(0).startsWith("cat: message 9 of epoch 7 is not in the journal, which ends at 7:5"),
                said.get(0));
        assertTrue(said.get(1).contains("is no place; write start, N, EPOCH:N"), said.get(1));
        assertTrue(said.get(2).contains("is no time"), said.get(2));
        assertTrue(said.get(3).startsWith("verify: cannot list"), said.get(3));
        assertTrue(said.get(4).startsWith("journal: say what to do"), said.get(4));
    }

    private static void append(JournalAppender appender, byte[] octets) {
        UnsafeBuffer packet = new UnsafeBuffer(ByteBuffer.allocateDirect(octets.length));
        packet.putBytes(0, octets);
        appender.append(packet, 0, octets.length);
    }

    private static void flip(Path file, byte[] body) throws IOException {
        try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] start = new byte[(int) Math.min(all.length(), 1 << 20)];
            all.readFully(start);
            int at = new String(start, StandardCharsets.ISO_8859_1)
                    .indexOf(new String(body, StandardCharsets.ISO_8859_1));
            all.seek(at + 10);
            all.write(start[at + 10] ^ 0x10);
        }
    }

    private int run(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}
