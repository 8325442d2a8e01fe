// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartitionsTest {
    @Test
    void shouldGiveEachKeyTheSamePartitionInEveryVersion() {
        StringBuilder partitions = new StringBuilder();
        for (long key = 0; key < 16; key++) {
            partitions.append(Partitions.of(key, 4));
        }

        assertEquals("3220112122012312", partitions.toString());
        assertEquals(0, Partitions.of(Long.MIN_VALUE, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 7, 64})
    void shouldSpreadNeighbouringKeysEvenly(int count) {
        int keys = 10_000;
        int[] sizes = new int[count];
        for (long key = 1; key <= keys; key++) {
            sizes[Partitions.of(key, count)]++;
        }

        int even = keys / count;
        for (int size : sizes) {
            assertTrue(Math.abs(size - even) < 5 * Math.sqrt(even), size + " of " + even);
        }
    }
}
