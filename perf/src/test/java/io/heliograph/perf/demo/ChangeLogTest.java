// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class ChangeLogTest {
    private final ChangeLog one = new ChangeLog();
    private final ChangeLog other = new ChangeLog();

    @Test
    void shouldFindNoDifferenceWhenAllChangesAreTheSame() {
        fill(one, 1000, -1);
        fill(other, 1000, -1);

        assertNull(one.differenceTo(other));
    }

    @Test
    void shouldSayWhereWhenOneChangeDiffers() {
        fill(one, 1000, -1);
        fill(other, 1000, 600);

        assertEquals(
                "changes of best prices: 1000 and 1000, different between messages 1536 and 2304",
                one.differenceTo(other));
    }

    @Test
    void shouldSayWhereWhenOneLogIsShorter() {
        fill(one, 1000, -1);
        fill(other, 999, -1);

        assertEquals(
                "changes of best prices: 1000 and 999, different between messages 2304 and 3000",
                one.differenceTo(other));
    }

    private static void fill(ChangeLog log, int count, int wrong) {
        for (int i = 1; i <= count; i++) {
            log.add(3L * i, i % 7, i, 100, i + 1L, i == wrong ? 99 : 100);
        }
    }
}
