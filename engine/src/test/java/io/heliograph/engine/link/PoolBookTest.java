// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.link.PoolBook.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pool's decisions in virtual time. */
final class PoolBookTest {
    private static final long MS = 1_000_000;
    private static final PoolLimits THREE = new PoolLimits(3, 60_000 * MS, 10, 2);

    private final List<String> done = new ArrayList<>();
    private final Set<String> there = new HashSet<>();
    private PoolBook book = book(THREE);
    private long nowNs;

    @Test
    void shouldUseOneConnectionAgainAndMakeOneAttemptAtATime() {
        assertEquals(Answer.GO, book.begin("a", nowNs));
        assertEquals(Answer.GO, book.begin("a", nowNs));
        book.onOpened("a");
        assertEquals(Answer.GO, book.begin("a", nowNs));

        assertEquals(List.of("connect a"), done);
    }

    @Test
    void shouldLeaveAPeerAloneForAPauseThatGrowsAfterAnAttemptThatFailed() {
        long waited = 0;
        for (int attempt = 1; attempt <= 10; attempt++) {
            assertEquals(Answer.GO, book.begin("a", nowNs));
            fail("a");
            long startNs = nowNs;
            while (book.begin("a", nowNs) == Answer.DOWN) {
                nowNs += 10 * MS;
            }
            fail("a");
            long pauseNs = nowNs - startNs;
            assertTrue(pauseNs >= 50 * MS && pauseNs <= 10_010 * MS, "pause " + pauseNs);
            waited = Math.max(waited, pauseNs);
            nowNs += 20_000 * MS;
        }
        assertTrue(waited > 4_000 * MS, "it grows: " + waited);
    }

    @Test
    void shouldComeBackAtOnceAfterAConnectionThatWasLost() {
        open("a");
        fail("a");

        assertEquals(Answer.GO, book.begin("a", nowNs));
        assertEquals(List.of("connect a", "connect a"), done);
    }

    @Test
    void shouldCloseWhatIsIdleAndNotWhatIsWaitedOn() {
        open("a");
        open("b");
        book.begin("b", nowNs);

        nowNs += 59_999 * MS - 1;
        book.onTick(nowNs);
        assertEquals(List.of("connect a", "connect b"), done);
        nowNs += 1;
        book.onTick(nowNs);

        assertEquals(List.of("connect a", "connect b", "close a"), done);
        assertEquals(1, book.peerCount(), "who is gone is forgotten");
    }

    @Test
    void shouldCloseTheLeastRecentlyUsedWhenThereAreTooMany() {
        open("a");
        open("b");
        open("c");
        use("a");

        open("d");

        assertEquals("close b", done.get(3));
        assertEquals("connect d", done.get(4));
        assertEquals(3, book.connectionCount());
    }

    @Test
    void shouldKeepHotPeersWhenOthersCanGo() {
        open("hot");
        for (int i = 0; i < 100; i++) {
            use("hot");
        }
        assertTrue(book.isHot("hot"));
        open("b");
        open("c");

        open("d");

        assertTrue(done.contains("close b"), done::toString);
        assertFalse(done.contains("close hot"));
    }

    @Test
    void shouldLetAHotPeerGoWhenAllAreHotBecauseTheBoundIsABound() {
        for (String name : List.of("a", "b", "c")) {
            open(name);
            for (int i = 0; i < 100; i++) {
                use(name);
            }
        }

        open("d");

        assertTrue(done.contains("close a"), done::toString);
        assertEquals(3, book.connectionCount());
    }

    @Test
    void shouldStayHotBetweenTheTwoRates() {
        open("a");
        for (int i = 0; i < 100; i++) {
            use("a");
        }
        assertTrue(book.isHot("a"));
        for (int i = 0; i < 300; i++) {
            nowNs += 200 * MS;
            use("a");
            assertTrue(book.isHot("a"), "5 a second keep it hot");
        }
        open("b");
        for (int i = 0; i < 300; i++) {
            nowNs += 200 * MS;
            use("b");
            assertFalse(book.isHot("b"), "5 a second make nobody hot");
        }
        nowNs += 10_000 * MS;
        book.onTick(nowNs);
        assertFalse(book.isHot("a"));
    }

    @Test
    void shouldRefuseWhenAllAreInUse() {
        for (String name : List.of("a", "b", "c")) {
            open(name);
            book.begin(name, nowNs);
        }

        assertEquals(Answer.FULL, book.begin("d", nowNs));
        book.end("b", nowNs);
        assertEquals(Answer.GO, book.begin("d", nowNs));
        assertEquals("close b", done.get(3));
    }

    @Test
    void shouldRefuseLimitsThatMakeNoSense() {
        assertThrows(IllegalArgumentException.class, () -> new PoolLimits(0, 1, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> new PoolLimits(1, 1, 1, 1));
    }

    /** Whatever happens: never two connections to a peer, never more than the limit, nobody closed who is waited on. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldHoldTheBoundsWhateverHappens(long seed) {
        Random random = new Random(seed);
        book = book(new PoolLimits(4, 2_000 * MS, 10, 2));
        int[] inFlight = new int[9];
        for (int i = 0; i < 5_000; i++) {
            nowNs += random.nextInt(60) * MS;
            int place = random.nextInt(9);
            String name = "p" + place;
            int before = done.size();
            switch (random.nextInt(6)) {
                case 0 -> inFlight[place] += book.begin(name, nowNs) == Answer.GO ? 1 : 0;
                case 1, 2 -> {
                    if (inFlight[place] > 0) {
                        inFlight[place]--;
                        book.end(name, nowNs);
                    }
                }
                case 3 -> {
                    if (there.contains(name)) {
                        book.onOpened(name);
                    }
                }
                case 4 -> {
                    if (random.nextInt(5) == 0 && there.remove(name)) {
                        book.onFailed(name, nowNs);
                        inFlight[place] = 0;
                    }
                }
                default -> book.onTick(nowNs);
            }
            for (String action : done.subList(before, done.size())) {
                if (action.startsWith("close ")) {
                    assertEquals(0, inFlight[action.charAt(7) - '0'], "seed " + seed + ": " + action);
                }
            }
            assertTrue(there.size() <= 4, "seed " + seed + ": " + there);
            assertEquals(there.size(), book.connectionCount(), "seed " + seed);
        }
        assertTrue(done.size() > 300);
    }

    private void open(String name) {
        assertEquals(Answer.GO, book.begin(name, nowNs));
        book.onOpened(name);
        nowNs += MS;
        book.end(name, nowNs);
    }

    private void fail(String name) {
        there.remove(name);
        book.onFailed(name, nowNs);
    }

    private void use(String name) {
        assertEquals(Answer.GO, book.begin(name, nowNs));
        nowNs += MS;
        book.end(name, nowNs);
    }

    private PoolBook book(PoolLimits limits) {
        return new PoolBook(limits, new Random(1), new PoolBook.Actions() {
            @Override
            public void connect(String peer) {
                done.add("connect " + peer);
                assertTrue(there.add(peer), "a second connection to " + peer);
            }

            @Override
            public void close(String peer) {
                done.add("close " + peer);
                there.remove(peer);
            }
        });
    }
}
