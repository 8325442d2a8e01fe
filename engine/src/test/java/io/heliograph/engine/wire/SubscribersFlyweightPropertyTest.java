// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check agrees with a naive parser on whatever octets come; the buffer is exactly the datagram, so a read beyond it throws. */
final class SubscribersFlyweightPropertyTest {
    private static final int ROUNDS = 50_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {81, 82, 83})
    void shouldAgreeWithANaiveParserOnMutatedStatements(long seed) {
        Random random = new Random(seed);
        int whole = 0;
        for (int i = 0; i < ROUNDS; i++) {
            whole += agrees(seed, mutated(random, valid(random))) ? 1 : 0;
        }
        assertTrue(whole > ROUNDS / 20 && whole < ROUNDS * 19 / 20, "statements that were whole: " + whole);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {91, 92})
    void shouldAgreeWithANaiveParserOnNoise(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] octets = new byte[random.nextInt(70)];
            random.nextBytes(octets);
            byte[] start = {'H', 'L', 'E', 'S', 1, 0, (byte) random.nextInt(6), 0};
            System.arraycopy(start, 0, octets, 0, Math.min(octets.length, start.length));
            agrees(seed, octets);
        }
    }

    private static boolean agrees(long seed, byte[] octets) {
        UnsafeBuffer buffer = new UnsafeBuffer(octets);
        boolean isOk = SubscribersFlyweight.check(buffer, 0, octets.length) == SubscribersFlyweight.OK;
        assertEquals(isWhole(octets), isOk, () -> "seed " + seed + " " + Arrays.toString(octets));
        for (int i = 0; isOk && i < SubscribersFlyweight.count(buffer, 0); i++) {
            assertTrue(SubscribersFlyweight.stream(buffer, 0, i) >= SubscribersFlyweight.first(buffer, 0));
            assertTrue(SubscribersFlyweight.line(buffer, 0, i) >= 0);
            assertTrue(SubscribersFlyweight.subscribers(buffer, 0, i) >= 0);
        }
        return isOk;
    }

    private static byte[] valid(Random random) {
        TreeSet<Long> places = new TreeSet<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            places.add(((long) (1 + random.nextInt(random.nextBoolean() ? 4 : Integer.MAX_VALUE - 1)) << 16)
                    + random.nextInt(3));
        }
        boolean isNarrow = !places.isEmpty() && random.nextBoolean();
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[SubscribersFlyweight.length(places.size())]);
        SubscribersFlyweight.init(
                buffer,
                0,
                random.nextInt(),
                random.nextInt(),
                isNarrow ? (int) (places.first() >> 16) : 0,
                isNarrow ? (int) (places.last() >> 16) : Integer.MAX_VALUE);
        for (long place : places) {
            SubscribersFlyweight.add(buffer, 0, (int) (place >> 16), (int) (place & 0xFFFF), random.nextInt(100_000));
        }
        return buffer.byteArray();
    }

    private static byte[] mutated(Random random, byte[] valid) {
        byte[] octets = valid;
        if (octets.length >= 40 && random.nextInt(4) == 0) {
            System.arraycopy(octets, 24, octets, 32, 8);
        }
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            if (random.nextInt(4) == 0) {
                octets = Arrays.copyOf(octets, Math.max(0, octets.length + random.nextInt(17) - 8));
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
        ByteBuffer statement = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        boolean isMagic = octets[0] == 'H' && octets[1] == 'L' && octets[2] == 'E' && octets[3] == 'S';
        int count = statement.getShort(6) & 0xFFFF;
        if (!isMagic || count > 150 || octets.length != 24 + 8 * count) {
            return false;
        }
        int first = statement.getInt(16);
        int last = statement.getInt(20);
        int stream = first;
        int line = -1;
        for (int i = 0; i < count; i++) {
            int nextStream = statement.getInt(24 + 8 * i);
            int nextLine = statement.getShort(28 + 8 * i) & 0xFFFF;
            boolean isAbove = nextStream > stream || (nextStream == stream && nextLine > line);
            if (!isAbove || nextStream > last) {
                return false;
            }
            stream = nextStream;
            line = nextLine;
        }
        return first >= 0 && first <= last;
    }
}
