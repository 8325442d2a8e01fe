// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.base.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeRingTest {
    private static final int CELLS = RingLayout.MIN_CAPACITY;
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final int FIRST_WORD = 8192;

    @TempDir
    private Path folder;

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[70_000]);
    private final List<Long> taken = new ArrayList<>();
    private Path path;
    private IntakeRing ring;

    @BeforeEach
    void open() {
        path = folder.resolve("itch.intake");
        ring = IntakeRing.open(path, CELLS);
    }

    @AfterEach
    void close() {
        ring.close();
    }

    @Test
    void shouldLayOutAMessageAsTheTableSays() throws IOException {
        try (IntakeWriter writer = IntakeWriter.open(path)) {
            offer(writer, 0x5E55101D, 70);

            ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
            assertEquals("HGINTAKE", new String(file.array(), 0, 8, StandardCharsets.US_ASCII));
            assertEquals(1, file.getInt(8));
            assertEquals(64, file.getInt(12));
            assertEquals(CELLS, file.getLong(16));
            assertEquals(ProcessIdentity.current(), file.getLong(32));
            assertEquals(2, file.getLong(128));
            assertEquals(0, file.getLong(256));
            assertEquals(ProcessHandle.current().pid(), file.getLong(4096) >>> 42);
            assertEquals(1, file.getLong(4096 + 8));
            assertEquals(0x0200_0046_0000_0000L, file.getLong(FIRST_WORD));
            assertEquals(0x5E55101D, file.getLong(FIRST_WORD + 8 * CELLS));
            assertEquals(FIRST_WORD + 72 * CELLS + 65_536, file.capacity());
        }
    }

    @Test
    void shouldTakeMessagesInTheOrderOfTheirClaimsAndWaitForTheOneThatIsOpen() {
        try (IntakeWriter first = IntakeWriter.open(path);
                IntakeWriter second = IntakeWriter.open(path)) {
            offer(first, 1, 8);
            assertEquals(IntakeWriter.ACCEPTED, second.claim(8));
            offer(first, 3, 8);

            drain(0);
            drain(HOUR_NS);
            assertEquals(List.of(1L), taken);
            second.buffer().putLong(0, 2);
            second.commit();
            drain(2 * HOUR_NS);

            assertEquals(List.of(1L, 2L, 3L), taken);
            assertEquals(2, ring.writers());
        }
    }

    @Test
    void shouldStepOverWhatWasAborted() {
        try (IntakeWriter writer = IntakeWriter.open(path)) {
            assertEquals(IntakeWriter.ACCEPTED, writer.claim(5000));
            assertEquals(Outcome.CLAIM_OPEN, writer.claim(1));
            writer.abort();
            offer(writer, 7, 8);

            drain(0);

            assertEquals(List.of(7L), taken);
            assertEquals(1, ring.aborted());
        }
    }

    @Test
    void shouldPushBackWhenFullAndTakeAgainWhatWasFreed() {
        try (IntakeWriter writer = IntakeWriter.open(path)) {
            for (int lap = 0; lap < 3; lap++) {
                for (int i = 0; i < CELLS; i++) {
                    offer(writer, i, 64);
                }
                assertEquals(Outcome.BACK_PRESSURED, writer.offer(message, 0, 0));
                ring.drain(this::take, CELLS, 0);
                assertEquals(Outcome.BACK_PRESSURED, writer.offer(message, 0, 0), "taken is not freed");
                assertEquals(0, ring.drain(this::take, CELLS, 0));
                assertFalse(ring.isEmpty());
                ring.release();
                assertTrue(ring.isEmpty());
            }
            assertEquals(3 * CELLS, taken.size());
            assertEquals(6, ring.full());
            assertNull(ring.corruption());
        }
    }

    @Test
    void shouldRefuseLengthsThatAStreamDoesNotCarry() {
        IntakeWriter writer = IntakeWriter.open(path);
        assertEquals(Outcome.TOO_LONG, writer.offer(message, 0, 65_536));
        assertThrows(IllegalArgumentException.class, () -> writer.offer(message, 0, -1));
        assertEquals(IntakeWriter.ACCEPTED, writer.offer(message, 0, 65_535));
        assertEquals(IntakeWriter.ACCEPTED, writer.offer(message, 0, 0));
        writer.close();
        assertEquals(Outcome.CLOSED, writer.offer(message, 0, 1));
        List<Integer> lengths = new ArrayList<>();

        ring.drain((buffer, offset, length) -> lengths.add(length), 10, 0);

        assertEquals(List.of(65_535, 0), lengths);
    }

    @Test
    void shouldRefuseAWriterWhenAllSlotsAreTakenAndTakeOneWhenOneIsFree() {
        List<IntakeWriter> writers = new ArrayList<>();
        for (int i = 0; i < RingLayout.SLOTS; i++) {
            writers.add(IntakeWriter.open(path));
        }
        IntakeException refused = assertThrows(IntakeException.class, () -> IntakeWriter.open(path));
        assertTrue(refused.getMessage().contains("all 64 writers' slots"), refused::getMessage);

        writers.remove(17).close();
        writers.add(IntakeWriter.open(path));
        writers.forEach(IntakeWriter::close);
    }

    @Test
    void shouldRefuseASecondEngineWhileTheFirstReads() {
        IntakeException refused = assertThrows(IntakeException.class, () -> IntakeRing.open(path, CELLS));

        assertTrue(
                refused.getMessage()
                        .startsWith("another engine (process "
                                + ProcessHandle.current().pid()),
                refused::getMessage);
        ring.close();
        ring = IntakeRing.open(path, CELLS);
    }

    @Test
    void shouldTakeAgainWhatTheEngineBeforeHadNotFreed() {
        try (IntakeWriter writer = IntakeWriter.open(path)) {
            for (long i = 1; i <= 4; i++) {
                offer(writer, i, 200);
            }
            ring.drain(this::take, 2, 0);
            ring.release();
            ring.drain(this::take, 1, 0);
            ring.close();

            ring = IntakeRing.open(path, CELLS);
            drain(0);

            assertEquals(List.of(1L, 2L, 3L, 3L, 4L), taken);
        }
    }

    @Test
    void shouldGoOnBehindWhatTheEngineBeforeWasKilledAtFreeing() throws IOException {
        try (IntakeWriter writer = IntakeWriter.open(path)) {
            for (long i = 1; i <= 3; i++) {
                offer(writer, i, 200);
            }
            ring.close();
            // The first message's four cells and the last two of the second's are free, and head says nothing of it.
            for (int cell : new int[] {0, 1, 2, 3, 6, 7}) {
                poke(FIRST_WORD + 8 * cell, 1);
            }

            ring = IntakeRing.open(path, CELLS);
            drain(0);

            assertEquals(List.of(2L, 3L), taken);
            assertTrue(ring.isEmpty());
            assertNull(ring.corruption());
        }
    }

    @Test
    void shouldFinishAClaimWhoseWriterDiedBeforeItMovedTheTail() throws IOException {
        try (IntakeWriter writer = IntakeWriter.open(path)) {
            // A writer of a process that is gone has claimed two cells and nothing more.
            poke(4096 + 64 * 9, ProcessIdentity.identity(1, 1));
            poke(FIRST_WORD, 0x0109_0064_0000_0000L);
            offer(writer, 5, 8);

            drain(0);
            drain(HOUR_NS);

            assertEquals(List.of(5L), taken);
            assertEquals(1, ring.abandoned());
            for (int i = 1; i <= 2 * RingLayout.SLOTS; i++) {
                ring.sweep(HOUR_NS + i * 1_000_000_000L);
            }
            assertEquals(1, ring.writers(), "the slot of the dead is free");
        }
    }

    @Test
    void shouldFreeCellsOfADeadClaimThatNobodyStepsBehind() throws IOException {
        poke(4096 + 64 * 9, ProcessIdentity.identity(1, 1));
        poke(FIRST_WORD, 0x0109_0064_0000_0000L);

        drain(0);
        drain(HOUR_NS);

        assertEquals(1, ring.abandoned());
        assertTrue(ring.isEmpty());
        try (IntakeWriter writer = IntakeWriter.open(path)) {
            offer(writer, 6, 8);
            drain(HOUR_NS);
            assertEquals(List.of(6L), taken);
        }
    }

    @Test
    void shouldTakeNothingMoreWhenAWordIsNoWritersAndMakeANewRingTheNextTime() throws IOException {
        try (IntakeWriter writer = IntakeWriter.open(path)) {
            offer(writer, 1, 8);
            offer(writer, 2, 8);
            poke(FIRST_WORD + 8, 0x7700_0000_0000_0000L);

            drain(0);

            assertEquals(List.of(1L), taken);
            String corruption = corruption();
            assertTrue(corruption.contains("at position 1") && corruption.contains("7700000000000000"), corruption);
            assertEquals(Outcome.CORRUPT, writer.offer(message, 0, 8));
            IntakeException refused = assertThrows(IntakeException.class, () -> IntakeWriter.open(path));
            assertTrue(refused.getMessage().contains("corrupt"), refused::getMessage);
            ring.close();
            ring = IntakeRing.open(path, CELLS);
            assertTrue(ring.isReplaced());
            assertEquals(Outcome.CORRUPT, writer.offer(message, 0, 8), "the old ring is not the new one");
        }
        try (IntakeWriter writer = IntakeWriter.open(path)) {
            offer(writer, 3, 8);
            drain(0);
            assertEquals(List.of(1L, 3L), taken);
        }
    }

    @Test
    void shouldNoticeATailThatClaimsWhatNobodyClaimed() throws IOException {
        poke(128, 40);

        drain(0);

        String corruption = corruption();
        assertTrue(corruption.contains("claimed to 40"), corruption);
    }

    @Test
    void shouldRefuseFilesThatAreNoRing() throws IOException {
        ring.close();
        Path other = folder.resolve("other");
        Files.writeString(other, "not a ring at all".repeat(100));
        assertRefused(other, "it does not begin with HGINTAKE");
        assertRefused(folder.resolve("none"), "start the engine first");
        poke(8, 64L << 32 | 2);
        assertRefused(path, "is of version 2, this program of 1");
        poke(8, 64L << 32 | 1);
        poke(16, CELLS * 2L);
        assertRefused(path, "it is damaged");
        poke(16, CELLS);
        long own = ProcessIdentity.namespace();
        poke(24, own + 1);
        assertRefused(path, "another namespace of process ids");
        poke(24, own);
        ring = IntakeRing.open(path, CELLS);
    }

    @Test
    void shouldKnowProcessesByNumberAndStart() {
        long self = ProcessIdentity.current();

        assertFalse(ProcessIdentity.isGone(self));
        assertTrue(ProcessIdentity.isGone(self + 1), "the number is used again");
        assertTrue(ProcessIdentity.isGone(ProcessIdentity.identity((1 << 22) - 1, 7)), "nobody has the number");
    }

    private void assertRefused(Path file, String why) {
        IntakeException refused = assertThrows(IntakeException.class, () -> IntakeWriter.open(file));
        assertTrue(refused.getMessage().contains(why), refused::getMessage);
        assertTrue(refused.getMessage().contains(file.toString()), refused::getMessage);
    }

    private String corruption() {
        return String.valueOf(ring.corruption());
    }

    private void offer(IntakeWriter writer, long value, int length) {
        message.putLong(0, value);
        assertEquals(IntakeWriter.ACCEPTED, writer.offer(message, 0, length));
    }

    private void drain(long nowNs) {
        ring.drain(this::take, 1000, nowNs);
        ring.release();
    }

    private boolean take(DirectBuffer buffer, int offset, int length) {
        return taken.add(buffer.getLong(offset));
    }

    private void poke(long offset, long value) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            ByteBuffer octets =
                    ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
            assertEquals(8, channel.write(octets, offset));
        }
    }
}
