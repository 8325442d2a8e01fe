// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The window against a sorted map: order, content, epochs, duplicates, and FULL only when it is. */
final class ReorderWindowPropertyTest {
    private static final int CAPACITY = 4096;
    private static final int ROUNDS = 50_000;
    private static final Comparator<Held> ORDER = Comparator.comparingLong(Held::epoch)
            .thenComparingLong(Held::sequence)
            .thenComparingLong(Held::order);

    private record Held(
            long epoch, long sequence, long end, int line, long arrivalNs, long order, UnsafeBuffer octets) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42, 43, 44, 45, 46})
    void shouldKeepOrderAndContentAsASortedMapDoes(long seed) {
        Random random = new Random(seed);
        int maxPackets = 1 + random.nextInt(40);
        ReorderWindow window = new ReorderWindow(maxPackets, CAPACITY);
        TreeMap<Held, Held> model = new TreeMap<>(ORDER);
        int full = 0;
        int duplicates = 0;
        long base = 1;
        for (int i = 0; i < ROUNDS; i++) {
            String where = "seed " + seed + " round " + i;
            if (random.nextInt(100) < 60) {
                Held packet = packet(random, base++, i);
                int result = hold(window, packet);
                if (result == ReorderWindow.HELD) {
                    model.put(packet, packet);
                } else if (result == ReorderWindow.DUPLICATE) {
                    duplicates++;
                    assertTrue(isCovered(model, packet), where + ": a duplicate is there already");
                } else {
                    full++;
                    assertTrue(isFull(model, maxPackets, packet), where + ": full although there is room");
                }
                if (result != ReorderWindow.DUPLICATE) {
                    assertTrue(!isTwin(model, packet, result), where + ": the same packet is held twice");
                }
            } else if (!model.isEmpty()) {
                headIs(model.pollFirstEntry().getValue(), window, where);
                window.removeHead();
            }
            sameFigures(model, window, where);
        }
        assertTrue(full > 0 && duplicates > 0, "full " + full + " duplicates " + duplicates);
    }

    private static Held packet(Random random, long base, int round) {
        long epoch = random.nextInt(20) == 0 ? 8 : 7;
        long sequence = base + random.nextInt(12) - 6L;
        byte[] octets = new byte[8 * (1 + random.nextInt(30)) + random.nextInt(8)];
        random.nextBytes(octets);
        return new Held(
                epoch,
                sequence,
                sequence + 1 + random.nextInt(4),
                random.nextInt(4),
                base * 3,
                round,
                new UnsafeBuffer(octets));
    }

    private static int hold(ReorderWindow window, Held packet) {
        int length = packet.octets.capacity();
        return window.hold(
                packet.epoch, packet.sequence, packet.end, packet.line, packet.arrivalNs, packet.octets, 0, length);
    }

    private static void headIs(Held expected, ReorderWindow window, String where) {
        assertEquals(expected.epoch, window.headEpoch(), where);
        assertEquals(expected.sequence, window.headSequence(), where);
        assertEquals(expected.end, window.headEnd(), where);
        assertEquals(expected.line, window.headLine(), where);
        assertEquals(expected.octets.capacity(), window.headLength(), where);
        UnsafeBuffer held = new UnsafeBuffer(window.buffer(), window.headOffset(), window.headLength());
        assertEquals(expected.octets, held, where);
    }

    private static void sameFigures(SortedMap<Held, Held> model, ReorderWindow window, String where) {
        assertEquals(model.size(), window.size(), where);
        assertEquals(model.isEmpty(), window.isEmpty(), where);
        List<Held> current = new ArrayList<>(model.values());
        current.removeIf(packet -> packet.epoch != 7);
        assertEquals(
                current.stream().mapToLong(Held::arrivalNs).min().orElse(Long.MAX_VALUE),
                window.earliestArrivalNs(7),
                where);
        assertEquals(current.stream().mapToLong(Held::end).max().orElse(0), window.endOf(7), where);
    }

    private static boolean isCovered(SortedMap<Held, Held> model, Held packet) {
        return model.values().stream()
                .anyMatch(held ->
                        held.epoch == packet.epoch && held.sequence <= packet.sequence && held.end >= packet.end);
    }

    /** No packet of the same range may be there beside it. */
    private static boolean isTwin(SortedMap<Held, Held> model, Held packet, int result) {
        return result == ReorderWindow.HELD
                && model.values().stream()
                        .anyMatch(held -> held.order != packet.order
                                && held.epoch == packet.epoch
                                && held.sequence == packet.sequence
                                && held.end == packet.end);
    }

    /**
     * Full when no slot is free; or when octets may be lacking: what is held, what lies freed between, and what the ring's
     * end wastes. Freed octets come back in the order of arrival, so the model counts from the oldest that is held.
     */
    private static boolean isFull(SortedMap<Held, Held> model, int maxPackets, Held packet) {
        if (model.size() == maxPackets) {
            return true;
        }
        long oldest = model.values().stream().mapToLong(Held::order).min().orElse(Long.MAX_VALUE);
        return oldest != Long.MAX_VALUE && packet.order > oldest;
    }
}
