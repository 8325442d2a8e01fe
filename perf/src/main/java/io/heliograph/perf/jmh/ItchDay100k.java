// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.jmh;

import io.heliograph.publishers.generate.ItchDay;
import io.heliograph.publishers.generate.ItchGenerator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** A small generated day in memory, as BinaryFILE. <b>Thread:</b> one owner. */
final class ItchDay100k {
    static final int MESSAGES = 100_000;

    private static final int SYMBOLS = 500;
    private static final long SEED = 100;

    private ItchDay100k() {}

    static ByteBuffer octets() {
        ByteBuffer octets =
                ByteBuffer.allocateDirect(MESSAGES * (ItchGenerator.MAX_MESSAGE_LENGTH + Short.BYTES) + Short.BYTES);
        UnsafeBuffer buffer = new UnsafeBuffer(octets);
        ItchGenerator generator = new ItchGenerator(ItchDay.of(SEED, MESSAGES, SYMBOLS));
        int offset = 0;
        int length = generator.next(buffer, Short.BYTES);
        while (length > 0) {
            buffer.putShort(offset, (short) length, ByteOrder.BIG_ENDIAN);
            offset += Short.BYTES + length;
            length = generator.next(buffer, offset + Short.BYTES);
        }
        buffer.putShort(offset, (short) 0);
        return octets;
    }
}
