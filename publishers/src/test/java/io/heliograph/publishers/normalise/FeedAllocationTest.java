// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.normalise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.schema.SchemaWalker;
import io.heliograph.engine.testkit.AllocatedOctets;
import io.heliograph.publishers.generate.ItchDay;
import io.heliograph.publishers.generate.ItchGenerator;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generator, decoder, normaliser and walker together: nothing is allocated per message, nothing is thrown. */
class FeedAllocationTest {
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[256]);
    private final ItchNormaliser normaliser = new ItchNormaliser(1_580_360_400_000_000_000L);
    private final SchemaWalker walker = new SchemaWalker();

    @Test
    void shouldAllocateNothingPerMessage() {
        ItchGenerator generator = new ItchGenerator(ItchDay.of(3, 1_000_000, 500));
        long allocated = AllocatedOctets.of(() -> assertTrue(run(generator, 120_000) >= 120_000));

        assertEquals(0, allocated);
        assertEquals(0, walker.malformedCount());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42, 43})
    void shouldMakeAWholeBodyWhenOctetsAreArbitrary(long seed) {
        Random random = new Random(seed);
        String letters = "SRHYLVWKJhAFECXDUPQBINOz?";
        for (int i = 0; i < 100_000; i++) {
            byte[] octets = new byte[random.nextInt(52)];
            random.nextBytes(octets);
            if (octets.length > 0 && random.nextBoolean()) {
                octets[0] = (byte) letters.charAt(random.nextInt(letters.length()));
            }
            UnsafeBuffer noise = new UnsafeBuffer(octets);

            int length = normaliser.normalise(noise, 0, octets.length, body, 0);

            assertEquals(length, ItchNormaliser.bodyLength(noise, 0, octets.length), "seed " + seed + " message " + i);
            assertTrue(walker.wrap(body, 0, length) > 0, "seed " + seed + " message " + i);
        }
    }

    private long run(ItchGenerator generator, int count) {
        long messages = 0;
        for (int i = 0; i < count; i++) {
            int length = generator.next(message, 0);
            int bodyLength = normaliser.normalise(message, 0, length, body, 0);
            walker.wrap(body, 0, bodyLength);
            while (walker.next()) {
                messages += walker.templateId() > 0 ? 1 : 0;
            }
        }
        return messages;
    }
}
