// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricesTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);

    @ParameterizedTest
    @CsvSource({
        "320510000000, 4, 320.5100",
        "320510000000, 0, 320.51",
        "320000000000, 0, 320",
        "320000000000, 4, 320.0000",
        "1, 4, 0.000000001",
        "0, 2, 0.00",
        "-1500000000, 2, -1.50",
        "123450000, 4, 0.12345",
        "9223372036854775807, 0, 9223372036.854775807",
        "-9223372036854775807, 9, -9223372036.854775807"
    })
    void shouldWriteAPriceExactly(long price, int minDecimals, String expected) {
        int length = Prices.format(price, minDecimals, buffer, 7);

        assertEquals(expected, buffer.getStringWithoutLengthAscii(7, length));
    }

    @Test
    void shouldWriteNothingWhenThereIsNoPrice() {
        assertEquals(0, Prices.format(Prices.NULL, 4, buffer, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "320.51, 320510000000",
        "320, 320000000000",
        "-0.000000001, -1",
        "0.5, 500000000",
        "9223372036.854775807, 9223372036854775807"
    })
    void shouldReadAPrice(String text, long expected) {
        int length = buffer.putStringWithoutLengthAscii(3, text);

        assertEquals(expected, Prices.parse(buffer, 3, length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                ".5",
                "5.",
                "1.2.3",
                "1,5",
                "+1",
                " 1",
                "1e3",
                "0.1234567891",
                "9223372036.854775808",
                "99999999999",
                "12345678901234567890123",
                "--1"
            })
    void shouldSayNullWhenTheTextIsNoPrice(String text) {
        int length = buffer.putStringWithoutLengthAscii(3, text);

        assertEquals(Prices.NULL, Prices.parse(buffer, 3, length));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadWhatItWroteAndAgreeWithBigDecimal(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long price = random.nextLong() >> random.nextInt(63);
            if (price != Prices.NULL) {
                int length = Prices.format(price, random.nextInt(10), buffer, 0);
                String text = buffer.getStringWithoutLengthAscii(0, length);

                assertEquals(0, BigDecimal.valueOf(price, 9).compareTo(new BigDecimal(text)), text);
                assertEquals(price, Prices.parse(buffer, 0, length), text);
            }
        }
    }
}
