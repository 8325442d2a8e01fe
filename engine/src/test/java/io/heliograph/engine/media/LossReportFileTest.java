// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.reports.LossReport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Against reports that Aeron itself writes. */
final class LossReportFileTest {
    private static final String CHANNEL = "aeron:udp?endpoint=239.20.0.1:20000";
    private static final String SOURCE = "10.10.1.11:40123";
    private static final byte[] SOURCE_OCTETS = SOURCE.getBytes(StandardCharsets.US_ASCII);

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(16 * 1024));
    private final LossReport report = new LossReport(buffer);
    private final LossReportFile file = new LossReportFile(buffer);

    @Test
    void shouldReadWhatTheDriverNotes() {
        LossReport.ReportEntry entry = report.createEntry(1_376, 1, 77, 1001, CHANNEL, SOURCE);

        assertTrue(file.isEntry(0));
        assertTrue(file.isOf(0, 1001, 77, SOURCE_OCTETS));
        assertEquals(1, file.losses(0));
        assertEquals(1_376, file.octets(0));

        entry.recordObservation(64, 2);

        assertEquals(2, file.losses(0));
        assertEquals(1_440, file.octets(0));
        assertFalse(file.isEntry(file.behind(0)));
    }

    @Test
    void shouldTellImagesApartByStreamSessionAndSource() {
        report.createEntry(1, 1, 77, 1001, CHANNEL, SOURCE);

        assertFalse(file.isOf(0, 1002, 77, SOURCE_OCTETS));
        assertFalse(file.isOf(0, 1001, 78, SOURCE_OCTETS));
        assertFalse(file.isOf(0, 1001, 77, "10.10.1.11:40124".getBytes(StandardCharsets.US_ASCII)));
        assertFalse(file.isOf(0, 1001, 77, "10.10.1.11:4012".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void shouldWalkEntriesOfAnyLengthToTheEndOfTheFile() {
        Random random = new Random(0x1055);
        int written = 0;
        while (report.createEntry(
                        100 + written, 1, written, 7, "c".repeat(random.nextInt(200)), "s".repeat(random.nextInt(60)))
                != null) {
            written++;
        }
        assertTrue(written > 40, "entries: " + written);

        int offset = 0;
        for (int i = 0; i < written; i++) {
            assertTrue(file.isEntry(offset), "entry " + i);
            assertEquals(100 + i, file.octets(offset));
            offset = file.behind(offset);
        }
        assertFalse(file.isEntry(offset));
    }

    @Test
    void shouldEndAtAnEntryWhoseLengthsLeaveTheFile() {
        report.createEntry(1, 1, 77, 1001, CHANNEL, SOURCE);
        byte[] whole = new byte[buffer.capacity()];
        buffer.getBytes(0, whole);
        for (int wrong : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, buffer.capacity(), 16_340}) {
            buffer.putInt(LossReport.CHANNEL_OFFSET, wrong);
            assertFalse(file.isEntry(0), "channel of " + wrong);
            buffer.putBytes(0, whole);
            int source = LossReport.CHANNEL_OFFSET + 4 + 36;
            assertEquals(SOURCE.length(), buffer.getInt(source));
            buffer.putInt(source, wrong);
            assertFalse(file.isEntry(0), "source of " + wrong);
            buffer.putBytes(0, whole);
        }
        assertTrue(file.isEntry(0));
        assertFalse(new LossReportFile(new UnsafeBuffer(Arrays.copyOf(whole, 32))).isEntry(0), "a short file");
    }
}
