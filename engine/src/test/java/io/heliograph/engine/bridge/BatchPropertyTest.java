// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.Packets;
import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4Factory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Whatever is in a batch, what is compressed is shorter and comes back as it was. */
final class BatchPropertyTest {
    private static final long SEED = Long.getLong("heliograph.seed", 20_261_122);

    @Test
    void shouldComeBackAsItWas() {
        Random random = new Random(SEED);
        Batch batch = new Batch();
        int compressed = 0;
        for (int i = 0; i < 300; i++) {
            batch.clear();
            boolean isNoise = i % 3 == 0;
            for (int packets = random.nextInt(60); packets >= 0 && !batch.isFull(); packets--) {
                byte[] packet = isNoise ? new byte[32 + random.nextInt(2_000)] : Packets.data(1, 3, i, i + 30);
                if (isNoise) {
                    random.nextBytes(packet);
                }
                batch.add(new UnsafeBuffer(packet), 0, packet.length);
            }
            batch.compress();
            check(batch, "seed " + SEED + ", batch " + i);
            assertTrue(!isNoise || !batch.isCompressed(), "noise");
            compressed += batch.isCompressed() ? 1 : 0;
        }
        assertEquals(200, compressed);
    }

    @Test
    void shouldNotBeCompressedAnyMoreWhenItIsUsedAgain() {
        Batch batch = new Batch();
        byte[] packet = Packets.data(1, 3, 1, 40);
        batch.add(new UnsafeBuffer(packet), 0, packet.length);
        batch.compress();
        assertTrue(batch.isCompressed() && batch.sentLength() < batch.length());

        batch.clear();
        batch.add(new UnsafeBuffer(packet), 0, packet.length);

        assertTrue(!batch.isCompressed() && batch.sentLength() == batch.length());
    }

    private static void check(Batch batch, String what) {
        byte[] entries = new byte[batch.length()];
        batch.buffer().getBytes(0, entries);
        if (batch.isCompressed()) {
            assertTrue(batch.sentLength() < batch.length(), what);
            byte[] block = new byte[batch.blockLength()];
            batch.block().getBytes(0, block);
            byte[] back = new byte[batch.length() + 1];
            int length = LZ4Factory.safeInstance().safeDecompressor().decompress(block, back);
            assertArrayEquals(entries, Arrays.copyOf(back, length), what);
        } else {
            assertEquals(batch.length(), batch.sentLength(), what);
        }
    }
}
