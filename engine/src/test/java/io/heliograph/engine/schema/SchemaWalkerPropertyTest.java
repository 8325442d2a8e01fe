// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On any octets the walk stays within the body: the buffer is exactly the body, so a read beyond it throws. */
class SchemaWalkerPropertyTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14})
    void shouldStayWithinTheBodyWhenOctetsAreArbitrary(long seed) {
        Random random = new Random(seed);
        SchemaWalker walker = new SchemaWalker();
        int whole = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] octets = new byte[random.nextInt(120)];
            random.nextBytes(octets);
            lookLikeTheSchema(octets, random);
            UnsafeBuffer body = new UnsafeBuffer(octets);

            int count = walker.wrap(body, 0, octets.length);

            int yielded = 0;
            int end = 0;
            long skippedBefore = walker.unknownTemplateCount();
            while (walker.next()) {
                yielded++;
                assertTrue(walker.blockOffset() >= end, "in order");
                assertTrue(walker.blockLength()
                        >= SchemaVersions.minimumBlockLength(walker.templateId(), walker.version()));
                end = walker.blockOffset() - 4 + walker.encodedLength();
                assertTrue(end <= octets.length, "within the body");
            }
            long skipped = walker.unknownTemplateCount() - skippedBefore;
            assertEquals(Math.max(count, 0), yielded + skipped, "seed " + seed + " body " + i);
            whole += count > 0 ? 1 : 0;
        }
        assertTrue(whole > 300, "bodies that were whole: " + whole);
    }

    /** Headers that are nearly right get further than noise does. */
    private static void lookLikeTheSchema(byte[] octets, Random random) {
        int at = 0;
        while (at + 4 <= octets.length && random.nextInt(8) != 0) {
            octets[at] = (byte) random.nextInt(60);
            octets[at + 1] = (byte) random.nextInt(20);
            octets[at + 2] = 1;
            octets[at + 3] = (byte) (1 + random.nextInt(3));
            at += 4 + octets[at];
        }
    }
}
