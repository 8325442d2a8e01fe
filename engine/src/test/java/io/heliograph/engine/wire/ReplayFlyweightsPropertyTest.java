// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks agree with naive parsers on whatever octets come; the buffer is exactly the body, so a read beyond it throws. */
final class ReplayFlyweightsPropertyTest {
    private static final int ROUNDS = 50_000;
    private static final long MAX = 1L << 62;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32})
    void shouldAgreeWithANaiveParserOnMutatedRequests(long seed) {
        Random random = new Random(seed);
        int whole = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] octets = mutated(random, request(random));
            boolean isOk = ReplayRequestFlyweight.check(new UnsafeBuffer(octets), 0, octets.length) == 0;
            assertEquals(isRequest(octets), isOk, () -> "seed " + seed + " " + Arrays.toString(octets));
            whole += isOk ? 1 : 0;
        }
        assertTrue(whole > ROUNDS / 20 && whole < ROUNDS * 19 / 20, "requests that were whole: " + whole);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42})
    void shouldAgreeWithANaiveParserOnMutatedPages(long seed) {
        Random random = new Random(seed);
        int whole = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] octets = mutated(random, page(random));
            boolean isOk = ReplayPageFlyweight.check(new UnsafeBuffer(octets), 0, octets.length) == 0;
            assertEquals(isPage(octets), isOk, () -> "seed " + seed + " " + Arrays.toString(octets));
            whole += isOk ? 1 : 0;
        }
        assertTrue(whole > ROUNDS / 20 && whole < ROUNDS * 19 / 20, "pages that were whole: " + whole);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {51, 52})
    void shouldAgreeWithNaiveParsersOnNoise(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] octets = new byte[random.nextInt(120)];
            random.nextBytes(octets);
            if (octets.length > 1) {
                octets[0] = 1;
                octets[1] &= 7;
            }
            UnsafeBuffer buffer = new UnsafeBuffer(octets);
            assertEquals(
                    isPage(octets), ReplayPageFlyweight.check(buffer, 0, octets.length) == 0, () -> "seed " + seed);
            assertEquals(
                    isRequest(octets),
                    ReplayRequestFlyweight.check(buffer, 0, octets.length) == 0,
                    () -> "seed " + seed);
        }
    }

    private static boolean isRequest(byte[] octets) {
        if (octets.length != 32) {
            return false;
        }
        ByteBuffer request = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        long from = request.getLong(16);
        long count = request.getLong(24);
        int most = request.getInt(12);
        boolean isFrom = octets[1] == 2 ? from >= 0 : from >= 1 && from <= MAX;
        boolean isCount = count >= 1 && (count <= MAX || count == Long.MAX_VALUE);
        return octets[0] == 1
                && octets[1] >= 0
                && octets[1] <= 2
                && isFrom
                && isCount
                && most >= 1024
                && most <= 16 * 1024 * 1024;
    }

    private static boolean isPage(byte[] octets) {
        if (octets.length < 40) {
            return false;
        }
        ByteBuffer page = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        long first = page.getLong(16);
        long next = page.getLong(24);
        long epoch = page.getInt(8) & 0xFFFF_FFFFL;
        long nextEpoch = page.getInt(12) & 0xFFFF_FFFFL;
        boolean isForward = nextEpoch > epoch || (nextEpoch == epoch && next >= first);
        if (octets[0] != 1 || octets[1] < 0 || octets[1] > 4 || first < 1 || first > MAX || next < 1 || next > MAX) {
            return false;
        }
        page.position(40);
        int packets = 0;
        while (page.remaining() >= 4) {
            int length = page.getInt();
            if (length < 32 || length > 65_569 || length > page.remaining()) {
                return false;
            }
            page.position(page.position() + length);
            packets++;
        }
        return isForward && page.remaining() == 0 && packets == page.getInt(32);
    }

    private static byte[] request(Random random) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[32]);
        ReplayRequestFlyweight.encode(
                buffer,
                0,
                random.nextInt(),
                random.nextInt(),
                1 + random.nextInt(5),
                random.nextBoolean() ? Long.MAX_VALUE : 1 + random.nextInt(3),
                1024 << random.nextInt(14));
        ReplayRequestFlyweight.place(buffer, 0, random.nextInt(3));
        return buffer.byteArray();
    }

    private static byte[] page(Random random) {
        int[] lengths = random.ints(random.nextInt(4), 32, 60).toArray();
        int length = 40 + 4 * lengths.length + Arrays.stream(lengths).sum();
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
        ReplayPageFlyweight.encode(buffer, 0, random.nextInt(5), 1001, lengths.length);
        long first = 1L + random.nextInt(9);
        long epoch = random.nextInt(3);
        ReplayPageFlyweight.places(buffer, 0, epoch, first, epoch + random.nextInt(2), first + random.nextInt(4));
        ReplayPageFlyweight.crc(buffer, 0, random.nextInt());
        int at = 40;
        for (int each : lengths) {
            ReplayPageFlyweight.packetLength(buffer, at, each);
            at += 4 + each;
        }
        return buffer.byteArray();
    }

    /** Some octets changed, cut or added; often none. */
    private static byte[] mutated(Random random, byte[] octets) {
        byte[] changed = octets;
        if (random.nextInt(4) == 0) {
            changed = Arrays.copyOf(octets, Math.max(0, octets.length + random.nextInt(9) - 4));
        }
        for (int i = random.nextInt(3); i > 0 && changed.length > 0; i--) {
            changed[random.nextInt(Math.min(changed.length, 48))] =
                    (byte) (random.nextInt(4) == 0 ? -1 : random.nextInt(9));
        }
        return changed;
    }
}
