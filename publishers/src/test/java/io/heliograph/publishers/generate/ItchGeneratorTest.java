// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItchGeneratorTest {
    @ParameterizedTest(name = "seed {0}, {1} messages, {2} symbols")
    @CsvSource({"1, 400000, 8000", "2, 200000, 50", "3, 100000, 1", "4, 64, 4", "5, 65, 1", "6, 1000, 62", "7, 3000, 1"
    })
    void shouldMakeADayThatAVenueCouldSend(long seed, long messages, int symbols) {
        FeedChecker checker = new FeedChecker();
        ItchGenerator generator = new ItchGenerator(ItchDay.of(seed, messages, symbols));
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);

        long count = 0;
        for (int length; (length = generator.next(buffer, 0)) > 0; count++) {
            byte[] octets = new byte[length];
            buffer.getBytes(0, octets);
            checker.onMessage(octets);
        }

        System.out.println("generated day, seed " + seed + ": " + checker.byType + " live " + checker.liveOrders());
        assertEquals(List.of(), checker.complaints);
        assertEquals(messages, count);
        assertEquals("OSQMEC", checker.events.toString());
        assertEquals(symbols, checker.directory.size());
        assertEquals(generator.liveOrders(), checker.liveOrders());
        assertEquals(0, generator.next(buffer, 0), "the day is over");
    }

    @Test
    void shouldHaveEveryTypeOfABusyDay() {
        FeedChecker checker = new FeedChecker();
        ItchGenerator generator = new ItchGenerator(ItchDay.of(1, 400_000, 500));
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        for (int length; (length = generator.next(buffer, 0)) > 0; ) {
            byte[] octets = new byte[length];
            buffer.getBytes(0, octets);
            checker.onMessage(octets);
        }

        assertEquals(
                "[A, B, C, D, E, F, H, I, J, L, N, P, Q, R, S, U, V, X, Y]",
                checker.byType.keySet().toString());
        long adds = checker.byType.get('A') + checker.byType.get('F');
        assertTrue(adds > 140_000 && adds < 210_000, "adds are " + adds);
        assertTrue(checker.liveOrders() > 15_000, "live " + checker.liveOrders());
    }

    @Test
    void shouldMakeTheSameOctetsWhenTheDayIsTheSame() {
        assertEquals(2_918_353_575L, crc(ItchDay.of(1, 100_000, 1_000)));
        assertEquals(crc(ItchDay.of(9, 50_000, 100)), crc(ItchDay.of(9, 50_000, 100)));
        assertNotEquals(crc(ItchDay.of(9, 50_000, 100)), crc(ItchDay.of(10, 50_000, 100)));
    }

    @Test
    void shouldBringNoOctetsButTheMessages() {
        byte[] untouched = new byte[64];
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        ItchGenerator generator = new ItchGenerator(ItchDay.of(1, 1_000, 10));
        for (int length; (length = generator.next(buffer, 7)) > 0; ) {
            assertTrue(length <= ItchGenerator.MAX_MESSAGE_LENGTH);
            buffer.setMemory(7, length, (byte) 0);
            assertArrayEquals(untouched, buffer.byteArray());
        }
    }

    @Test
    void shouldRefuseADayThatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> new ItchDay(1, 63, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ItchDay(1, 1_000, 63, 1));
        assertThrows(IllegalArgumentException.class, () -> new ItchDay(1, 10_000_000, 65_536, 1));
        assertThrows(IllegalArgumentException.class, () -> new ItchDay(1, 1_000, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new ItchDay(1, 1_000, 1, 0));
    }

    private static long crc(ItchDay day) {
        ItchGenerator generator = new ItchGenerator(day);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        CRC32C crc = new CRC32C();
        for (int length; (length = generator.next(buffer, 0)) > 0; ) {
            crc.update(buffer.byteArray(), 0, length);
        }
        return crc.getValue();
    }
}
