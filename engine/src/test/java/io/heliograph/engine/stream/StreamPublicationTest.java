// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.stream.PublicationFixture.EPOCH;
import static io.heliograph.engine.stream.PublicationFixture.STREAM;
import static io.heliograph.engine.stream.PublicationFixture.words;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.RecordingLine;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What is packed, when it leaves, and what is said meanwhile. */
final class StreamPublicationTest {
    private PublicationFixture on = new PublicationFixture(false, false);
    private final MessageClaim claim = new MessageClaim();

    @Test
    void shouldSendTheSameOctetsToEveryLine() {
        assertEquals(1, on.offer());
        assertEquals(2, on.offer());
        assertEquals(3, on.publication.flush());

        byte[] packet = on.a.taken().get(0);
        assertArrayEquals(packet, on.b.taken().get(0));
        byte[] expected = Packets.data(STREAM, EPOCH, 1, 2);
        PacketFlyweight.sentEpochNs(
                new UnsafeBuffer(expected), 0, on.clock.wall().nanoTime());
        expected[PacketFlyweight.SOURCE_OFFSET] = 3;
        assertArrayEquals(expected, packet);
        assertEquals(1, on.publication.packets());
        assertEquals(2, on.publication.messages());
    }

    @Test
    void shouldCarryTheTimeAtWhichThePacketsFirstMessageWasOffered() {
        long first = on.clock.wall().nanoTime();
        on.offer();
        on.clock.advanceMs(3);
        on.offer();
        on.clock.advanceMs(3);
        on.publication.flush();
        on.offer();
        on.publication.flush();

        List<byte[]> packets = on.a.taken();
        assertEquals(first, PacketFlyweight.sentEpochNs(new UnsafeBuffer(packets.get(0)), 0));
        assertEquals(first + 6_000_000, PacketFlyweight.sentEpochNs(new UnsafeBuffer(packets.get(1)), 0));
    }

    @Test
    void shouldCloseAPacketWhenTheNextMessageWouldNotFitADatagram() {
        for (int i = 0; i < 36; i++) {
            on.offer(36);
        }
        assertEquals("data 1-35", words(on.a));

        on.publication.flush();
        assertEquals("data 36", words(on.a));
    }

    @Test
    void shouldFillADatagramToItsLastOctet() {
        on.offer(1376 - 32 - 2 - 2 - 10);
        on.offer(10);
        assertEquals(List.of(), on.a.taken());
        on.publication.flush();

        assertEquals(1376, on.a.taken().get(0).length);
    }

    @Test
    void shouldSendAMessageLongerThanADatagramAlone() {
        on.offer(10);
        assertEquals(2, on.offer(65_535));
        on.offer(0);
        on.publication.flush();

        List<byte[]> packets = on.a.taken();
        assertEquals(
                List.of(44, 65_569, 34),
                packets.stream().map(packet -> packet.length).toList());
    }

    @Test
    void shouldRefuseAMessageThatNoLengthPrefixCanSay() {
        assertEquals(Outcome.TOO_LONG, on.offer(65_536));
        assertEquals(Outcome.TOO_LONG, on.publication.claim(Integer.MAX_VALUE, claim));
        on.offer(10);
        assertEquals(Outcome.TOO_LONG, on.publication.claim(Integer.MAX_VALUE, claim));
        assertEquals(2, on.offer(10));
    }

    @Test
    void shouldRefuseAMessageThatALineWithShortTermsCannotCarry() {
        PublicationFixture shortTerms = new PublicationFixture(new RecordingLine("A", 1376, 8192));

        assertEquals(8192 - 34, shortTerms.publication.maxMessageLength());
        assertEquals(Outcome.TOO_LONG, shortTerms.offer(8192 - 33));
        assertEquals(1, shortTerms.offer(8192 - 34));
        assertEquals(2, shortTerms.publication.flush());
        assertEquals(8192, shortTerms.a.taken().get(0).length);
    }

    @Test
    void shouldRefuseANegativeLengthAndGoOn() {
        on.offer(10);

        assertThrows(RuntimeException.class, () -> on.publication.claim(-1, claim));
        assertThrows(RuntimeException.class, () -> on.publication.offer(new UnsafeBuffer(new byte[1]), 0, -1));

        assertEquals(2, on.offer(10));
        on.publication.flush();
        assertEquals("data 1-2", words(on.a));
    }

    @Test
    void shouldPackAClaimedMessageWhenItIsCommitted() {
        on.offer();
        byte[] body = Packets.body(EPOCH, 2);

        assertEquals(2, on.publication.claim(body.length, claim));
        claim.buffer().putBytes(claim.offset(), body);
        assertEquals(Outcome.CLAIM_OPEN, on.offer());
        assertEquals(Outcome.CLAIM_OPEN, on.publication.claim(1, claim));
        assertEquals(Outcome.CLAIM_OPEN, on.publication.flush());
        assertEquals(Outcome.CLAIM_OPEN, on.publication.endEpoch());
        claim.commit();
        on.publication.flush();

        byte[] expected = Packets.data(STREAM, EPOCH, 1, 2);
        byte[] packet = on.a.taken().get(0);
        assertArrayEquals(
                Arrays.copyOfRange(expected, 32, expected.length), Arrays.copyOfRange(packet, 32, packet.length));
    }

