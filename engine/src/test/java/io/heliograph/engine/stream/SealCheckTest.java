// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.engine.testkit.Packets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class SealCheckTest {
    private final StreamStatistics statistics = new StreamStatistics(List.of("A"));
    private final List<String> told = new ArrayList<>();
    private final SealCheck check =
            new SealCheck(statistics, (first, last, line) -> told.add(first + "-" + last + " of line " + line));

    SealCheckTest() {
        check.onEpoch(1);
    }

    @Test
    void shouldCheckAWholeRange() {
        delivered(1, 4000);
        delivered(4001, 4096);

        seal(1, 4096);
        delivered(4097, 8192);
        seal(4097, 8192);

        figures(2, 0, 0);
    }

    @Test
    void shouldSeeARangeThatDiffers() {
        delivered(1, 4096);

        check.onSeal(1, 4096, Packets.crc(7, 1, 4096) ^ 1, 1);

        figures(0, 0, 1);
        assertEquals(List.of("1-4096 of line 1"), told);
        delivered(4097, 4100);
        seal(4097, 4100);
    }

    @Test
    void shouldNotCheckARangeThatWasJoinedInItsMiddle() {
        check.onEpoch(100);
        delivered(100, 4096);

        seal(1, 4096);
        delivered(4097, 8192);
        seal(4097, 8192);

        figures(1, 1, 0);
    }

    @Test
    void shouldCheckTheRangeBegunAndThenAllOfIt() {
        delivered(1, 10);
        seal(1, 10);
        delivered(11, 4096);
        seal(1, 4096);

        figures(2, 0, 0);
    }

    @Test
    void shouldCountASealOnceThatBothLinesBring() {
        delivered(1, 4096);

        seal(1, 4096);
        seal(1, 4096);
        delivered(4097, 4100);
        seal(1, 4096);

        figures(1, 0, 0);
    }

    @Test
    void shouldCheckASealThatCameBeforeItsDataWhenThatHasCome() {
        delivered(1, 4000);
        seal(1, 4096);
        figures(0, 0, 0);

        delivered(4001, 4096);

        figures(1, 0, 0);
        seal(1, 4096);
        figures(1, 0, 0);
    }

    @Test
    void shouldCheckTheSealsBeforeOneThatIsAhead() {
        delivered(1, 4000);
        seal(8193, 12_288);
        check.onSeal(4097, 8192, Packets.crc(7, 4097, 8192) ^ 1, 2);
        seal(1, 4096);
        seal(8193, 12_288);

        delivered(4001, 4096);
        figures(1, 0, 0);
        delivered(4097, 8192);
        figures(1, 0, 1);
        assertEquals(List.of("4097-8192 of line 2"), told);
        delivered(8193, 12_288);

        figures(2, 0, 1);
    }

    @Test
    void shouldCountASealAheadUncheckedWhenItsDataIsLost() {
        delivered(1, 100);
        seal(1, 4096);
        seal(4097, 8192);

        check.restart(5001);
        delivered(5001, 8192);

        figures(0, 2, 0);
    }

    @Test
    void shouldKeepTheNearestOfMoreSealsThanItHasRoomFor() {
        for (int range = 20; range >= 0; range--) {
            seal(range * 4096L + 1, range * 4096L + 4096);
        }

        for (int range = 0; range <= 20; range++) {
            delivered(range * 4096L + 1, range * 4096L + 4096);
        }

        figures(16, 0, 0);
    }

    @Test
    void shouldNotCheckARangeThatHasAGap() {
        delivered(1, 100);
        check.restart(201);
        delivered(201, 4096);

        seal(1, 4096);

        figures(0, 1, 0);
    }

    @Test
    void shouldTakeThePartsOfAPacketThatCrossesRanges() {
        delivered(1, 4000);
        delivered(4001, 8200);
        seal(1, 4096);
        seal(4097, 8192);
        delivered(8201, 12_288);

        seal(8193, 12_288);

        figures(1, 2, 0);
    }

    @Test
    void shouldForgetTheSealsOfTheEpochBefore() {
        delivered(1, 4096);
        seal(1, 4096);

        check.onEpoch(1);
        delivered(1, 4096);
        seal(1, 4096);

        figures(2, 0, 0);
    }

    private void delivered(long first, long last) {
        byte[] packet = Packets.data(1001, 7, first, last);
        byte[] messages = Arrays.copyOfRange(packet, 32, packet.length);
        check.onDelivered(new UnsafeBuffer(messages), 0, messages.length, first, last + 1);
    }

    private void seal(long first, long last) {
        check.onSeal(first, last, Packets.crc(7, first, last), 0);
    }

    private void figures(long checked, long unchecked, long mismatches) {
        assertEquals(checked, statistics.sealsChecked(), "checked");
        assertEquals(unchecked, statistics.sealsUnchecked(), "unchecked");
        assertEquals(mismatches, statistics.sealMismatches(), "mismatches");
    }
}
