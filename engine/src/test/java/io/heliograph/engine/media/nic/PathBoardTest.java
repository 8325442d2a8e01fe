// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Two NICs (A, B), three peers (0, 1, 2), of whom the last has only NIC A. */
final class PathBoardTest {
    private static final int A = 0;
    private static final int B = 1;
    private static final long STEP_NS = PathBoard.INTERVAL_NS;

    private final PathBoard board = new PathBoard(new boolean[][] {{true, true, true}, {true, true, false}}, 0);
    private long nowNs = 5_000_000_000L;

    @Test
    void shouldSayNothingWhenThereIsNoPeer() {
        assertFalse(board.isFailing(A, nowNs));
        assertFalse(board.isFailing(B, nowNs));
    }

    @Test
    void shouldSayNothingWhenAPeerHasNeverHeardThisHostAnywhere() {
        for (int i = 0; i < 20; i++) {
            probe(A, 0, false);
            probe(B, 0, false);
            nowNs += STEP_NS;
        }

        assertFalse(board.isFailing(A, nowNs));
        assertFalse(board.isFailing(B, nowNs));
    }

    @Test
    void shouldFailWhenAPeerIsHeardOnAnotherNicOnly() {
        connect(0);
        long lastNs = nowNs;
        while (!board.isFailing(A, nowNs)) {
            nowNs += STEP_NS;
            probe(B, 0, true);
            assertTrue(nowNs - lastNs <= 4 * STEP_NS, "three probes missed are enough");
        }

        assertTrue(nowNs - lastNs > PathBoard.LATELY_NS);
        assertFalse(board.isFailing(B, nowNs));
        assertFalse(board.isHeard(A, 0, nowNs), "so its probes do not name it any more");
    }

    @Test
    void shouldFailWhenAPeerHearsThisHostOnAnotherNicOnly() {
        connect(0);

        nowNs += STEP_NS;
        probe(A, 0, false);
        probe(B, 0, true);
        assertFalse(board.isFailing(A, nowNs), "one may have crossed");
        nowNs += STEP_NS;
        probe(A, 0, false);
        probe(B, 0, true);

        assertTrue(board.isFailing(A, nowNs));
        assertTrue(board.isHeard(A, 0, nowNs));
        assertFalse(board.isFailing(B, nowNs));
    }

    @Test
    void shouldRecoverWithTheFirstProbeThatNamesThisHost() {
        shouldFailWhenAPeerHearsThisHostOnAnotherNicOnly();

        nowNs += STEP_NS;
        probe(A, 0, true);

        assertFalse(board.isFailing(A, nowNs));
        assertEquals(1, board.connected(A, nowNs));
    }

    @Test
    void shouldNotFailWhenAnotherPeerIsConnected() {
        connect(0);
        connect(1);
        for (int i = 0; i < 10; i++) {
            nowNs += STEP_NS;
            probe(B, 0, true);
            probe(A, 1, true);
            probe(B, 1, true);
        }

        assertFalse(board.isFailing(A, nowNs));
        assertEquals(1, board.cut(A, nowNs));
        assertEquals(1, board.connected(A, nowNs));
        assertEquals(2, board.connected(B, nowNs));
    }

    @Test
    void shouldSayNothingWhenAPeerIsSilentEverywhere() {
        connect(0);
        nowNs += 30_000_000;
        probe(B, 0, true);

        for (int i = 0; i < 200; i++) {
            nowNs += STEP_NS / 5;
            assertFalse(board.isFailing(A, nowNs), "its last probe came on B, " + i);
        }
    }

    @Test
    void shouldSayNothingWhenThisThreadStoodStill() {
        connect(0);

        nowNs += 700_000_000L;
        probe(B, 0, true);
        probe(A, 0, true);

        assertFalse(board.isFailing(A, nowNs));
        assertFalse(board.isFailing(B, nowNs));
    }

    @Test
    void shouldBeginAnewWhenAPeerWasAwayAndReturnsOnOneNicFirst() {
        connect(0);
        nowNs += 2 * PathBoard.AWAY_NS;

        probe(B, 0, false);
        probe(B, 0, true);

        assertFalse(board.isFailing(A, nowNs), "A's probe is on its way");
        nowNs += 4 * STEP_NS;
        probe(B, 0, true);
        assertTrue(board.isFailing(A, nowNs), "it is not");
    }

    @Test
    void shouldNotJudgeANicByAPeerThatDoesNotHaveIt() {
        for (int i = 0; i < 10; i++) {
            nowNs += STEP_NS;
            probe(A, 2, true);
        }

        assertFalse(board.isFailing(B, nowNs));
        assertEquals(0, board.cut(B, nowNs));
    }

    @Test
    void shouldKeepFindingTheFaultWhenAProbeIsLostOnTheGoodNic() {
        shouldFailWhenAPeerHearsThisHostOnAnotherNicOnly();

        for (int i = 0; i < 10; i++) {
            nowNs += STEP_NS;
            probe(A, 0, false);
            probe(B, 0, i % 2 == 0);
            assertTrue(board.isFailing(A, nowNs), "at " + i);
        }
    }

    @Test
    void shouldNotBeDeafToAPartOfALargeSitesProbes() {
        connect(0);
        for (int i = 0; i < 10; i++) {
            nowNs += STEP_NS;
            board.onProbe(A, 0, nowNs);
            probe(B, 0, true);
        }

        assertFalse(board.isFailing(A, nowNs), "they do not speak of this host");
    }

    private void connect(int peer) {
        probe(A, peer, true);
        probe(B, peer, true);
        assertEquals(0, board.cut(A, nowNs) + board.cut(B, nowNs));
    }

    private void probe(int nic, int peer, boolean isNamed) {
        board.onProbe(nic, peer, isNamed, nowNs);
    }
}