    @Test
    void shouldGiveTheNumberOfAnAbortedClaimToTheNextMessage() {
        assertEquals(1, on.publication.claim(100, claim));
        claim.abort();
        claim.commit();

        assertEquals(1, on.offer());
        on.publication.flush();
        assertEquals("data 1", words(on.a));
    }

    @Test
    void shouldSendWhatWaitsInTheDutyCycle() {
        on.offer();
        assertEquals(1, on.publication.doWork());
        assertEquals("data 1", words(on.a));
        assertEquals(0, on.publication.doWork());
    }

    @Test
    void shouldHeartbeatAfter1And4And16And64MsAndThenEvery100() {
        on.offer();
        on.publication.doWork();
        on.a.taken();
        StringBuilder at = new StringBuilder();
        for (int ms = 1; ms <= 400; ms++) {
            on.work(1);
            String sent = words(on.a);
            at.append(sent.isEmpty() ? "" : ms + ":" + sent + " ");
        }

        assertEquals(
                "1:heartbeat 2 4:heartbeat 2 16:heartbeat 2 64:heartbeat 2 164:heartbeat 2 264:heartbeat 2 "
                        + "364:heartbeat 2 ",
                at.toString());
    }

    @Test
    void shouldSealTheRangeBegunWithTheFirstHeartbeatAt100Ms() {
        on = new PublicationFixture(true, false);
        on.offer();
        on.offer();
        on.publication.doWork();
        on.a.taken();
        StringBuilder at = new StringBuilder();
        for (int ms = 1; ms <= 300; ms++) {
            on.work(1);
            String sent = words(on.a);
            at.append(sent.isEmpty() ? "" : ms + ":" + sent + " ");
        }

        assertEquals(
                "1:heartbeat 3 4:heartbeat 3 16:heartbeat 3 64:heartbeat 3 164:seal 1-2 264:heartbeat 3 ",
                at.toString());
    }

    @Test
    void shouldCloseAPacketAtTheEndOfASealedRangeAndSealIt() {
        on = new PublicationFixture(true, false);
        while (on.publication.nextSequence() <= 4100) {
            on.offer();
        }
        on.publication.flush();

        String words = words(on.a);
        assertTrue(words.contains("-4096, seal 1-4096, data 4097-"), words);
        assertEquals(words, words(on.b));
    }

    @Test
    void shouldStateTheCrcOfTheMessagesInASeal() {
        on = new PublicationFixture(true, false);
        while (on.publication.nextSequence() <= 4096) {
            on.offer();
        }

        List<byte[]> packets = on.a.taken();
        UnsafeBuffer seal = new UnsafeBuffer(packets.get(packets.size() - 1));
        assertEquals(Packets.crc(EPOCH, 1, 4096), ControlFlyweight.sealCrc(seal, 0));
    }

    @Test
    void shouldSealAndEndTheEpochAndRepeatTheEndForASecond() {
        on = new PublicationFixture(true, false);
        on.offer();
        assertFalse(on.publication.isLingering());

        assertEquals(1, on.publication.endEpoch());
        assertEquals("data 1, seal 1-1, end 2", words(on.a));
        assertEquals(1, on.publication.endEpoch());
        assertEquals("", words(on.a));
        assertEquals(Outcome.CLOSED, on.offer());

        int ends = 0;
        int ms = 0;
        for (; on.publication.isLingering() && ms < 2000; ms++) {
            on.work(1);
            String words = words(on.a);
            assertTrue(words.isEmpty() || words.equals("end 2"), words);
            ends += words.isEmpty() ? 0 : 1;
        }
        assertEquals(1001, ms);
        assertTrue(ends >= 10, "ends: " + ends);
    }

    @Test
    void shouldEndAnEpochWithoutMessages() {
        on = new PublicationFixture(true, false);

        assertEquals(0, on.publication.endEpoch());

        assertEquals("end 1", words(on.a));
    }

    @Test
    void shouldAcceptNothingOnceItIsClosed() {
        on.offer();
        on.publication.close();
        on.publication.close();

        assertTrue(on.a.isClosed() && on.b.isClosed());
        assertEquals(Outcome.CLOSED, on.offer());
        assertEquals(Outcome.CLOSED, on.publication.claim(1, claim));
        assertEquals(Outcome.CLOSED, on.publication.endEpoch());
        assertEquals(Outcome.CLOSED, on.publication.flush());
        assertEquals(0, on.publication.doWork());
        assertFalse(on.publication.isLingering());
    }
}
