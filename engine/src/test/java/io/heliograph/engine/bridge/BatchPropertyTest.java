// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.BufferCrc;
import io.heliograph.engine.wire.LinkFrame;
import io.heliograph.engine.wire.PacketsFlyweight;
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
        BlockCompressor compressor = new BlockCompressor();
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
            byte[] entries = entries(batch);
            batch.compress(compressor);
            check(entries, batch, "seed " + SEED + ", batch " + i);
            assertTrue(!isNoise || !batch.isCompressed(), "noise");
            compressed += batch.isCompressed() ? 1 : 0;
        }
        assertEquals(200, compressed);
    }

    @Test
    void shouldNotBeCompressedAnyMoreWhenItIsUsedAgain() {
        Batch batch = new Batch();
        BlockCompressor compressor = new BlockCompressor();
        byte[] packet = Packets.data(1, 3, 1, 40);
        batch.add(new UnsafeBuffer(packet), 0, packet.length);
        batch.compress(compressor);
        assertTrue(batch.isCompressed() && batch.sentLength() < batch.length());

        batch.clear();
        batch.add(new UnsafeBuffer(packet), 0, packet.length);

        assertTrue(!batch.isCompressed() && batch.sentLength() == batch.length());
    }

    private static byte[] entries(Batch batch) {
        byte[] entries = new byte[batch.length()];
        batch.frame().getBytes(PacketsFlyweight.ENTRIES_OFFSET, entries);
        return entries;
    }

    /** What goes over the link is a frame that a session takes, and the packets in it are those that were put in. */
    private static void check(byte[] entries, Batch batch, String what) {
        batch.seal(1, 7, new BufferCrc());
        int length = (int) LinkFrame.length(batch.frame(), 0);
        byte[] frame = new byte[length];
        batch.frame().getBytes(0, frame);
        assertEquals(batch.sentLength(), length - PacketsFlyweight.ENTRIES_OFFSET, what);
        assertEquals(
                new BufferCrc()
                        .of(
                                new UnsafeBuffer(frame),
                                PacketsFlyweight.COUNT_OFFSET,
                                length - PacketsFlyweight.COUNT_OFFSET),
                PacketsFlyweight.crc(batch.frame(), 0),
                what);
        assertEquals(batch.isCompressed(), PacketsFlyweight.isCompressed(batch.frame(), 0), what);
        if (batch.isCompressed()) {
            assertTrue(batch.sentLength() < batch.length(), what);
            byte[] block = Arrays.copyOfRange(frame, PacketsFlyweight.BLOCK_OFFSET, length);
            byte[] back = new byte[batch.length() + 1];
            int plain = LZ4Factory.safeInstance().safeDecompressor().decompress(block, back);
            assertArrayEquals(entries, Arrays.copyOf(back, plain), what);
        } else {
            assertArrayEquals(entries, Arrays.copyOfRange(frame, PacketsFlyweight.ENTRIES_OFFSET, length), what);
        }
    }
}
