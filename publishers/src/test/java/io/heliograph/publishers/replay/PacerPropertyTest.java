// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against arithmetic without rounding: no message is early, and none is later for those before it having been late. */
class PacerPropertyTest {
    private static final long START_NS = -9_000_000_000_000_000_000L;

    @ParameterizedTest(name = "{0} messages/s")
    @ValueSource(longs = {1, 3, 7, 100_000, 333_333, 999_999_937, 1_000_000_000})
    void shouldHoldARateWithoutDriftWhenTheCallerIsLate(long rate) {
        Pacer pacer = new Pacer(Pace.parse(rate + "/s"), START_NS);
        Random random = new Random(rate);
        long nowNs = START_NS;
        for (long sent = 0; sent < 200_000; sent++) {
            BigInteger exact = BigInteger.valueOf(sent).multiply(BigInteger.valueOf(1_000_000_000L));
            BigInteger[] parts = exact.divideAndRemainder(BigInteger.valueOf(rate));
            long expected = START_NS + parts[0].longValue() + (parts[1].signum() == 0 ? 0 : 1);

            assertEquals(expected, pacer.dueNs(random.nextLong()), "message " + sent);
            nowNs = Math.max(nowNs, expected) + random.nextInt(50_000);
            assertEquals(expected, pacer.dueNs(0), "asking changes nothing, being late neither");
            pacer.onSent(random.nextLong());
        }
        assertTrue(nowNs > START_NS);
    }

    @ParameterizedTest(name = "x{0}, seed {1}")
    @CsvSource({"1, 31", "2, 32", "0.5, 33", "3.7, 34", "1000, 35"})
    void shouldKeepTheTimesOfTheRecordingWhenTheyGoBackToo(String factor, long seed) {
        Pacer pacer = new Pacer(Pace.parse("x" + factor), START_NS);
        Random random = new Random(seed);
        long firstNs = 34_200_000_000_000L;
        long timestampNs = firstNs;
        long latest = START_NS;
        for (int i = 0; i < 100_000; i++) {
            long exact = BigDecimal.valueOf(timestampNs - firstNs)
                    .divide(new BigDecimal(factor), 0, RoundingMode.CEILING)
                    .longValueExact();
            latest = Math.max(latest, START_NS + exact);

            long dueNs = pacer.dueNs(timestampNs);

            assertTrue(Math.abs(latest - dueNs) <= 1, "message " + i + " is due " + (dueNs - latest) + " ns off");
            pacer.onSent(timestampNs);
            timestampNs += random.nextInt(16) == 0 ? -random.nextInt(1_000) : random.nextInt(1_000_000);
        }
    }

    @Test
    void shouldHaveEverythingDueAtOnceWithoutAPace() {
        Pacer pacer = new Pacer(Pace.MAX, START_NS);
        pacer.onSent(0);

        assertTrue(pacer.isUnpaced());
        assertEquals(START_NS, pacer.dueNs(86_400_000_000_000L));
    }

    @Test
    void shouldReadThePacesOfTheCommandLine() {
        assertEquals(Pace.MAX, Pace.parse("max"));
        assertEquals(new Pace(Pace.Kind.TIMES, 1), Pace.parse("original"));
        assertEquals(new Pace(Pace.Kind.TIMES, 2.5), Pace.parse("x2.5"));
        assertEquals(new Pace(Pace.Kind.RATE, 100_000), Pace.parse("100000/s"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "banana",
                "",
                "x",
                "x0",
                "0/s",
                "-1/s",
                "x-2",
                "1e5/s",
                "100000",
                "2000000000/s",
                "5/m",
                "x1.",
                "NaN/s"
            })
    void shouldRefuseWhatIsNoPaceInOneLine(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Pace.parse(text))
                .getMessage();

        assertTrue(message.startsWith("pace \"" + text + "\" is none; give max"), message);
    }
}
