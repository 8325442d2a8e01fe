// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.engine.journal.JournalReader;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import io.heliograph.publishers.generate.ItchDay;
import io.heliograph.publishers.generate.ItchGenerator;
import io.heliograph.publishers.normalise.ItchNormaliser;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Compares a journal with the generated day that was published: under each number what the day has there, in order, and
 * nothing missing but what its gap records name.
 *
 * <p><b>Thread:</b> one owner.
 */
final class JournalTruth {
    private final ItchGenerator generator;
    private final ItchNormaliser normaliser;
    private final UnsafeBuffer source = new UnsafeBuffer(new byte[ItchGenerator.MAX_MESSAGE_LENGTH]);
    private final UnsafeBuffer expected = new UnsafeBuffer(new byte[1 << 12]);
    private final UnsafeBuffer found = new UnsafeBuffer(0, 0);
    private long generated;
    private long next = 1;
    private long lost;

    JournalTruth(ItchDay day, long midnightEpochNs) {
        generator = new ItchGenerator(day);
        normaliser = new ItchNormaliser(midnightEpochNs);
    }

    /** Reads all of it; returns the last message in it. */
    long compare(StreamJournal journal) {
        try (JournalReader reader = journal.reader()) {
            while (reader.poll(this::onPacket, 64) > 0) {}
        }
        return next - 1;
    }

    /** Messages that it says it lacks. */
    long lost() {
        return lost;
    }

    private void onPacket(DirectBuffer packet, int offset, int length) {
        long sequence = PacketFlyweight.sequence(packet, offset);
        assertEquals(next, sequence, "the next in the journal");
        if (PacketFlyweight.kind(packet, offset) == PacketKind.GAP) {
            next = ControlFlyweight.gapLast(packet, offset) + 1;
            lost += next - sequence;
        } else if (PacketFlyweight.kind(packet, offset) == PacketKind.DATA) {
            int position = offset + PacketFlyweight.HEADER_LENGTH;
            for (int i = PacketFlyweight.count(packet, offset); i > 0; i--, next++) {
                int bodyLength = PacketFlyweight.messageLength(packet, position);
                found.wrap(packet, position + PacketFlyweight.LENGTH_PREFIX, bodyLength);
                assertEquals(expected(next), found, "message " + next);
                position += PacketFlyweight.LENGTH_PREFIX + bodyLength;
            }
        }
    }

    private UnsafeBuffer expected(long sequence) {
        int length = 0;
        while (generated < sequence) {
            length = generator.next(source, 0);
            generated++;
        }
        int bodyLength = ItchNormaliser.bodyLength(source, 0, length);
        normaliser.normalise(source, 0, length, expected, 0);
        return new UnsafeBuffer(expected, 0, bodyLength);
    }
}
