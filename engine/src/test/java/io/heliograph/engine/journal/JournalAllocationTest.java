// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.stream.PacketHandler;
import io.heliograph.engine.testkit.AllocatedOctets;
import io.heliograph.engine.wire.PacketFlyweight;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalAllocationTest {
    private static final int PACKETS = 100_000;

    @TempDir
    private Path directory;

    private long sum;
    private long next = 1;

    @Test
    void shouldAllocateNothingToAppendAndToRead() {
        JournalFixture journal = new JournalFixture(directory);
        UnsafeBuffer packet = JournalFixture.direct(JournalFixture.data(7, 1, 2));
        PacketHandler handler = (buffer, offset, length) -> sum += PacketFlyweight.sequence(buffer, offset) + length;
        try (JournalAppender appender = journal.appender()) {
            assertEquals(0, AllocatedOctets.of(() -> {
                for (int i = 0; i < PACKETS; i++) {
                    PacketFlyweight.sequence(packet, 0, next);
                    appender.append(packet, 0, packet.capacity());
                    next += 2;
                }
            }));
            try (JournalReader reader = journal.reader()) {
                assertEquals(0, AllocatedOctets.of(() -> {
                    for (int i = 0; i < PACKETS; i++) {
                        reader.poll(handler, 1);
                    }
                }));
                assertTrue(reader.nextSequence() > PACKETS);
            }
        }
    }
}
