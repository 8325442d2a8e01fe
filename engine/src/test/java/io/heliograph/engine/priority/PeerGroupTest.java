// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.priority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PeerGroupTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final PriorityTimes TIMES = new PriorityTimes(Long.MAX_VALUE, 5 * SECOND, SECOND, 60 * SECOND);

    private final PeerGroup group = new PeerGroup(Balance.STICKY, TIMES, 100, 20);

    @Test
    void shouldGoDownALevelAtOnceAndBackWhenOneHasBeenThereForLong() {
        int r1 = group.add("r1", 1, 0);
        int r2 = group.add("r2", 2, 0);
        int r3 = group.add("r3", 3, 0);
        assertEquals(PeerGroup.NONE, group.choose(0));
        group.onConnected(r3, 0);
        group.onConnected(r2, 0);
        assertEquals(r2, group.choose(0), "nobody waits for one who never came");
        group.onConnected(r1, 0);
        assertEquals(r1, group.choose(0), "who never was lost is believed");

        group.onDisconnected(r1, 10);
        assertEquals(r2, group.choose(10));
        group.onDisconnected(r2, 11);
        assertEquals(r3, group.choose(11));
        group.onConnected(r1, 20 * MS);
        assertEquals(r3, group.choose(5 * SECOND), "it came back a moment ago");
        assertEquals(PeerState.SETTLING, group.state(r1, 5 * SECOND));
        assertEquals("taken in 20 ms if it lasts", group.view(r1, 5 * SECOND).why());
        assertEquals(r1, group.choose(5 * SECOND + 20 * MS));
    }

    @Test
    void shouldNotTakeOneThatHasCarriedNothingBothWaysSoFar() {
        int r1 = group.add("r1", 1, 0);
        int r2 = group.add("r2", 2, 0);
        group.onWarming(r1, 0);
        assertEquals(PeerState.WARMING, group.state(r1, 0));
        assertEquals(
                "connected, and nothing has gone both ways so far",
                group.view(r1, 0).why());
        assertFalse(group.isUsable(r1, 0));
        assertEquals(PeerGroup.NONE, group.choose(0));
        group.onConnected(r2, 1);
        assertEquals(r2, group.choose(1));

        group.onConnected(r1, 2);
        assertEquals(PeerState.AVAILABLE, group.state(r1, 2), "who never was lost is believed");
        assertEquals(r1, group.choose(2));
    }

    @Test
    void shouldNotBlameOneThatIsLostBeforeItCounted() {
        int r1 = group.add("r1", 1, 0);
        group.onWarming(r1, 0);
        group.onDisconnected(r1, 1);
        assertEquals(PeerState.DISCONNECTED, group.state(r1, 1));
        group.onWarming(r1, 2);
        group.onConnected(r1, 3);
        assertEquals(PeerState.AVAILABLE, group.state(r1, 3));

        group.onDisconnected(r1, 4);
        group.onWarming(r1, 5);
        assertEquals(PeerState.WARMING, group.state(r1, 10 * SECOND));
        group.onConnected(r1, 10 * SECOND);
        assertEquals(PeerState.SETTLING, group.state(r1, 10 * SECOND), "it is there from when it counts");
    }

    @Test
    void shouldTakeOneWhoCameBackAMomentAgoRatherThanNobody() {
        int r1 = group.add("r1", 1, 0);
        int r2 = group.add("r2", 2, 0);
        group.onConnected(r1, 0);
        group.onDisconnected(r1, 1);
        group.onConnected(r1, 2);
        assertEquals(r1, group.choose(2));
        group.onConnected(r2, 3);
        assertEquals(r2, group.choose(3), "one who has not failed is better");
    }

    @Test
    void shouldWaitTwiceAsLongForOneThatIsLostAgainAndAgain() {
        int r1 = group.add("r1", 1, 0);
        int r2 = group.add("r2", 2, 0);
        group.onConnected(r1, 0);
        group.onConnected(r2, 0);
        long now = 5 * SECOND;
        for (long wanted = 5 * SECOND; wanted <= 60 * SECOND; wanted *= 2) {
            group.onDisconnected(r1, now);
            group.onConnected(r1, now);
            assertEquals(r2, group.choose(now + wanted - 1), wanted / SECOND + " s");
            now += wanted;
            assertEquals(r1, group.choose(now), wanted / SECOND + " s");
        }
        group.onDisconnected(r1, now);
        group.onConnected(r1, now);
        assertEquals(r1, group.choose(now + 60 * SECOND), "never longer than the most");
        now += 60 * SECOND + 121 * SECOND;
        group.onDisconnected(r1, now);
        group.onConnected(r1, now);
        assertEquals(r1, group.choose(now + 5 * SECOND), "after a long time without a fault it is forgiven");
    }

    @Test
    void shouldNotTakeOneThatIsLostOnceWhenItBeginsForOneThatIsLostAgainAndAgain() {
        int r1 = group.add("r1", 1, 0);
        int r2 = group.add("r2", 2, 0);
        group.onConnected(r1, 0);
        group.onConnected(r2, 0);
        group.onDisconnected(r1, SECOND);
        group.onConnected(r1, SECOND);
        assertEquals(r2, group.choose(6 * SECOND - 1), "it came back a moment ago");
        assertEquals(r1, group.choose(6 * SECOND));

        group.onDisconnected(r1, 7 * SECOND);
        group.onConnected(r1, 7 * SECOND);
        assertEquals(r2, group.choose(12 * SECOND - 1));
        assertEquals(r1, group.choose(12 * SECOND), "5 s again, not 10");

        group.onDisconnected(r1, 13 * SECOND);
        group.onConnected(r1, 13 * SECOND);
        assertEquals(r2, group.choose(23 * SECOND - 1), "from then on it counts");
        assertEquals(r1, group.choose(23 * SECOND));
    }

    @Test
    void shouldWaitLongerForOneThatIsLostAgainBeforeItHasEverLasted() {
        int r1 = group.add("r1", 1, 0);
        int r2 = group.add("r2", 2, 0);
        group.onConnected(r1, 0);
        group.onConnected(r2, 0);
        group.onDisconnected(r1, SECOND);
        group.onConnected(r1, SECOND);
        group.onDisconnected(r1, 2 * SECOND);
        group.onConnected(r1, 2 * SECOND);
        assertEquals(r2, group.choose(12 * SECOND - 1));
        assertEquals(r1, group.choose(12 * SECOND));
    }

    @Test
    void shouldTakeOneOutThatIsBusyUntilItsBacklogIsLow() {
        int a = group.add("a", 1, 0);
        int b = group.add("b", 2, 0);
        group.onConnected(a, 0);
        group.onConnected(b, 0);
        group.onBacklog(a, 99, MS, 0);
        assertEquals(a, group.choose(0));
        assertEquals(1, group.view(a, 0).space());
        group.onBacklog(a, 100, MS, 0);
        assertEquals(b, group.choose(0));
        assertEquals("backlog 100 of 100; taken again at 20", group.view(a, 0).why());
        group.onBacklog(a, 21, MS, 2 * SECOND);
        assertEquals(b, group.choose(2 * SECOND));
        group.onBacklog(a, 20, MS, 2 * SECOND);
        assertEquals(
                a, group.choose(2 * SECOND), "at the low-water mark, at once: it was busy for longer than it must");
        group.onBacklog(a, 200, MS, 2 * SECOND);
        group.onBacklog(a, 0, 0, 2 * SECOND);
        assertEquals(b, group.choose(4 * SECOND - 1), "busy again soon after: held down for twice as long");
        assertEquals(a, group.choose(4 * SECOND));
    }

    @Test
    void shouldTakeNewMarksWhileItRuns() {
        int a = group.add("a", 1, 0);
        group.onConnected(a, 0);
        group.onBacklog(a, 50, 0, 0);
        assertEquals(PeerState.AVAILABLE, group.state(a, 0));
        group.marks(new Marks(50, 10), 0);
        assertEquals(PeerState.BUSY, group.state(a, 0));
        group.marks(new Marks(1_000, 60), 2 * SECOND);
        assertEquals(PeerState.AVAILABLE, group.state(a, 2 * SECOND));
        assertThrows(IllegalArgumentException.class, () -> group.marks(new Marks(10, 10), 0));
    }

    @Test
    void shouldNotChooseOneThatIsSilent() {
        PriorityTimes times = new PriorityTimes(SECOND, 5 * SECOND, SECOND, 60 * SECOND);
        PeerGroup heard = new PeerGroup(Balance.STICKY, times, 100, 20);
        int a = heard.add("a", 1, 0);
        int b = heard.add("b", 1, 0);
        heard.onConnected(a, 0);
        heard.onConnected(b, 0);
        assertEquals(a, heard.choose(0));
        heard.onHeard(b, SECOND);
        assertEquals(a, heard.choose(SECOND));
        assertEquals(b, heard.choose(SECOND + 1));
        assertEquals(PeerState.SILENT, heard.state(a, SECOND + 1));
        heard.onHeard(a, SECOND + 2);
        assertEquals(PeerState.SETTLING, heard.state(a, SECOND + 2));
        assertEquals(b, heard.choose(SECOND + 2));
    }

    @Test
    void shouldNotTakeAnOldSignOfLifeForANewOne() {
        PriorityTimes times = new PriorityTimes(SECOND, 5 * SECOND, SECOND, 60 * SECOND);
        PeerGroup heard = new PeerGroup(Balance.STICKY, times, 100, 20);
        int a = heard.add("a", 1, 0);
        int b = heard.add("b", 2, 0);
        heard.onConnected(a, 0);
        heard.onConnected(b, 0);
        heard.onHeard(b, SECOND);
        for (int i = 0; i < 100; i++) {
            heard.onHeard(a, 0);
            heard.onHeard(b, 2 * SECOND + i);
            assertEquals(b, heard.choose(2 * SECOND + i));
            assertEquals(PeerState.SILENT, heard.state(a, 2 * SECOND + i));
        }
        heard.onHeard(a, 3 * SECOND);
        for (long now = 3 * SECOND; now <= 8 * SECOND; now += SECOND / 2) {
            heard.onHeard(a, now);
            heard.onHeard(b, now);
            assertEquals(
                    now < 8 * SECOND ? b : a, heard.choose(now), "after five seconds, and no longer: it failed once");
        }
    }

    @Test
    void shouldGiveEachItsTurn() {
        PeerGroup turns = new PeerGroup(Balance.ROUND_ROBIN, TIMES, 100, 20);
        for (int i = 0; i < 4; i++) {
            turns.onConnected(turns.add("r" + i, i == 3 ? 2 : 1, 0), 0);
        }
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            order.append(turns.choose(0));
        }
        assertEquals("012012", order.toString());
        turns.onDisconnected(1, 0);
        assertEquals(0, turns.choose(0));
        assertEquals(2, turns.choose(0));
        assertTrue(turns.isInUse(0, 0) && turns.isInUse(2, 0));
        assertFalse(turns.isInUse(1, 0) || turns.isInUse(3, 0));
        assertTrue(turns.isUsable(3, 0));
    }

    @Test
    void shouldGiveToTheOneWithTheLeastBacklog() {
        PeerGroup least = new PeerGroup(Balance.LEAST_BACKLOG, TIMES, 100, 20);
        for (int i = 0; i < 3; i++) {
            least.onConnected(least.add("r" + i, 1, 0), 0);
        }
        assertEquals(0, least.choose(0));
        assertEquals(1, least.choose(0));
        least.onBacklog(1, 5, 0, 0);
        least.onBacklog(2, 5, 0, 0);
        least.onBacklog(0, 6, 0, 0);
        assertEquals(2, least.choose(0));
        assertEquals(1, least.choose(0));
        least.onBacklog(0, 4, 0, 0);
        assertEquals(0, least.choose(0));
        assertEquals(0, least.choose(0));
    }

    @Test
    void shouldRefuseALevelThatThereIsNot() {
        assertThrows(IllegalArgumentException.class, () -> group.add("r", 0, 0));
        assertThrows(IllegalArgumentException.class, () -> group.add("r", 17, 0));
        assertThrows(IllegalArgumentException.class, () -> new PeerGroup(Balance.STICKY, TIMES, 10, -1));
        assertThrows(IllegalArgumentException.class, () -> new PriorityTimes(0, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new PriorityTimes(1, 2, 1, 1));
    }
}
