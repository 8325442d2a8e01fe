// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.stream.PublicationFixture.EPOCH;
import static io.heliograph.engine.stream.PublicationFixture.STREAM;
import static io.heliograph.engine.stream.PublicationFixture.words;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeron.Publication;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.RecordingLine;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A publication that goes on where an earlier one was, and keeps its own place. */
final class GoingOnTest implements SendPlace {
    private final ManualClock clock = new ManualClock();
    private final RecordingLine line = new RecordingLine("A");
    private final List<String> kept = new ArrayList<>();
    private long offersBefore = -1;

    @Test
    void shouldGoOnBehindWhatWasNumbered() {
        try (StreamPublication publication = publication(8_001)) {
            assertEquals(8_001, publication.nextSequence());
            clock.advanceMs(200);
            publication.doWork();
            assertEquals("heartbeat 8001", words(line));

            assertEquals(8_001, offer(publication));
            assertEquals(8_002, offer(publication));
            assertEquals(8_003, publication.flush());

            assertEquals("data 8001-8002", words(line));
            assertEquals(2, publication.messages());
            assertEquals(8_002, publication.endEpoch());
        }
    }

    @Test
    void shouldSealNoRangeThatItHasNotWhole() {
        try (StreamPublication publication = publication(8_001)) {
            for (int i = 0; i < 192 + 4_096; i++) {
                offer(publication);
            }
            publication.flush();

            List<byte[]> seals = seals();
            assertEquals(1, seals.size(), "8001-8192 is a part of a range, 8193-12288 is one");
            assertSeal(8_193, 12_288, seals.get(0));
        }
    }

    @Test
    void shouldSealARangeThatItBegins() {
        try (StreamPublication publication = publication(8_193)) {
            offer(publication);
            publication.endEpoch();

            assertSeal(8_193, 8_193, seals().get(0));
        }
    }

    @Test
    void shouldKeepItsPlaceBeforeAPacketIsOffered() {
        try (StreamPublication publication = publication(1)) {
            line.answerAlways(Publication.BACK_PRESSURED);
            offer(publication);
            offer(publication);
            publication.flush();
            publication.doWork();
            assertEquals(List.of("1-2"), kept, "once, whether or not a line took it");
            assertEquals(0, offersBefore, "before it was offered");

            line.answerAlways(1);
            publication.doWork();
            offer(publication);
            assertEquals(List.of("1-2"), kept, "nothing of a packet that is open");
            publication.endEpoch();
            assertEquals(List.of("1-2", "3-3", "end"), kept);
        }
    }

    @Override
    public void onSend(long first, long next) {
        offersBefore = line.offers();
        kept.add(first + "-" + (next - 1));
    }

    @Override
    public void onEnd() {
        kept.add("end");
    }

    private StreamPublication publication(long first) {
        PublicationContext context =
                new PublicationContext("itch", STREAM, EPOCH, 3, true, false, clock.wall(), clock).from(first, this);
        return new StreamPublication(context, new PacketLine[] {line}, Thread::onSpinWait, PublicationTick.NONE);
    }

    private static long offer(StreamPublication publication) {
        byte[] body = Packets.body(EPOCH, publication.nextSequence());
        return publication.offer(new UnsafeBuffer(body), 0, body.length);
    }

    private List<byte[]> seals() {
        return line.taken().stream().filter(packet -> packet[31] == 3).toList();
    }

    private void assertSeal(long first, long last, byte[] seal) {
        byte[] expected = Packets.seal(STREAM, EPOCH, first, last);
        System.arraycopy(seal, 8, expected, 8, 8);
        expected[24] = 3;
        assertArrayEquals(expected, seal);
    }
}
