// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check agrees with a naive parser on whatever octets come; the buffer is exactly the datagram, so a read beyond it throws. */
final class ProbeFlyweightPropertyTest {
    private static final int ROUNDS = 50_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {51, 52, 53})
    void shouldAgreeWithANaiveParserOnMutatedProbes(long seed) {
        Random random = new Random(seed);
        int whole = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] octets = mutated(random, valid(random));
            boolean isOk = agrees(seed, octets);
            whole += isOk ? 1 : 0;
        }
        assertTrue(whole > ROUNDS / 20 && whole < ROUNDS * 19 / 20, "probes that were whole: " + whole);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {61, 62})
    void shouldAgreeWithANaiveParserOnNoise(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] octets = new byte[random.nextInt(60)];
            random.nextBytes(octets);
            byte[] start = {'H', 'L', 'E', 'P', 1, 0, (byte) random.nextInt(9), 0};
            System.arraycopy(start, 0, octets, 0, Math.min(octets.length, start.length));
            agrees(seed, octets);
        }
    }

    private static boolean agrees(long seed, byte[] octets) {
        UnsafeBuffer buffer = new UnsafeBuffer(octets);
        boolean isOk = ProbeFlyweight.check(buffer, 0, octets.length) == ProbeFlyweight.OK;
        assertEquals(isWhole(octets), isOk, () -> "seed " + seed + " " + Arrays.toString(octets));
        if (isOk) {
            ProbeFlyweight.covers(buffer, 0, ProbeFlyweight.sender(buffer, 0));
            ProbeFlyweight.names(buffer, 0, ProbeFlyweight.topology(buffer, 0));
        }
        return isOk;
    }

    private static byte[] valid(Random random) {
        int[] heard = IntStream.generate(random::nextInt)
                .limit(random.nextInt(6))
                .map(address -> address ^ Integer.MIN_VALUE)
                .sorted()
                .map(address -> address ^ Integer.MIN_VALUE)
                .distinct()
                .toArray();
        boolean isNarrow = heard.length > 0 && random.nextBoolean();
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[ProbeFlyweight.length(heard.length)]);
        ProbeFlyweight.init(
                buffer,
                0,
                random.nextInt(),
                random.nextInt(),
                isNarrow ? heard[0] : 0,
                isNarrow ? heard[heard.length - 1] : -1);
        for (int address : heard) {
            ProbeFlyweight.add(buffer, 0, address);
        }
        return buffer.byteArray();
    }

    private static byte[] mutated(Random random, byte[] valid) {
        byte[] octets = valid;
        if (octets.length >= 32 && random.nextInt(4) == 0) {
            System.arraycopy(octets, 24, octets, 28, 4);
        }
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            if (random.nextInt(4) == 0) {
                octets = Arrays.copyOf(octets, Math.max(0, octets.length + random.nextInt(9) - 4));
            } else if (octets.length > 0) {
                int at = random.nextInt(octets.length);
                octets[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : octets[at] + 1);
            }
        }
        return octets;
    }

    /** From the drawing and nothing else. */
    private static boolean isWhole(byte[] octets) {
        if (octets.length < 24 || octets[4] != 1) {
            return false;
        }
        ByteBuffer probe = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        boolean isMagic = octets[0] == 'H' && octets[1] == 'L' && octets[2] == 'E' && octets[3] == 'P';
        int count = probe.getShort(6) & 0xFFFF;
        if (!isMagic || count > 300 || octets.length != 24 + 4 * count) {
            return false;
        }
        long first = probe.getInt(16) & 0xFFFF_FFFFL;
        long last = probe.getInt(20) & 0xFFFF_FFFFL;
        long floor = first - 1;
        for (int i = 0; i < count; i++) {
            long address = probe.getInt(24 + 4 * i) & 0xFFFF_FFFFL;
            if (address <= floor || address > last) {
                return false;
            }
            floor = address;
        }
        return first <= last;
    }
}
