// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.heliograph.config.LineJoin;
import io.heliograph.config.NicAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each policy sends on and joins, case by case. */
class LineChoiceTest {
    private static final long A = 1;
    private static final long B = 2;
    private static final long C = 4;
    private static final long ABC = A | B | C;

    @Test
    void shouldSendAndJoinEverythingWhenRedundant() {
        LineChoice redundant = new RedundantLines();

        assertEquals(ABC, redundant.sends(ABC));
        assertEquals(C, redundant.sends(C));
        assertEquals(ABC, redundant.joins(ABC, B, joiner(0, 0)));
    }

    @Test
    void shouldTakeTheFirstHealthyLineWhenPinned() {
        LineChoice pin = new PinnedLine();

        assertEquals(A, pin.sends(ABC));
        assertEquals(B, pin.sends(B | C));
        assertEquals(0, pin.sends(0));
        assertEquals(A | C, pin.joins(A | C, A | C, joiner(0, 0)));
    }

    @Test
    void shouldSendEverywhereAndJoinTheLineOfTheDrawWhenSpreadAtRandom() {
        LineChoice spread = new SpreadLines(LineJoin.RANDOM);

        assertEquals(ABC, spread.sends(ABC));
        assertEquals(List.of(A, B, C, A), joins(spread, ABC, ABC, 0, 1, 2, 3));
        assertEquals(List.of(A, C, A), joins(spread, A | C, A | C, 0, 1, 2));
        assertEquals(C, spread.joins(ABC, ABC, joiner(-2, 0)), "unsigned: 2^64 - 2 is 2 modulo 3");
    }

    @Test
    void shouldJoinTheNextHealthyLineWhenTheDrawnOneIsNot() {
        LineChoice spread = new SpreadLines(LineJoin.RANDOM);

        assertEquals(List.of(C, C, C), joins(spread, ABC, C, 0, 1, 2));
        assertEquals(List.of(A, A, C), joins(spread, ABC, A | C, 0, 3, 1));
        assertEquals(List.of(A), joins(spread, ABC, A | B, 2));
        assertEquals(List.of(B), joins(spread, ABC, 0, 1), "none is healthy: its own, to be there when it comes back");
    }

    @Test
    void shouldJoinByTheXorOfTheOctetsModuloLinesWhenByMac() {
        LineChoice spread = new SpreadLines(LineJoin.MAC_XOR);
        byte[] mac = {0x02, 0x42, (byte) 0xAC, 0x11, 0x00, 0x05};
        int xor = 0x02 ^ 0x42 ^ 0xAC ^ 0x11 ^ 0x05;

        assertEquals(xor, Joiner.xor(mac));
        assertEquals(1L << (xor % 2), spread.joins(A | B, A | B, joiner(77, xor)));
        assertEquals(1L << (xor % 3), spread.joins(ABC, ABC, joiner(78, xor)));
    }

    @Test
    void shouldFallBackToAHashOfTheAddressAndSaySoWhenTheNicHasNoMac() {
        InetAddress loopback = InetAddress.getLoopbackAddress();

        Joiner first = Joiner.on(new NicAddress((Inet4Address) loopback, 8));
        Joiner second = Joiner.on(new NicAddress((Inet4Address) loopback, 8));

        assertFalse(first.hasMac());
        assertEquals(Joiner.hash(loopback.getAddress()), first.steady());
        assertEquals(first.steady(), second.steady());
    }

    @Test
    void shouldDivideNeighbouringAddressesEvenly() {
        int[] joined = new int[2];
        LineChoice spread = new SpreadLines(LineJoin.MAC_XOR);
        for (int host = 1; host <= 200; host++) {
            long steady = Joiner.hash(new byte[] {10, 8, 0, (byte) host});
            joined[Long.numberOfTrailingZeros(spread.joins(A | B, A | B, joiner(0, steady)))]++;
        }

        assertEquals(100, joined[0], 20);
    }

    @Test
    void shouldHashTheNameOfTheNicAndNotItsPlace() {
        HashedLine inOrder = new HashedLine(1001, List.of("a", "b"));
        HashedLine turned = new HashedLine(1001, List.of("b", "a"));

        assertEquals(order(inOrder, "a", "b"), order(turned, "b", "a"));
    }

    /** Written down: another version that hashed otherwise would have two publishers of a deployment disagree. */
    @Test
    void shouldGiveTheSameWeightInEveryVersion() {
        assertEquals("fb357b1c6d7ffe8d", Long.toHexString(HashedLine.weight(1001, "a")));
    }

    private static String order(HashedLine hash, String... nics) {
        return nics[Long.numberOfTrailingZeros(hash.sends(A | B))];
    }

    private static List<Long> joins(LineChoice choice, long present, long healthy, long... draws) {
        return java.util.Arrays.stream(draws)
                .mapToObj(draw -> choice.joins(present, healthy, joiner(draw, 0)))
                .toList();
    }

    private static Joiner joiner(long random, long steady) {
        return new Joiner(random, steady, true);
    }
}
