// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.recovery.JoinPlace;
import io.heliograph.engine.stream.Arbiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A position that is kept is the one that is read, and there is a whole one at any time. */
final class PositionFileTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        Path file = folder.resolve("itch.position");

        new PositionFile(file).write(1_763_000_000L, 12_345);

        assertEquals("1763000000:12345\n", Files.readString(file));
        assertEquals(JoinPlace.at(1_763_000_000L, 12_345), new PositionFile(file).read());
    }

    @Test
    void shouldBeNoPositionWithoutAFile() {
        assertNull(new PositionFile(folder.resolve("none")).read());
        assertNull(new PositionFile(null).read());
        new PositionFile(null).write(7, 1);
        new PositionFile(null).note(7, 1);
    }

    @Test
    void shouldWriteNothingBeforeAnythingWasHeard() {
        Path file = folder.resolve("itch.position");

        new PositionFile(file).note(Arbiter.NULL_EPOCH, 1);
        new PositionFile(file).write(Arbiter.NULL_EPOCH, 1);

        assertFalse(Files.exists(file));
    }

    @Test
    void shouldPutAWholeNewFileInTheOldOnesPlace() throws IOException {
        Path file = folder.resolve("itch.position");
        PositionFile position = new PositionFile(file);
        position.write(7, 1);
        Object before = key(file);

        position.write(7, 2);

        // A file that is written over in place keeps its key; for a moment it would be empty.
        assertNotEquals(before, key(file));
        assertEquals(JoinPlace.at(7, 2), position.read());
        assertFalse(Files.exists(folder.resolve("itch.position.new")));
    }

    @Test
    void shouldNotWriteTheSameOnceMore() throws IOException {
        Path file = folder.resolve("itch.position");
        PositionFile position = new PositionFile(file);
        position.write(7, 100);
        Object before = key(file);

        position.write(7, 100);
        assertEquals(before, key(file));
        position.write(8, 100);
        assertNotEquals(before, key(file));
    }

    @Test
    void shouldNoteTheFirstAtOnceAndThenNoMoreThanTenASecond() throws IOException {
        Path file = folder.resolve("itch.position");
        PositionFile position = new PositionFile(file);
        long startNs = System.nanoTime();
        int written = 0;
        Object key = "";
        for (int next = 1; next <= 20_000; next++) {
            position.note(7, next);
            if (next == 1) {
                assertEquals(JoinPlace.at(7, 1), position.read());
            }
            if (next % 100 == 1 && !key.equals(key(file))) {
                key = key(file);
                written++;
            }
        }
        long tookNs = System.nanoTime() - startNs;

        assertTrue(written <= 1 + tookNs / 100_000_000L, written + " times in " + tookNs + " ns");
        position.write(7, 20_001);
        assertEquals(JoinPlace.at(7, 20_001), position.read(), "the end is written whenever it comes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12345",
                "7:0",
                "live",
                "start",
                "2026-11-21T14:30:00Z",
                "99999999999:1",
                "7:1:1",
                "7:-1",
                "\u0000\u0001"
            })
    void shouldSayWhichFileHoldsNoPositionAndWhatToDo(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("itch.position"), text);

        CommandException refused = assertThrows(CommandException.class, () -> new PositionFile(file).read());

        assertEquals(2, refused.exitCode());
        String words = String.valueOf(refused.getMessage());
        assertTrue(words.startsWith("--position " + file + ": "), words);
        assertTrue(words.endsWith("; name another file, or remove it to begin where --from says"), words);
    }

    @Test
    void shouldSayThatItCannotBeWritten() {
        PositionFile position = new PositionFile(folder.resolve("missing").resolve("itch.position"));

        CommandException refused = assertThrows(CommandException.class, () -> position.write(7, 1));

        assertEquals(1, refused.exitCode());
        assertTrue(String.valueOf(refused.getMessage()).startsWith("--position "), refused::getMessage);
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }
}
