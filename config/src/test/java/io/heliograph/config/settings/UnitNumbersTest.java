// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitNumbersTest {
    @ParameterizedTest
    @CsvSource({
        "1 s, 1000000000",
        "250 ms, 250000000",
        "250ms, 250000000",
        "1.5 us, 1500",
        "0 ns, 0",
        "2 min, 120000000000",
        "1 h, 3600000000000",
        "0.000000001 s, 1",
    })
    void shouldReadTime(String text, long ns) {
        assertEquals(Optional.of(ns), Durations.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "1",
                "1  s",
                "1 S",
                "-1 s",
                "+1 s",
                "1. s",
                ".5 s",
                "1,5 s",
                "1 d",
                "0.5 ns",
                "1 s ",
                "1e3 s",
                "999999999999999 h"
            })
    void shouldReadNothingWhenTextIsNoTime(String text) {
        assertEquals(Optional.empty(), Durations.parse(text));
    }

    @Test
    void shouldReadBackWhatWasWritten() {
        long seed = 42;
        Random random = new Random(seed);
        long[] units = {1, 1_000, 1_000_000, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L};

        for (int i = 0; i < 10_000; i++) {
            long ns = random.nextInt(1_000) * units[random.nextInt(units.length)];
            assertEquals(Optional.of(ns), Durations.parse(Durations.format(ns)), "seed " + seed);
        }
    }

    @ParameterizedTest
    @CsvSource({"10 Gbit/s, 10000000000", "1.5 Mbit/s, 1500000", "64 kbit/s, 64000", "1 bit/s, 1"})
    void shouldReadRate(String text, long bps) {
        assertEquals(Optional.of(bps), Rates.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10 Gbps", "10 GBit/s", "10 MB/s", "1.5 bit/s", "99999999999999 Gbit/s"})
    void shouldReadNothingWhenTextIsNoRate(String text) {
        assertEquals(Optional.empty(), Rates.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "10000000000, 10 Gbit/s",
        "1500000, 1.5 Mbit/s",
        "1200000000, 1.2 Gbit/s",
        "100000000, 100 Mbit/s",
        "0, 0 bit/s",
        "999, 999 bit/s"
    })
    void shouldWriteRateInUnitThatReadsWell(long bps, String text) {
        assertEquals(text, Rates.format(bps));
    }
}
