// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static io.heliograph.engine.journal.JournalFixture.HOUR_MS;
import static io.heliograph.engine.journal.JournalFixture.append;
import static io.heliograph.engine.journal.JournalFixture.data;
import static io.heliograph.engine.journal.JournalFixture.rest;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.PacketFlyweight;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a file is one clear line; what can still be read is read, and what cannot is a gap. */
final class JournalDamageTest {
    private static final int PACKETS = 200;

    @TempDir
    private Path directory;

    private JournalFixture journal;
    private Path file;

    @BeforeEach
    void shouldHaveAJournal() {
        journal = new JournalFixture(directory);
        try (JournalAppender appender = journal.appender()) {
            for (int i = 0; i < PACKETS; i++) {
                append(appender, data(7, 2 * i + 1, 2 * i + 2));
            }
        }
        file = Cycles.file(directory, Cycles.in(directory)[0]);
    }

    @Test
    void shouldNameARecordWithAFlippedByteAndGoOnBehindIt() throws IOException {
        flip(Packets.body(7, 101), 10);

        try (JournalReader reader = journal.reader()) {
            reader.seek(7, 99);
            JournalException damage = assertThrows(JournalException.class, () -> rest(reader));
            assertEquals("record 50 of " + file + " is damaged: its CRC-32C differs", damage.getMessage());

            List<String> behind = rest(reader);

            assertEquals(List.of("gap 7:101-102", "7:103-104"), behind.subList(0, 2));
            assertEquals(400, reader.nextSequence() - 1);
        }
    }

    @Test
    void shouldNotFindWhatMayHaveBeenInADamagedRecord() throws IOException {
        flip(Packets.body(7, 101), 10);

        try (JournalReader reader = journal.reader()) {
            JournalException damage = assertThrows(JournalException.class, () -> reader.seek(7, 102));
            assertTrue(String.valueOf(damage.getMessage()).contains("record 50 of " + file), damage.getMessage());
            assertTrue(reader.seek(7, 103));
            assertEquals("7:103-104", rest(reader).get(0));
        }
    }

    @Test
    void shouldGoOnBehindADamagedEnd() throws IOException {
        flip(Packets.body(7, 400), 10);

        try (JournalAppender appender = journal.appender()) {
            assertEquals(399, appender.nextSequence());
            append(appender, data(7, 401, 401));
        }

        assertEquals(1, journal.warnings.size());
        assertTrue(journal.warnings.get(0).contains("record 199 of " + file + " is damaged"), journal.warnings.get(0));
        try (JournalReader reader = journal.reader()) {
            reader.seek(7, 397);
            assertThrows(JournalException.class, () -> rest(reader));
            assertEquals(List.of("gap 7:399-400", "7:401-401"), rest(reader));
        }
    }

    @Test
    void shouldHaveARecordWhoseAppenderWasKilledBeforeTheQueueSaidThatItIsThere() throws IOException {
        word(PACKETS - 1, 0);

        for (long next = 401; next < 403; next++) {
            try (JournalAppender appender = journal.appender()) {
                assertEquals(next, appender.nextSequence());
                append(appender, data(7, next, next));
            }
        }

        assertEquals(List.of(), journal.warnings);
        try (JournalReader reader = journal.reader()) {
            assertTrue(reader.seek(7, 397));
            assertEquals(List.of("7:397-398", "7:399-400", "7:401-401", "7:402-402"), rest(reader));
        }
    }

    @Test
    void shouldCallOneDamagedThatHasOthersBehindIt() throws IOException {
        word(PACKETS - 3, 0);

        try (JournalAppender appender = journal.appender()) {
            assertEquals(401, appender.nextSequence());
        }

        assertEquals(1, journal.warnings.size());
        assertTrue(journal.warnings.get(0).contains("record 197 of " + file + " is damaged"), journal.warnings.get(0));
    }

