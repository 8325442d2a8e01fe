// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NaiveBookTest {
    private final List<String> changes = new ArrayList<>();
    private final NaiveBook naive = new NaiveBook(best -> changes.add(best.text()));

    @TempDir
    private Path folder;

    @Test
    void shouldEqualTheTruthWhenItReadsApple() throws IOException {
        NaiveFile.read(Truth.capture(Truth.AAPL), naive::onMessage);

        assertEquals(6000, naive.messages());
        assertEquals(Truth.AAPL_TYPES, naive.byType());
        assertEquals(0, naive.unknownReferences());
        assertEquals(0, naive.overfills());
        assertEquals(Truth.AAPL_LIVE_ORDERS, naive.orders().size());
        assertEquals(Truth.AAPL_LIVE_LEVELS, naive.levels().size());
        assertEquals(Truth.AAPL_ORDERS, Truth.sha256(naive.orders()));
        assertEquals(
                Truth.AAPL_LEVELS,
                Truth.sha256(naive.levels().stream().map(NaiveLevel::text).toList()));
        assertEquals(Truth.AAPL_BEST_CHANGES, changes.size());
        assertEquals(Truth.AAPL_BEST, Truth.sha256(changes));
        assertEquals("AAPL", naive.symbol(13));
    }

    @Test
    void shouldEqualTheTruthWhenItReadsTheDirectory() throws IOException {
        NaiveFile.read(Truth.capture(Truth.DIRECTORY), naive::onMessage);

        assertEquals(1000, naive.messages());
        assertEquals(Truth.DIRECTORY_TYPES, naive.byType());
        assertTrue(naive.orders().isEmpty() && naive.levels().isEmpty() && changes.isEmpty());
    }

    @Test
    void shouldReadTheSameWhenTheFileIsGzip() throws IOException {
        byte[] plain = Files.readAllBytes(Truth.capture(Truth.AAPL));
        Path zipped = folder.resolve("aapl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(plain);
        }

        NaiveFile.read(zipped, naive::onMessage);

        assertEquals(Truth.AAPL_BEST, Truth.sha256(changes));
    }

    @Test
    void shouldNameTheOffsetWhenAMessageIsCutShort() throws IOException {
        byte[] plain = {0, 1, 'Z', 0, 5, 'A', 0};
        Path cut = Files.write(folder.resolve("cut.itch50"), Arrays.copyOf(plain, plain.length));

        IOException failure = assertThrows(IOException.class, () -> NaiveFile.read(cut, message -> {}));

        assertTrue(failure.getMessage().endsWith("the message at offset 3 is cut short"), failure.getMessage());
    }
}
