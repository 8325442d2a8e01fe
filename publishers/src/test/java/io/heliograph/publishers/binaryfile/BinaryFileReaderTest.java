// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.binaryfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryFileReaderTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"day.itch50", "day.itch50.gz"})
    void shouldReadWhatWasWritten(String name) {
        Path file = folder.resolve(name);
        Random random = new Random(5);
        List<String> written = new ArrayList<>();
        try (BinaryFileWriter writer = BinaryFileWriter.create(file)) {
            for (int i = 0; i < 20_000; i++) {
                byte[] message = new byte[i == 7_000 ? 65_535 : 1 + random.nextInt(700)];
                random.nextBytes(message);
                writer.append(new UnsafeBuffer(message), 0, message.length);
                written.add(i + " " + Arrays.hashCode(message));
            }
        }

        List<String> read = new ArrayList<>();
        try (BinaryFileReader reader = BinaryFileReader.open(file)) {
            while (reader.next()) {
                byte[] message = new byte[reader.length()];
                reader.buffer().getBytes(reader.offset(), message);
                read.add(read.size() + " " + Arrays.hashCode(message));
            }
            assertEquals(reader.fileLength(), reader.consumed());
        }

        assertEquals(written, read);
    }

    @Test
    void shouldReadWhatWasWrittenInPlaceAndNothingThatWasNotCommitted() {
        Path file = folder.resolve("in-place.itch50");
        try (BinaryFileWriter writer = BinaryFileWriter.create(file)) {
            for (int i = 0; i < 50_000; i++) {
                writer.buffer().putLong(writer.claim(), -1L);
                writer.buffer().putInt(writer.claim(), i);
                writer.commit(4 + i % 30);
            }
            writer.claim();
        }

        try (BinaryFileReader reader = BinaryFileReader.open(file)) {
            for (int i = 0; i < 50_000; i++) {
                assertTrue(reader.next());
                assertEquals(4 + i % 30, reader.length());
                assertEquals(i, reader.buffer().getInt(reader.offset()));
            }
            assertFalse(reader.next());
        }
    }

    @Test
    void shouldSayWhereWhenTheFileEndsWithinALength() throws IOException {
        assertRefused(2, "octet 7: the file ends within a message's length", file(0, 1, 65, 0, 2, 66, 67, 0));
    }

    @Test
    void shouldSayWhereWhenAMessageRunsOverTheEnd() throws IOException {
        assertRefused(
                1,
                "octet 3: a message of 258 octets runs over the end of the file, which has 3 more",
                file(0, 1, 65, 1, 2, 66, 67, 68));
    }

    @Test
    void shouldEndAtTheEndOfTheSession() throws IOException {
        try (BinaryFileReader reader = BinaryFileReader.open(file(0, 1, 65, 0, 0))) {
            assertTrue(reader.next());
            assertFalse(reader.next());
            assertFalse(reader.next());
        }
    }

    @Test
    void shouldSayWhereWhenOctetsFollowTheEndOfTheSession() throws IOException {
        assertRefused(1, "octet 3: a length of 0 marks the end of the session", file(0, 1, 65, 0, 0, 0, 1, 66));
    }

    @Test
    void shouldSayWhatIsWrongWhenThereIsNothingToRead() throws IOException {
        assertRefusedToOpen("is empty", file());
        assertRefusedToOpen("is a directory", folder);
        assertRefusedToOpen("no such file", folder.resolve("none"));
    }

    @Test
    void shouldSayWhereWhenGzipIsCutShortAtAnyOctet() throws IOException {
        byte[] whole = gzip(messages(3_000));

        for (int cut = 3; cut < whole.length; cut += 997) {
            Path file = folder.resolve("cut.gz");
            Files.write(file, Arrays.copyOf(whole, cut));
            String message =
                    assertThrows(BinaryFileException.class, () -> count(file)).getMessage();
            assertTrue(message.contains("gzip is cut short"), message);
            assertFalse(message.contains("\n"), message);
        }
    }

    @Test
    void shouldSayWhereWhenGzipIsCorrupt() throws IOException {
        byte[] whole = gzip(messages(3_000));
        whole[whole.length - 6] ^= 1;
        Path file = folder.resolve("corrupt.gz");
        Files.write(file, whole);

        String message =
                assertThrows(BinaryFileException.class, () -> count(file)).getMessage();

        assertTrue(message.contains("gzip is corrupt after this octet"), message);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23})
    void shouldThrowNothingButItsFailureWhenOctetsAreArbitrary(long seed) throws IOException {
        Random random = new Random(seed);
        Path file = folder.resolve("noise");
        for (int i = 0; i < 120; i++) {
            byte[] noise = new byte[random.nextInt(2_000)];
            random.nextBytes(noise);
            if (noise.length > 20 && i % 3 == 0) {
                byte[] packed = gzip(noise);
                packed[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
                noise = packed;
            }
            Files.write(file, noise);
            try {
                count(file);
            } catch (BinaryFileException declared) {
                assertTrue(String.valueOf(declared.getMessage()).startsWith(file.toString()), declared.getMessage());
            }
        }
    }

    @Test
    void shouldAllocateNothingPerMessage() throws IOException {
        Path file = folder.resolve("many");
        Files.write(file, messages(200_000));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            try (BinaryFileReader reader = BinaryFileReader.open(file)) {
                reader.next();
                long before = threads.getThreadAllocatedBytes(id);
                for (int i = 1; i < 120_000; i++) {
                    reader.next();
                }
                allocated = Math.min(allocated, threads.getThreadAllocatedBytes(id) - before);
            }
        }

        assertEquals(0, allocated);
    }

    private static void assertRefused(int messages, String expected, Path file) {
        try (BinaryFileReader reader = BinaryFileReader.open(file)) {
            for (int i = 0; i < messages; i++) {
                assertTrue(reader.next());
            }
            String message =
                    assertThrows(BinaryFileException.class, reader::next).getMessage();
            assertTrue(message.startsWith(file + ": " + expected), message);
        }
    }

    private static void assertRefusedToOpen(String expected, Path file) {
        String message = assertThrows(BinaryFileException.class, () -> BinaryFileReader.open(file))
                .getMessage();
        assertTrue(message.startsWith(file + ": " + expected), message);
    }

    private static int count(Path file) {
        int count = 0;
        try (BinaryFileReader reader = BinaryFileReader.open(file)) {
            while (reader.next()) {
                count++;
            }
        }
        return count;
    }

    private Path file(int... octets) throws IOException {
        byte[] content = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            content[i] = (byte) octets[i];
        }
        return Files.write(folder.resolve("file"), content);
    }

    private static byte[] messages(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            out.writeBytes(new byte[] {0, 5, 'x', (byte) (i >>> 8), (byte) i, (byte) (i * 7), 1});
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
            packing.write(content);
        }
        return out.toByteArray();
    }
}
