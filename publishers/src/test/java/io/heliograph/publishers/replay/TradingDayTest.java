// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradingDayTest {
    @ParameterizedTest
    @CsvSource({
        "01302020.NASDAQ_ITCH50.gz, 2020-01-30",
        "aapl-20200130-first6000.itch50, 2020-01-30",
        "S070320-v50.txt.gz, 2020-07-03",
        "12312019.NASDAQ_ITCH50, 2019-12-31",
        "20191230.BX_ITCH_50.gz, 2019-12-30",
        "run-99999999-20190812.bin, 2019-08-12"
    })
    void shouldReadTheDayFromAFilesName(String name, String date) {
        assertEquals(Optional.of(TradingDay.parse(date)), TradingDay.ofFileName(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"directory-first1000.itch50", "13452020.gz", "20201345", "S133120.txt", "123456789", "BS070320"})
    void shouldReadNoDayWhereTheNameTellsNone(String name) {
        assertEquals(Optional.empty(), TradingDay.ofFileName(name));
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01-30, 1580360400",
        "2020-07-03, 1593748800",
        "2020-03-08, 1583643600",
        "2020-03-09, 1583726400",
        "2020-11-01, 1604203200",
        "2020-11-02, 1604293200"
    })
    void shouldCountFromMidnightInNewYorkWithOrWithoutDaylightSaving(String date, long epochSeconds) {
        assertEquals(epochSeconds * 1_000_000_000L, TradingDay.parse(date).midnightEpochNs());
    }

    @Test
    void shouldRefuseWhatIsNoDateInOneLine() {
        String message = assertThrows(IllegalArgumentException.class, () -> TradingDay.parse("30.1.2020"))
                .getMessage();

        assertTrue(message.startsWith("date \"30.1.2020\" is none"), message);
    }
}
