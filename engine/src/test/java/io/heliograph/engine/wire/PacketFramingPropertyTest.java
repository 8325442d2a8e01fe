// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.Packets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check agrees with a naive parser on whatever octets come; the buffer is exactly the packet, so a read beyond it throws. */
final class PacketFramingPropertyTest {
    private static final int ROUNDS = 100_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24})
    void shouldAgreeWithANaiveParserOnMutatedPackets(long seed) {
        Random random = new Random(seed);
        int whole = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] octets = mutated(random, valid(random));
            boolean isOk = PacketFraming.check(new UnsafeBuffer(octets), 0, octets.length) == PacketFraming.OK;
            assertEquals(isWhole(octets), isOk, () -> "seed " + seed + " " + Arrays.toString(octets));
            whole += isOk ? 1 : 0;
        }
        assertTrue(whole > ROUNDS / 20 && whole < ROUNDS * 19 / 20, "packets that were whole: " + whole);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32})
    void shouldAgreeWithANaiveParserOnNoise(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] octets = new byte[random.nextInt(100)];
            random.nextBytes(octets);
            if (octets.length >= 32) {
                octets[7] = 0;
                octets[27] = 0;
                octets[30] = 1;
                octets[31] = (byte) random.nextInt(6);
            }
            boolean isOk = PacketFraming.check(new UnsafeBuffer(octets), 0, octets.length) == PacketFraming.OK;
            assertEquals(isWhole(octets), isOk, () -> "seed " + seed + " " + Arrays.toString(octets));
        }
    }

    private static byte[] valid(Random random) {
        long first = 1L + random.nextInt(10_000);
        long last = first + random.nextInt(6);
        return switch (random.nextInt(6)) {
            case 0 -> Packets.heartbeat(1001, 7, first);
            case 1 -> Packets.heartbeatFor(1001, 1002, 7, first);
            case 2 -> Packets.gap(1001, 7, first, last);
            case 3 -> Packets.seal(1001, 7, first, last);
            case 4 -> Packets.end(1001, 7, last);
            default -> Packets.data(1001, 7, first, last);
        };
    }

    private static byte[] mutated(Random random, byte[] valid) {
        byte[] octets = valid;
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            if (random.nextInt(4) == 0) {
                octets = Arrays.copyOf(octets, Math.max(0, octets.length + random.nextInt(9) - 4));
            } else if (octets.length > 0) {
                int at = random.nextBoolean() ? random.nextInt(octets.length) : octets.length * 3 / 4;
                octets[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : octets[at] + 1);
            }
        }
        return octets;
    }

    /** From the design's table and nothing else. */
    private static boolean isWhole(byte[] octets) {
        if (octets.length < 32) {
            return false;
        }
        ByteBuffer packet = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        long sequence = packet.getLong(0);
        int count = packet.getShort(26) & 0xFFFF;
        if (octets[30] != 1 || sequence < 1 || sequence > 1L << 62) {
            return false;
        }
        packet.position(32);
        return switch (octets[31]) {
            case 0 -> count > 0 && isFilled(packet, count);
            case 1 -> packet.remaining() == 16 * count;
            case 2 -> count == 0 && packet.remaining() == 8 && isRange(sequence, packet.getLong(32));
            case 3 ->
                count == 0
                        && packet.remaining() == 20
                        && isRange(packet.getLong(32), packet.getLong(40))
                        && packet.getLong(40) == sequence - 1;
            case 4 -> count == 0 && packet.remaining() == 0;
            default -> false;
        };
    }

    private static boolean isFilled(ByteBuffer packet, int count) {
        for (int i = 0; i < count; i++) {
            if (packet.remaining() < 2) {
                return false;
            }
            int length = packet.getShort() & 0xFFFF;
            if (packet.remaining() < length) {
                return false;
            }
            packet.position(packet.position() + length);
        }
        return !packet.hasRemaining();
    }

    private static boolean isRange(long first, long last) {
        return first >= 1 && last >= first && last <= 1L << 62;
    }
}
