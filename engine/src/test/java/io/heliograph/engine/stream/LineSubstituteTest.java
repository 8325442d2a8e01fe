// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
        assertEquals(B, lines.joined());
        assertEquals(B, at(60_299, ALL, 0));
        assertEquals(ALL, at(60_300, ALL, 0));
    }

    private long at(long ms, long up, long heard) {
        return lines.onTick(START_NS + ms * MS, up, 0, heard);
    }
}
