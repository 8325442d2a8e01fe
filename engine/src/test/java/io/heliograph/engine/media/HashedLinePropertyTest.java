// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rendezvous hashing over many streams: one NIC each, shared evenly, and whatever fails moves only what it carried. */
class HashedLinePropertyTest {
    private static final int STREAMS = 2_000;

    private final long seed = Long.getLong("heliograph.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void shouldMoveOnlyTheStreamsOfTheNicThatFails() {
        for (int round = 0; round < 200; round++) {
            List<String> nics = nics(2 + random.nextInt(7));
            HashedLine hash = new HashedLine(random.nextInt(Integer.MAX_VALUE), nics);
            long healthy = LineChoice.all(nics.size());
            while (healthy != 0) {
                long chosen = hash.sends(healthy);
                assertEquals(1, Long.bitCount(chosen), says());
                assertEquals(chosen, chosen & healthy, says());
                for (int failed = 0; failed < nics.size(); failed++) {
                    long rest = healthy & ~LineChoice.bit(failed);
                    boolean isOther = !LineChoice.has(chosen, failed);
                    assertTrue(!isOther || hash.sends(rest) == chosen, says());
                }
                healthy &= ~LineChoice.bit(random.nextInt(nics.size()));
            }
            assertEquals(0, hash.sends(0), says());
        }
    }

    @Test
    void shouldMoveNoStreamBetweenTheOldNicsWhenTheBondGetsANewOne() {
        List<String> nics = nics(3);
        List<String> more = new ArrayList<>(nics);
        more.add("new");
        int moved = 0;
        for (int id = 1; id <= STREAMS; id++) {
            long before = new HashedLine(id, nics).sends(LineChoice.all(3));
            long after = new HashedLine(id, more).sends(LineChoice.all(4));
            assertTrue(after == before || after == LineChoice.bit(3), says());
            moved += after == before ? 0 : 1;
        }
        assertEquals(STREAMS / 4.0, moved, STREAMS / 20.0, says());
    }

    @Test
    void shouldShareStreamsEvenlyWhenTheirIdsFollowOneAnother() {
        for (int count = 2; count <= 8; count++) {
            int[] carried = new int[count];
            List<String> nics = nics(count);
            for (int id = 1; id <= STREAMS; id++) {
                long chosen = new HashedLine(id, nics).sends(LineChoice.all(count));
                carried[Long.numberOfTrailingZeros(chosen)]++;
            }
            for (int streams : carried) {
                assertEquals((double) STREAMS / count, streams, 0.35 * STREAMS / count, says());
            }
        }
    }

    private List<String> nics(int count) {
        String stem = List.of("eth", "nic", "ens1f", "x").get(random.nextInt(4));
        List<String> nics = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nics.add(stem + i);
        }
        return nics;
    }

    private String says() {
        return "seed " + seed;
    }
}
