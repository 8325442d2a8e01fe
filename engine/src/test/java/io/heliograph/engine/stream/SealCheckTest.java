// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.Packets;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class SealCheckTest {
    private final StreamStatistics statistics = new StreamStatistics(List.of("A"));
    private final SealCheck check = new SealCheck(statistics);

    SealCheckTest() {
        check.onEpoch(1);
    }

    @Test
    void shouldCheckAWholeRange() {
        delivered(1, 4000);
        delivered(4001, 4096);

        assertTrue(seal(1, 4096));
        delivered(4097, 8192);
        assertTrue(seal(4097, 8192));

        figures(2, 0, 0);
    }

    @Test
    void shouldSeeARangeThatDiffers() {
        delivered(1, 4096);

        assertFalse(check.onSeal(1, 4096, Packets.crc(7, 1, 4096) ^ 1));

        figures(0, 0, 1);
        delivered(4097, 4100);
        assertTrue(seal(4097, 4100));
    }

    @Test
    void shouldNotCheckARangeThatWasJoinedInItsMiddle() {
        check.onEpoch(100);
        delivered(100, 4096);

        assertTrue(seal(1, 4096));
        delivered(4097, 8192);
        assertTrue(seal(4097, 8192));

        figures(1, 1, 0);
    }

    @Test
    void shouldCheckTheRangeBegunAndThenAllOfIt() {
        delivered(1, 10);
        assertTrue(seal(1, 10));
        delivered(11, 4096);
        assertTrue(seal(1, 4096));

        figures(2, 0, 0);
    }

    @Test
    void shouldCountASealOnceThatBothLinesBring() {
        delivered(1, 4096);

        assertTrue(seal(1, 4096));
        assertTrue(seal(1, 4096));
        delivered(4097, 4100);
        assertTrue(seal(1, 4096));

        figures(1, 0, 0);
    }

    @Test
    void shouldCheckTheOtherLinesSealWhenTheFirstCameBeforeTheData() {
        delivered(1, 4000);
        assertTrue(seal(1, 4096));
        figures(0, 1, 0);

        delivered(4001, 4096);
        assertTrue(seal(1, 4096));

        figures(1, 0, 0);
    }

    @Test
    void shouldNotCheckARangeThatHasAGap() {
        delivered(1, 100);
        check.restart(201);
        delivered(201, 4096);

        assertTrue(seal(1, 4096));

        figures(0, 1, 0);
    }

    @Test
    void shouldTakeThePartsOfAPacketThatCrossesRanges() {
        delivered(1, 4000);
        delivered(4001, 8200);
        assertTrue(seal(1, 4096));
        assertTrue(seal(4097, 8192));
        delivered(8201, 12_288);

        assertTrue(seal(8193, 12_288));

        figures(1, 2, 0);
    }

    @Test
    void shouldForgetTheSealsOfTheEpochBefore() {
        delivered(1, 4096);
        seal(1, 4096);

        check.onEpoch(1);
        delivered(1, 4096);
        assertTrue(seal(1, 4096));

        figures(2, 0, 0);
    }

    private void delivered(long first, long last) {
        byte[] packet = Packets.data(1001, 7, first, last);
        byte[] messages = Arrays.copyOfRange(packet, 32, packet.length);
        check.onDelivered(new UnsafeBuffer(messages), 0, messages.length, first, last + 1);
    }

    private boolean seal(long first, long last) {
        return check.onSeal(first, last, Packets.crc(7, first, last));
    }

    private void figures(long checked, long unchecked, long mismatches) {
        assertEquals(checked, statistics.sealsChecked(), "checked");
        assertEquals(unchecked, statistics.sealsUnchecked(), "unchecked");
        assertEquals(mismatches, statistics.sealMismatches(), "mismatches");
    }
}
