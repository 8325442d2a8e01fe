// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.engine.testkit.AllocatedOctets;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeRingAllocationTest {
    @TempDir
    private Path folder;

    @Test
    void shouldAllocateNothingWhenMessagesGoThrough() {
        UnsafeBuffer message = new UnsafeBuffer(new byte[300]);
        IntakeRing.Handler handler = (buffer, offset, length) -> true;
        try (IntakeRing ring = IntakeRing.open(folder.resolve("ring"), RingLayout.MIN_CAPACITY);
                IntakeWriter writer = IntakeWriter.open(folder.resolve("ring"))) {
            long octets = AllocatedOctets.of(() -> {
                for (int i = 0; i < 100_000; i++) {
                    writer.offer(message, 0, i % 300);
                    writer.claim(i % 300);
                    if ((i & 1) == 0) {
                        writer.commit();
                    } else {
                        writer.abort();
                    }
                    ring.drain(handler, 10, 0);
                    ring.release();
                }
            });

            assertEquals(0, octets);
        }
    }
}