    /** Puts another word ahead of a record, where the queue states its length. */
    private void word(int record, int value) throws IOException {
        try (RecordCursor cursor = new RecordCursor(directory, new CycleList(directory));
                FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i <= record; i++) {
                assertEquals(RecordCursor.PACKET, cursor.next());
            }
            ByteBuffer octets = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            octets.putInt(0, value);
            channel.write(octets, cursor.position() - RecordCheck.HEADER);
        }
    }

    @Test
    void shouldFindWithoutPlaces() throws IOException {
        Files.delete(Cycles.places(directory, Cycles.in(directory)[0]));

        try (JournalReader reader = journal.reader()) {
            assertTrue(reader.seek(7, 333));
            assertEquals("7:333-334", rest(reader).get(0));
        }
    }

    @Test
    void shouldFindWithDamagedPlaces() throws IOException {
        Path places = Cycles.places(directory, Cycles.in(directory)[0]);
        byte[] octets = Files.readAllBytes(places);
        for (int entry = 1; entry < octets.length / Place.LENGTH; entry++) {
            octets[entry * Place.LENGTH + 9] ^= 1;
        }
        Files.write(places, octets);

        try (JournalReader reader = journal.reader()) {
            assertTrue(reader.seek(7, 333));
            assertEquals("7:333-334", rest(reader).get(0));
            assertEquals(400, reader.lastSequence());
        }
    }

    @Test
    void shouldMakePlacesAgainWhenTheyWereLost() throws IOException {
        Path places = Cycles.places(directory, Cycles.in(directory)[0]);
        byte[] octets = Files.readAllBytes(places);
        Files.delete(places);

        journal.appender().close();

        assertEquals(7 * Place.LENGTH, octets.length, "every 32nd of 200 records");
        assertArrayEquals(octets, Files.readAllBytes(places));
    }

    @Test
    void shouldSayThatAFileWasCutAndGoOn() throws IOException {
        long position = positionOf(Packets.body(7, 301));
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(position);
        }
        try (JournalReader reader = journal.reader()) {
            JournalException cut = assertThrows(JournalException.class, () -> reader.seek(7, 399));
            assertTrue(String.valueOf(cut.getMessage()).contains("the file was cut"), cut.getMessage());
        }

        try (JournalAppender appender = journal.appender()) {
            assertEquals(1, journal.warnings.size());
            assertTrue(journal.warnings.get(0).contains("is not there"), journal.warnings.get(0));
            long next = appender.nextSequence();
            assertTrue(next >= 299 && next <= 301, "next " + next);
            append(appender, data(7, 401, 401));
            try (JournalReader reader = journal.reader()) {
                assertTrue(reader.seek(7, 401));
                assertEquals(List.of("7:401-401"), rest(reader));
            }
        }
    }

    /** The record itself is sound: nothing is lost, and the word is named. */
    @ParameterizedTest
    @ValueSource(ints = {1 << 3, 1 << 9, 1 << 29, 1 << 30, 1 << 31})
    void shouldNameALengthOfTheQueueThatIsDamagedAndLoseNothing(int bit) throws IOException {
        flipLength(50, bit);

        try (JournalReader reader = journal.reader()) {
            reader.seek(7, 99);
            JournalException damage = assertThrows(JournalException.class, () -> rest(reader));
            assertTrue(
                    String.valueOf(damage.getMessage()).startsWith("record 50 of " + file + " is damaged: "),
                    damage.getMessage());

            List<String> behind = rest(reader);

            assertEquals(List.of("7:101-102", "7:103-104"), behind.subList(0, 2));
            assertEquals(PACKETS - 50, behind.size());
            assertTrue(reader.seek(7, 103));
        }
        try (JournalVerifier verifier = new JournalVerifier(new StreamJournal(directory))) {
            while (verifier.verify(100)) {}
            assertTrue(verifier.firstBad().startsWith("record 50 of " + file), verifier.firstBad());
            assertEquals(1, verifier.bad());
            assertEquals(2 * PACKETS, verifier.messages());
        }
    }

    @Test
    void shouldTellExactlyWhatIsLostWhenLengthAndRecordAreDamaged() throws IOException {
        flipLength(50, 1 << 5);
        flip(Packets.body(7, 101), 10);
        flipLength(51, 1 << 5);
        flip(Packets.body(7, 103), 10);

        try (JournalReader reader = journal.reader()) {
            reader.seek(7, 99);
            assertThrows(JournalException.class, () -> rest(reader));
            assertEquals(List.of("gap 7:101-104", "7:105-106"), rest(reader).subList(0, 2));
        }
    }

    @Test
    void shouldGoOnBehindADamagedLengthAtTheEnd() throws IOException {
        flipLength(PACKETS - 2, 1 << 31);

        try (JournalAppender appender = journal.appender()) {
            assertEquals(2 * PACKETS + 1, appender.nextSequence());
            append(appender, data(7, 401, 402));
            try (JournalReader reader = journal.reader()) {
                reader.seek(7, 395);
                assertThrows(JournalException.class, () -> rest(reader));
                assertEquals(List.of("7:397-398", "7:399-400", "7:401-402"), rest(reader));
            }
        }
        assertEquals(1, journal.warnings.size(), journal.warnings.toString());
    }

    /** What the queue keeps for itself is not believed: neither where it ends, nor who has it locked, nor its index. */
    @Test
    void shouldReadAndAppendWhateverIsWrongWithTheQueuesOwnFiles() throws IOException {
        Files.write(directory.resolve("metadata.cq4t"), new byte[] {1, 2, 3});
        try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "rw")) {
            all.seek(4);
            all.write(new byte[20_000]);
        }

        try (JournalAppender appender = journal.appender();
                JournalReader reader = journal.reader()) {
            append(appender, data(7, 401, 402));
            assertTrue(reader.seek(7, 399));
            assertEquals(List.of("7:399-400", "7:401-402"), rest(reader));
        }
    }

    @Test
    void shouldNotAskADamagedRecordWhichStreamItIsOf() throws IOException {
        try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "rw")) {
            long header =
                    positionOf(Packets.body(7, 399)) - PacketFlyweight.LENGTH_PREFIX - PacketFlyweight.HEADER_LENGTH;
            for (int octet = 0; octet < PacketFlyweight.HEADER_LENGTH; octet++) {
                all.seek(header + octet);
                all.write(0xA5);
            }
        }

        try (JournalAppender appender = journal.appender()) {
            assertEquals(399, appender.nextSequence());
        }
    }

    @Test
    void shouldHandOutAGapForACycleThatIsGone() throws IOException {
        try (JournalAppender appender = journal.appender()) {
            journal.nowMs += HOUR_MS;
            append(appender, data(7, 401, 402));
            journal.nowMs += HOUR_MS;
            append(appender, data(7, 403, 404));
            int[] cycles = Cycles.in(directory);
            Files.delete(Cycles.file(directory, cycles[1]));
            Files.delete(Cycles.places(directory, cycles[1]));
        }

        try (JournalReader reader = journal.reader()) {
            reader.seek(7, 399);
            assertEquals(List.of("7:399-400", "gap 7:401-402", "7:403-404"), rest(reader));
            assertFalse(reader.seek(7, 401));
            assertEquals(List.of("gap 7:401-402", "7:403-404"), rest(reader));
        }
    }

    @Test
    void shouldSayThatThereIsNoJournal() {
        JournalException none =
                assertThrows(JournalException.class, () -> new StreamJournal(directory.resolve("none")).reader());
        assertTrue(String.valueOf(none.getMessage()).startsWith("no journal in "), none.getMessage());
    }

    @Test
    void shouldSayThatADirectoryCannotBeUsed() throws IOException {
        Path inTheWay = Files.writeString(directory.resolve("file"), "");
        JournalContext context = JournalContext.of(inTheWay.resolve("itch"), "itch", 1001);

        JournalException refused =
                assertThrows(JournalException.class, () -> StreamJournal.appender(context, journal.warnings::add));

        assertTrue(String.valueOf(refused.getMessage()).startsWith("cannot open the journal "), refused.getMessage());
        assertEquals(1, String.valueOf(refused.getMessage()).lines().count());
    }

    private void flip(byte[] body, int octet) throws IOException {
        try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "rw")) {
            long at = positionOf(body) + octet;
            all.seek(at);
            int was = all.read();
            all.seek(at);
            all.write(was ^ 0x10);
        }
    }

    /** Flips bits of the queue's word before a record. */
    private void flipLength(int packet, int bits) throws IOException {
        int first = 2 * packet + 1;
        long begins = positionOf(Packets.body(7, first))
                - PacketFlyweight.LENGTH_PREFIX
                - PacketFlyweight.HEADER_LENGTH
                - RecordFlyweight.HEADER_LENGTH;
        try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "rw")) {
            all.seek(begins - RecordCheck.HEADER);
            int word = Integer.reverseBytes(all.readInt());
            all.seek(begins - RecordCheck.HEADER);
            all.writeInt(Integer.reverseBytes(word ^ bits));
        }
    }

    private long positionOf(byte[] body) throws IOException {
        byte[] start;
        try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "r")) {
            start = new byte[(int) Math.min(all.length(), 1 << 20)];
            all.readFully(start);
        }
        for (int i = 0; i < start.length - body.length; i++) {
            if (Arrays.equals(start, i, i + body.length, body, 0, body.length)) {
                return i;
            }
        }
        throw new AssertionError("no such body in " + file);
    }
}
