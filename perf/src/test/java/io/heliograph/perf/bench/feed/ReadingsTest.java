// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.heliograph.publishers.generate.ItchDay;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two decoders that share no code read the same. */
class ReadingsTest {
    private static final int MESSAGES = 200_000;

    @TempDir
    private Path folder;

    @Test
    void shouldAgreeOnEveryFieldOfADay() {
        Path file = folder.resolve("day.itch50");
        FeedFile.write(file, ItchDay.of(7, MESSAGES, 300));
        ByteBuffer octets = FeedFile.map(file);
        ItchReading ours = new HeliographReading();
        ItchReading theirs = new JunctureReading();

        assertEquals(MESSAGES, ours.read(octets));
        assertEquals(MESSAGES, theirs.read(octets));

        assertEquals(theirs.checksum(), ours.checksum());
        assertNotEquals(0, ours.checksum());
    }

    @Test
    void shouldNotAgreeOnAnotherDay() {
        FeedFile.write(folder.resolve("one.itch50"), ItchDay.of(7, MESSAGES, 300));
        FeedFile.write(folder.resolve("other.itch50"), ItchDay.of(8, MESSAGES, 300));
        ItchReading ours = new HeliographReading();
        ItchReading theirs = new JunctureReading();

        ours.read(FeedFile.map(folder.resolve("one.itch50")));
        theirs.read(FeedFile.map(folder.resolve("other.itch50")));

        assertNotEquals(theirs.checksum(), ours.checksum());
    }
}
