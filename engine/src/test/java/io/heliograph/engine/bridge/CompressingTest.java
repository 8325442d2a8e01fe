// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.bridge.EgressTerms.Compression;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When batches are compressed, in virtual time. */
final class CompressingTest {
    private static final int LENGTH = 10_000;
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private final Compressing auto = new Compressing(Compression.AUTO);

    @Test
    void shouldDoAsItIsTold() {
        assertTrue(new Compressing(Compression.ON).isNext(1, 0));
        assertFalse(new Compressing(Compression.OFF).isNext(LENGTH, 10));
    }

    @Test
    void shouldNotCompressWhileNothingLimits() {
        assertEquals(0, compressed(100, 0, 5_000, 1));
    }

    @Test
    void shouldCompressAllWhileTheSampleShrinksWell() {
        assertEquals(100, compressed(100, 10, 7_999, 1));
    }

    @Test
    void shouldCompressSamplesOnlyWhileTheyShrinkLittle() {
        assertEquals(4, compressed(100, 10, 8_000, 1));
    }

    @Test
    void shouldCompressSamplesOnlyWhereTheConnectionIsQuicker() {
        assertEquals(3, compressed(96, 10, 5_000, 100_000));
        assertEquals(32, compressed(32, 10, 5_000, 99_999));
    }

    @Test
    void shouldLookAgainWhenItLimitsAgain() {
        compressed(10, 10, 5_000, 1);
        assertFalse(auto.isNext(LENGTH, 0));
        assertTrue(auto.isNext(LENGTH, 10));
        auto.onCompressed(LENGTH, 9_000, 1, 10);
        assertFalse(auto.isNext(LENGTH, 10));
    }

    @Test
    void shouldLeaveShortBatchesAlone() {
        assertFalse(auto.isNext(Compressing.LEAST - 1, 10));
        assertTrue(auto.isNext(Compressing.LEAST, 10));
    }

    @Test
    void shouldKnowHowFastAPathIsForASecondAfterItPushedBack() {
        EgressPath path = new EgressPath(0, 0);
        path.onSent(1_000_000);
        assertEquals(0, path.nsPerOctet(100 * MS), "it took all");
        path.onPushedBack();
        path.onSent(1_000_000);
        assertEquals(0, path.nsPerOctet(150 * MS), "not known so far");
        assertEquals(100, path.nsPerOctet(200 * MS));
        assertEquals(100, path.nsPerOctet(1_149 * MS));
        assertEquals(0, path.nsPerOctet(1_150 * MS), "long ago");
    }

    @Test
    void shouldBeHeldToItsRate() {
        assertEquals(80, new EgressPath(100_000_000, 0).nsPerOctet(0));
    }

    /** How many of so many batches are compressed when that makes this of them, and takes so long. */
    private int compressed(int batches, double nsPerOctet, int after, long tookNs) {
        int count = 0;
        for (int i = 0; i < batches; i++) {
            if (auto.isNext(LENGTH, nsPerOctet)) {
                auto.onCompressed(LENGTH, after, tookNs, nsPerOctet);
                count++;
            }
        }
        return count;
    }
}
