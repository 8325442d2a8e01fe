// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Itch50DecoderTest {
    private final Itch50Decoder decoder = new Itch50Decoder();

    @Test
    void shouldSayUnknownTypeWhenTheLetterIsNotItchs() {
        UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
        message.putByte(0, (byte) 'z');

        assertEquals(Itch50Decoder.UNKNOWN_TYPE, decoder.wrap(message, 0, 36));
        assertEquals(1, decoder.unknownTypeCount());
        assertEquals(0, decoder.count('z'));
    }

    @Test
    void shouldSayUnknownTypeWhenThereIsNoOctet() {
        assertEquals(Itch50Decoder.UNKNOWN_TYPE, decoder.wrap(new UnsafeBuffer(new byte[0]), 0, 0));
        assertEquals(1, decoder.unknownTypeCount());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11, 35, 37, 65_535})
    void shouldSayWrongLengthWhenItIsNotTheTypes(int length) {
        UnsafeBuffer message = new UnsafeBuffer(new byte[] {'A'});

        assertEquals(Itch50Decoder.WRONG_LENGTH, decoder.wrap(message, 0, length));
        assertEquals(1, decoder.wrongLengthCount());
        assertEquals(0, decoder.count('A'));
    }

    @Test
    void shouldCountByTypeWhenMessagesAreWhole() {
        UnsafeBuffer message = new UnsafeBuffer(new byte[19]);
        message.putByte(0, (byte) 'D');

        decoder.wrap(message, 0, 19);
        decoder.wrap(message, 0, 19);

        assertEquals(2, decoder.count(ItchType.ORDER_DELETE));
    }

    @Test
    void shouldReadAllFortyEightBitsOfATimestamp() {
        UnsafeBuffer message =
                new UnsafeBuffer(new byte[] {'D', 0, 1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0});

        decoder.wrap(message, 0, 19);

        assertEquals((1L << 48) - 1, decoder.orderDelete().timestampNs());
        assertEquals(0xFFFF, decoder.orderDelete().trackingNumber());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldNeverThrowNorReadBeyondTheMessageWhenOctetsAreArbitrary(long seed) {
        Random random = new Random(seed);
        long outcomes = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] octets = new byte[random.nextInt(60)];
            random.nextBytes(octets);
            outcomes += decoder.wrap(new UnsafeBuffer(octets), 0, octets.length) > 0 ? 1 : 0;
        }

        assertTrue(outcomes > 0, "some are whole by chance");
    }
}
