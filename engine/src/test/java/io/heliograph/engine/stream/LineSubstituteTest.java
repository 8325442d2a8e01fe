// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.heliograph.engine.media.LineJoins;
import io.heliograph.engine.testkit.ManualClock;
import org.junit.jupiter.api.Test;

/** Three lines, of which B is the subscription's own; where B cannot be used the policy takes the lowest. */
final class LineSubstituteTest {
    private static final long MS = 1_000_000;
    private static final long START_NS = new ManualClock().nanoTime();
    private static final long A = 0b001;
    private static final long B = 0b010;
    private static final long C = 0b100;
    private static final long ALL = A | B | C;

    private final LineSubstitute lines =
            new LineSubstitute(usable -> (usable & B) != 0 ? B : Long.lowestOneBit(usable), 3, START_NS);
    private long atMs;

    @Test
    void shouldJoinItsOwnLineAloneWhileThatSpeaks() {
        assertEquals(B, lines.joined());
        for (int ms = 0; ms < 5_000; ms += 100) {
            assertEquals(B, at(ms, ALL, B));
        }
    }

    @Test
    void shouldJoinAllOthersWhenItIsSilentAndKeepTheOneThatSpeaks() {
        at(100, ALL, B);
        assertEquals(B, at(399, ALL, 0));
        assertEquals(ALL, at(400, ALL, 0));
        assertEquals(ALL, at(420, ALL, 0));
        assertEquals(B | C, at(440, ALL, C));
        assertEquals(B | C, at(540, ALL, C));
    }

    @Test
    void shouldJoinAnotherAtOnceWhenItsNicIsDownAndLeaveItsOwnNever() {
        at(100, ALL, B);
        assertEquals(ALL, at(105, A | C, B));
        assertEquals(A | B, at(110, A | C, A | C));
        assertEquals(A | B, at(500, A | C, A));
    }

    @Test
    void shouldNotJoinAnotherWhoseNicIsDownToo() {
        at(100, ALL, B);
        assertEquals(B | C, at(105, C, 0));
        assertEquals(B, at(110, 0, 0));
    }

    @Test
    void shouldHaveItsOwnLineForItselfAgainAfterItHasSpokenForAWhile() {
        at(100, ALL, B);
        at(105, A | C, 0);
        at(110, A | C, A);
        at(1_000, A | C, A);
        for (int ms = 1_000; ms < 1_500; ms += 50) {
            assertEquals(A | B, at(ms, ALL, A | B), "at " + ms);
        }
        assertEquals(A | B, at(1_000 + 499, ALL, A | B));
        assertEquals(B, at(1_000 + 500, ALL, A | B));
    }

    @Test
    void shouldKeepTheSameSubstituteWhileItSpeaksAndTakeAnotherWhenItFallsSilent() {
        at(100, ALL, B);
        at(105, A | C, 0);
        assertEquals(B | C, at(110, A | C, C));
        assertEquals(B | C, at(300, A | C, C));
        assertEquals(ALL, at(600, A | C, 0));
        assertEquals(A | B, at(605, A | C, A | C));
    }

    @Test
    void shouldJoinAnotherAtOnceWhenTheDriverDoesNotOpenItsOwn() {
        assertEquals(ALL, lines.onTick(START_NS + MS, ALL, B, 0));
    }

    @Test
    void shouldGiveItsOwnLineTimeToSpeakWhenItIsJoinedAgain() {
        at(100, ALL, B);
        lines.restart(START_NS + 60_000 * MS);
        atMs = 60_000;
        assertEquals(B, lines.joined());
        assertEquals(B, at(60_299, ALL, 0));
        assertEquals(ALL, at(60_300, ALL, 0));
    }

    @Test
    void shouldNotTakeForSilenceThatItStoodStillItself() {
        at(100, ALL, B);

        assertEquals(B, jumpTo(5_000, 0));

        assertEquals(B, at(5_195, ALL, 0));
        assertEquals(ALL, at(5_200, ALL, 0), "but what goes on then");
    }

    @Test
    void shouldHearThatItsLineIsSilentWhenItLooksRarely() {
        at(100, ALL, B);
        assertEquals(B, jumpTo(200, 0));
        assertEquals(B, jumpTo(300, 0));
        assertEquals(ALL, jumpTo(400, 0));
    }

    @Test
    void shouldJoinTheLineThatThePolicyNamesBeforeItLeavesItsOwn() {
        Settling policy = new Settling();
        LineSubstitute moving = new LineSubstitute(policy, 3, START_NS);
        assertEquals(B, moving.onTick(START_NS + 100 * MS, ALL, 0, B));
        policy.wanted = C;

        assertEquals(B | C, moving.onTick(START_NS + 105 * MS, ALL, 0, B));
        assertEquals(C, moving.own());
        assertFalse(moving.isMoving(START_NS + 105 * MS), "nothing is missed that would have to be waited for");
        assertEquals(B | C, moving.onTick(START_NS + 295 * MS, ALL, 0, B));
        for (int ms = 300; ms < 795; ms += 5) {
            assertEquals(B | C, moving.onTick(START_NS + ms * MS, ALL, 0, B | C), "at " + ms);
        }
        assertEquals(C, moving.onTick(START_NS + 795 * MS, ALL, 0, B | C));
    }

    @Test
    void shouldStayOnItsOwnLineWhenTheOneThatThePolicyNamesStaysSilent() {
        Settling policy = new Settling();
        LineSubstitute moving = new LineSubstitute(policy, 3, START_NS);
        policy.wanted = C;
        assertEquals(B | C, moving.onTick(START_NS + 5 * MS, ALL, 0, B));
        assertEquals(B | C, moving.onTick(START_NS + 3_000 * MS, ALL, 0, B));
        policy.wanted = B;

        moving.onTick(START_NS + 3_005 * MS, ALL, 0, B);

        assertEquals(B, moving.own());
        for (int ms = 3_010; ms < 4_000; ms += 5) {
            moving.onTick(START_NS + ms * MS, ALL, 0, B);
        }
        assertEquals(B, moving.joined());
    }

    @Test
    void shouldNotAskThePolicyWhileItsOwnLineFails() {
        Settling policy = new Settling();
        LineSubstitute failing = new LineSubstitute(policy, 3, START_NS);
        failing.onTick(START_NS + 5 * MS, A | C, 0, 0);
        policy.wanted = C;

        failing.onTick(START_NS + 10 * MS, A | C, 0, A);

        assertEquals(B, failing.own());
    }

    private static final class Settling implements LineJoins {
        private long wanted = B;

        @Override
        public long joined(long usable) {
            return (usable & B) != 0 ? B : Long.lowestOneBit(usable);
        }

        @Override
        public long settled(long own, long usable, long nowNs) {
            return wanted;
        }
    }

    /** Ticks up to a time, each 5 ms behind the other; what is heard is heard in the last one. */
    private long at(long ms, long up, long heard) {
        while (atMs < ms - 5) {
            atMs += 5;
            lines.onTick(START_NS + atMs * MS, up, 0, 0);
        }
        atMs = ms;
        return lines.onTick(START_NS + ms * MS, up, 0, heard);
    }

    private long jumpTo(long ms, long heard) {
        atMs = ms;
        return lines.onTick(START_NS + ms * MS, ALL, 0, heard);
    }
}
