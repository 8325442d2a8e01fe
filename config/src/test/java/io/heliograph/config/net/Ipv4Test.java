// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4Test {
    @Test
    void shouldReadBackWhatWasWritten() {
        long seed = 7;
        Random random = new Random(seed);

        for (int i = 0; i < 10_000; i++) {
            int bits = random.nextInt();
            assertEquals(OptionalInt.of(bits), Ipv4.parse(Ipv4.format(bits)), "seed " + seed);
            assertEquals(bits, Ipv4.bits(Ipv4.address(bits)), "seed " + seed);
            assertEquals(Ipv4.format(bits), Ipv4.address(bits).getHostAddress(), "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.-4",
                "1..2.3",
                "a.b.c.d",
                "1.2.3.4 ",
                "localhost",
                "1.2.3.0x4"
            })
    void shouldReadNothingWhenTextIsNoAddress(String text) {
        assertEquals(OptionalInt.empty(), Ipv4.parse(text));
    }

    @Test
    void shouldKnowWhatSubnetsShare() {
        Subnet wide = new Subnet(0x0A010000, 16);
        Subnet inside = new Subnet(0x0A010205, 24);

        assertTrue(wide.overlaps(inside));
        assertTrue(inside.overlaps(wide));
        assertFalse(inside.overlaps(new Subnet(0x0A010305, 24)));
        assertTrue(new Subnet(0, 0).overlaps(inside));
        assertEquals(0x0A0102FF, inside.broadcast());
        assertEquals(256, inside.size());
        assertEquals("10.1.2.5/24", inside.toString());
    }
}
