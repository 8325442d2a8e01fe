// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.heliograph.engine.link.session.LinkCounters.Count;
import io.heliograph.engine.testkit.LinkFrames;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.FarewellFlyweight;
import io.heliograph.engine.wire.HeartbeatFlyweight;
import io.heliograph.engine.wire.LinkFrame;
import io.heliograph.engine.wire.PacketsFlyweight;
import io.heliograph.engine.wire.RequestFlyweight;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A session that was called, frame by frame, in virtual time. */
final class LinkSessionTest {
    private static final long MS = 1_000_000;
    private static final long EPOCH_NS = 1_700_000_000_000_000_000L;
    private static final byte[] NONE = {};
    private static final LZ4Compressor LZ4 = LZ4Factory.safeInstance().fastCompressor();

    private final List<String> events = new ArrayList<>();
    private final PipeEnd out = new PipeEnd();
    private final LinkCounters counters = new LinkCounters();
    private final ServiceRegistry services = new ServiceRegistry();
    private long nowNs = 5_000 * MS;
    private final LinkSession session = session(false);

    static Stream<Arguments> outOfState() {
        return Stream.of(
                arguments("a second HELLO", LinkFrames.hello("ny2", "ny", 1, 1)),
                arguments("a reply to request 1, which was never sent", LinkFrames.reply(1, 0, 0, true, NONE)),
                arguments("request 3 taken back before it was sent", LinkFrames.cancel(3)),
                arguments("pull 4 ended before it began", LinkFrames.stop(1, 4)),
                arguments("credit for pull 4, which was never made", LinkFrames.credit(1, 4, 10)),
                arguments(
                        "packets for pull 4, which was never made",
                        LinkFrames.packets(1, 4, 0, Packets.gap(1, 3, 1, 2))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outOfState")
    void shouldRejectWhatHasNoPlaceWithWords(String words, byte[] frame) {
        open();

        hear(frame);

        assertRejected(RejectCode.OUT_OF_STATE, words);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outOfState")
    void shouldTakeNothingBeforeHello(String words, byte[] frame) {
        if (frame[5] != LinkFrame.HELLO) {
            hear(frame);

            assertRejected(RejectCode.OUT_OF_STATE, "frame of type " + frame[5] + " before HELLO");
        }
    }

    @Test
    void shouldAnswerHelloAndBeat() {
        hear(LinkFrames.hello("ny2", "ldn", 1, 3));

        List<byte[]> frames = out.frames();
        assertEquals(List.of(LinkFrame.HELLO, LinkFrame.HEARTBEAT), types(frames));
        assertEquals(List.of("open ny2 of ldn"), events);
    }

    @Test
    void shouldSayHelloFirstWhenItCalls() {
        LinkSession caller = session(true);
        caller.start();

        assertEquals(List.of(LinkFrame.HELLO), types(out.frames()));
        session.start();
        assertEquals(0, out.waiting(), "who is called waits");
    }

    @Test
    void shouldRejectVersionsThatItDoesNotKnow() {
        hear(LinkFrames.hello("ny2", "ny", 2, 9));

        assertRejected(RejectCode.NO_COMMON_VERSION, "you know versions 2 to 9, this node 1");
    }

    @Test
    void shouldCallWhatIsNoFrameGarbage() {
        hear("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        assertRejected(RejectCode.GARBAGE, "a frame of type 32 cannot be 542393671 octets long");
    }

    @Test
    void shouldCloseAZmtpPeerWithoutAWordAndCountItApart() {
        hear(new byte[] {(byte) 0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 1});

        assertTrue(out.isClosed);
        assertEquals(0, out.waiting());
        assertEquals(1, counters.of(Count.ZMTP));
        assertEquals(0, counters.rejected());
    }

    @Test
    void shouldRejectAFrameThatIsTooLongAtItsHeader() {
        open();
        byte[] header = {1, 0, 16, 0, 1, LinkFrame.REQUEST, 0, 0};

        hear(header);

        assertRejected(RejectCode.BAD_FRAME, "a frame of type 7 cannot be 1048577 octets long");
    }

    @Test
    void shouldGiveUpAPeerThatNeverSaysHello() {
        tick(4_999 * MS);
        assertEquals(SessionState.OPENING, session.state());

        tick(1 * MS);

        assertRejected(RejectCode.TOO_LATE, "no HELLO within 5000 ms");
    }

    @Test
    void shouldBeatFourTimesASecond() {
        open();

        for (int i = 0; i < 100; i++) {
            hear(LinkFrames.heartbeat(1, 1, 0, 0));
            tick(10 * MS);
        }

        assertEquals(4, types(out.frames()).size());
    }

    @Test
    void shouldTakeASilentPeerForDeadAfterThreeMissedHeartbeats() {
        open();

        for (int i = 0; i < 100; i++) {
            tick(10 * MS);
        }
        assertEquals(SessionState.OPEN, session.state());
        tick(10 * MS);

        assertRejected(RejectCode.SILENT, "nothing heard for 1010 ms");
    }

    @Test
    void shouldNotBlameThePeerForItsOwnStandstill() {
        open();
        tick(250 * MS);

        tick(60_000 * MS);

        assertEquals(SessionState.OPEN, session.state());
        for (int i = 0; i < 4; i++) {
            tick(250 * MS);
        }
        assertEquals(SessionState.CLOSED, session.state());
    }

    @Test
    void shouldMeasureRoundTripAndClockOffset() {
        open();
        byte[] ours = last(LinkFrame.HEARTBEAT);
        long sentNs = HeartbeatFlyweight.sentNs(new UnsafeBuffer(ours), 0);

        // Two ms there, 7 ms held, two ms back; the peer's clock is an hour ahead.
        nowNs += 11 * MS;
        long hour = 3_600_000 * MS;
        hear(LinkFrames.heartbeat(99, EPOCH_NS + nowNs - 2 * MS + hour, sentNs, 7 * MS));

        assertEquals(4 * MS, session.timing().roundTripNs());
        assertEquals(hour, session.timing().clockOffsetNs());
        tick(250 * MS);
        UnsafeBuffer next = new UnsafeBuffer(last(LinkFrame.HEARTBEAT));
        assertEquals(99, HeartbeatFlyweight.echoNs(next, 0));
        assertEquals(250 * MS, HeartbeatFlyweight.heldNs(next, 0));
    }

    @Test
    void shouldTakeTheClockOffsetOfTheQuickestOfTheLastRoundTrips() {
        open();
        long[] waysNs = {9 * MS, 5 * MS, 7 * MS, 30 * MS, 30 * MS, 30 * MS, 30 * MS, 30 * MS, 30 * MS, 30 * MS};
        long[] offsets = new long[waysNs.length];
        long[] errors = new long[waysNs.length];
        for (int i = 0; i < waysNs.length; i++) {
            tick(250 * MS);
            long sentNs = HeartbeatFlyweight.sentNs(new UnsafeBuffer(last(LinkFrame.HEARTBEAT)), 0);
            // No time at all there, all of it on the way back: the estimate is off by half the round trip, its error.
            nowNs += waysNs[i];
            hear(LinkFrames.heartbeat(99, EPOCH_NS + nowNs - waysNs[i], sentNs, 0));
            offsets[i] = session.timing().clockOffsetNs();
            errors[i] = session.timing().clockErrorNs();
        }

        assertEquals(-4_500_000, offsets[0]);
        assertEquals(4_500_000, errors[0]);
        for (int i = 1; i <= 8; i++) {
            assertEquals(-2_500_000, offsets[i], "after " + i);
            assertEquals(2_500_000, errors[i], "after " + i);
        }
        // By then the quickest is the ninth last.
        assertEquals(-3_500_000, offsets[9]);
        assertEquals(3_500_000, errors[9]);
        assertEquals(30 * MS, session.timing().roundTripNs());
    }

    @Test
    void shouldLeaveOutTimesThatCannotBeTrue() {
        open();

        hear(LinkFrames.heartbeat(1, 1, nowNs + 1, 0));
        hear(LinkFrames.heartbeat(1, 1, nowNs, 1));
        hear(LinkFrames.heartbeat(1, 1, Long.MIN_VALUE, Long.MAX_VALUE));

        assertEquals(LinkTiming.NONE, session.timing());
        assertEquals(3, counters.of(Count.ODD_TIMES));
    }

    @Test
    void shouldEndByByeOnBothSides() {
        open();

        session.close();

        assertEquals(List.of(LinkFrame.BYE), types(out.frames()));
        assertFalse(out.isClosed);
        hear(LinkFrames.farewell(LinkFrame.BYE, 0, ""));
        assertTrue(out.isClosed);
        assertEquals("closed orderly end", events.get(1));
    }

    @Test
    void shouldAnswerByeWithBye() {
        open();

        hear(LinkFrames.farewell(LinkFrame.BYE, 0, ""));

        assertEquals(List.of(LinkFrame.BYE), types(out.frames()));
        assertTrue(out.isClosed);
        assertEquals(1, counters.of(Count.GOODBYES));
    }

    @Test
    void shouldNotWaitForAByeThatDoesNotCome() {
        open();
        session.close();

        tick(999 * MS);
        assertFalse(out.isClosed);
        tick(1 * MS);

        assertTrue(out.isClosed);
    }

    @Test
    void shouldSayWhatThePeerRejectsWithNothingUnprintable() {
        open();

        hear(LinkFrames.farewell(LinkFrame.REJECT, 7, "no\u001b[31m\nway"));

        assertEquals("closed rejected by the peer, not allowed: no?[31m?way", events.get(1));
        assertEquals(1, counters.rejectedByPeer(RejectCode.NOT_ALLOWED));
    }

    @Test
    void shouldGiveUpAPeerThatTakesNothing() {
        open();
        out.high = 1;
        session.isWritable();
        out.claim(24);
        out.commit();

        for (int i = 0; i < 2_999; i++) {
            hear(LinkFrames.heartbeat(1, 1, 0, 0));
            tick(10 * MS);
        }
        assertEquals(SessionState.OPEN, session.state());
        out.take(1);
        for (int i = 0; i < 3_000; i++) {
            hear(LinkFrames.heartbeat(1, 1, 0, 0));
            tick(10 * MS);
        }
        assertEquals(SessionState.OPEN, session.state(), "it took an octet");
        tick(10 * MS);

        assertEquals(SessionState.CLOSED, session.state());
        assertEquals(1, counters.rejected(RejectCode.STALLED));
    }

    @Test
    void shouldRefuseRequestsBeyondTheLimitAndRejectWhoTakesNoRefusals() {
        services.register("slow", (from, id, service, body, offset, length) -> {});
        open();
        for (int i = 1; i <= Answers.LIMIT; i++) {
            hear(LinkFrames.request(i, 10_000, "slow", NONE));
        }
        assertEquals(0, out.waiting());

        hear(LinkFrames.request(65, 10_000, "slow", NONE));

        UnsafeBuffer refusal = new UnsafeBuffer(last(LinkFrame.REPLY));
        assertEquals(ReplyStatus.BUSY, RequestFlyweight.status(refusal, 0));
        out.high = 0;
        hear(LinkFrames.request(66, 10_000, "slow", NONE));
        assertRejected(RejectCode.OUT_OF_STATE, "it asks on and takes no answers");
    }

    @Test
    void shouldRejectRequestsThatGoBackwards() {
        open();
        hear(LinkFrames.request(7, 100, "any", NONE));

        hear(LinkFrames.request(7, 100, "any", NONE));

        assertRejected(RejectCode.OUT_OF_STATE, "request 7 after request 7");
    }

    @Test
    void shouldAnswerForAServiceThatThrows() {
        services.register("broken", (from, id, service, body, offset, length) -> {
            throw new IllegalStateException("a service's own mistake");
        });
        open();

        hear(LinkFrames.request(1, 100, "broken", NONE));

        UnsafeBuffer reply = new UnsafeBuffer(last(LinkFrame.REPLY));
        assertEquals(ReplyStatus.FAILED, RequestFlyweight.status(reply, 0));
        assertEquals(List.of("open ny2 of ny", "error a service's own mistake"), events);
    }

    @Test
    void shouldAnswerNobodyAfterTheDeadline() {
        List<String> gone = new ArrayList<>();
        services.register("slow", new RequestHandler() {
            @Override
            public void onRequest(Session from, long id, String service, DirectBuffer body, int offset, int length) {}

            @Override
            public void onGone(Session from, long id) {
                gone.add("gone " + id);
            }
        });
        open();
        hear(LinkFrames.request(1, 100, "slow", NONE));

        tick(100 * MS);

        assertEquals(List.of("gone 1"), gone);
        assertFalse(session.reply(1, 0, true, new UnsafeBuffer(NONE), 0, 0));
    }

    @Test
    void shouldTakeBackWhatIsNotAnsweredInTime() {
        open();
        Recorder recorder = new Recorder();
        session.request("replay", new UnsafeBuffer(NONE), 0, 0, nowNs, nowNs + 100 * MS, recorder);
        assertEquals(List.of(LinkFrame.REQUEST), types(out.frames()));

        tick(99 * MS);
        assertEquals(List.of(), recorder.said);
        tick(1 * MS);

        assertEquals(List.of("lost no answer within its deadline"), recorder.said);
        byte[] cancel = last(LinkFrame.REQUEST);
        assertEquals(RequestFlyweight.FLAG_CANCEL, LinkFrame.flags(new UnsafeBuffer(cancel), 0));
        hear(LinkFrames.reply(1, 0, 0, true, NONE));
        assertEquals(1, counters.of(Count.LATE_REPLIES));
        assertEquals(SessionState.OPEN, session.state());
    }

    @Test
    void shouldRejectPagesOutOfTurn() {
        open();
        session.request("replay", new UnsafeBuffer(NONE), 0, 0, nowNs, nowNs + 100 * MS, new Recorder());
        hear(LinkFrames.reply(1, 0, 0, false, NONE));

        hear(LinkFrames.reply(1, 2, 0, true, NONE));

        assertRejected(RejectCode.OUT_OF_STATE, "page 2 of the answer to request 1 where page 1 comes");
    }

    @Test
    void shouldRejectAPullFromFartherThanAnySequence() {
        open();
        hear(LinkFrames.pull(1, 1, 1, Long.MIN_VALUE, 1 << 20));
        assertEquals(1, counters.rejected(RejectCode.BAD_FRAME));
    }

    @Test
    void shouldRejectPacketsBeyondTheCredit() {
        open();
        byte[] packets = packets(1);
        session.streams()
                .pull(1, 3, 1, packets.length, (stream, buffer, offset, length, frame) -> events.add("packets"));
        hear(packets);
        assertEquals("packets", events.get(1));

        hear(packets);

        assertRejected(RejectCode.TOO_MUCH, packets.length + " octets of stream 1, credit was 0");
    }

    @Test
    void shouldRejectPacketsThatAreNotThoseThatWereSent() {
        open();
        session.streams().pull(1, 3, 1, 10_000, (stream, buffer, offset, length, frame) -> events.add("packets"));
        byte[] packets = packets(1);
        packets[packets.length - 1] ^= 1;

        hear(packets);

        assertRejected(RejectCode.CORRUPT, "packets of stream 1 are not those that were sent");
    }

    @Test
    void shouldDropPacketsOfAPullThatWasReplaced() {
        open();
        session.streams().pull(1, 3, 1, 10_000, (stream, buffer, offset, length, frame) -> events.add("first"));
        session.streams().pull(1, 3, 9, 10_000, (stream, buffer, offset, length, frame) -> events.add("second"));

        hear(packets(1));
        hear(packets(2));

        assertEquals(List.of("open ny2 of ny", "second"), events);
        assertEquals(1, counters.of(Count.LATE_PACKETS));
    }

    @Test
    void shouldHandOutWhatWasCompressedAndTakeCreditForWhatItWas() {
        open();
        byte[] entries = LinkFrames.entries(Packets.data(1, 3, 1, 20), Packets.data(1, 3, 21, 40));
        int plain = PacketsFlyweight.ENTRIES_OFFSET + entries.length;
        session.streams().pull(1, 3, 1, plain, (stream, buffer, offset, length, cost) -> {
            byte[] came = new byte[length];
            buffer.getBytes(offset, came);
            events.add(Arrays.equals(entries, came) + " " + cost);
        });

        hear(LinkFrames.compressed(1, 1, 2, entries.length, LZ4.compress(entries)));
        assertEquals("true " + plain, events.get(1));
        hear(LinkFrames.compressed(1, 1, 2, entries.length, LZ4.compress(entries)));

        assertRejected(RejectCode.TOO_MUCH, plain + " octets of stream 1, credit was 0");
    }

    static Stream<Arguments> foul() {
        byte[] entries = LinkFrames.entries(Packets.data(1, 3, 1, 20));
        byte[] block = LZ4.compress(entries);
        byte[] noise = new byte[100];
        Arrays.fill(noise, (byte) 0xF0);
        return Stream.of(
                arguments(entries.length, noise),
                arguments(entries.length + 1, block),
                arguments(entries.length - 1, block),
                arguments(PacketsFlyweight.MAX_PLAIN_LENGTH, block),
                arguments(entries.length, Arrays.copyOf(block, block.length - 1)));
    }

    @ParameterizedTest
    @MethodSource("foul")
    void shouldRejectWhatIsNoBlockOrOfAnotherLength(int plainLength, byte[] block) {
        open();
        session.streams().pull(1, 3, 1, 9_999_999, (stream, buffer, offset, length, cost) -> events.add("packets"));

        hear(LinkFrames.compressed(1, 1, 1, plainLength, block));

        assertRejected(RejectCode.CORRUPT, "packets of stream 1 are no LZ4 block of " + plainLength + " octets");
        assertFalse(events.contains("packets"));
    }

    @Test
    void shouldRejectPacketsThatAreMalformedInTheirBlock() {
        open();
        session.streams().pull(1, 3, 1, 10_000, (stream, buffer, offset, length, cost) -> events.add("packets"));
        byte[] entries = LinkFrames.entries(Packets.data(1, 3, 1, 20), Packets.data(2, 3, 1, 20));

        hear(LinkFrames.compressed(1, 1, 2, entries.length, LZ4.compress(entries)));

        assertRejected(RejectCode.BAD_FRAME, "a packet is malformed, or of another stream than its frame");
        assertFalse(events.contains("packets"));
    }

    private static byte[] packets(int pull) {
        return LinkFrames.packets(1, pull, Packets.data(1, 3, 1, 2));
    }

    private void open() {
        hear(LinkFrames.hello("ny2", "ny", 1, 1));
        assertEquals(SessionState.OPEN, session.state());
        lastFrames = out.frames();
    }

    private List<byte[]> lastFrames = List.of();

    private byte[] last(int type) {
        List<byte[]> all = new ArrayList<>(lastFrames);
        all.addAll(out.frames());
        lastFrames = List.of();
        return all.stream()
                .filter(frame -> frame[5] == type)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private void assertRejected(RejectCode code, String words) {
        UnsafeBuffer reject = new UnsafeBuffer(last(LinkFrame.REJECT));
        assertEquals(code.code(), FarewellFlyweight.code(reject, 0));
        assertEquals(words, Utterances.words(reject, 0));
        assertEquals(1, counters.rejected(code));
        assertEquals(SessionState.CLOSED, session.state());
        assertTrue(out.isClosed);
    }

    private void hear(byte[] octets) {
        session.onOctets(new UnsafeBuffer(octets), 0, octets.length, nowNs, EPOCH_NS + nowNs);
    }

    private void tick(long ns) {
        nowNs += ns;
        session.onTick(nowNs, EPOCH_NS + nowNs);
    }

    private static List<Integer> types(List<byte[]> frames) {
        return frames.stream().map(frame -> (int) frame[5]).toList();
    }

    private LinkSession session(boolean isDialler) {
        SessionContext context = new SessionContext(
                "ny1",
                "ny",
                isDialler,
                name -> PeerJudge.Verdict.accepted(name, LinkPermissions.ALL),
                services,
                PullHandler.NONE,
                LinkTimes.DEFAULT,
                counters,
                new Life(),
                error -> events.add("error " + error.getMessage()),
                Runnable::run);
        return new LinkSession(context, out, nowNs, EPOCH_NS + nowNs);
    }

    private final class Life implements SessionListener {
        @Override
        public void onOpen(LinkSession opened) {
            events.add("open " + opened.peer() + " of " + opened.peerSite());
        }

        @Override
        public void onClosed(LinkSession ended, SessionEnd end) {
            events.add("closed " + end);
        }
    }

    private static final class Recorder implements ReplyHandler {
        final List<String> said = new ArrayList<>();

        @Override
        public void onReply(long id, int status, boolean isLast, DirectBuffer body, int offset, int length) {
            said.add(status + (isLast ? " last" : ""));
        }

        @Override
        public void onLost(long id, String why) {
            said.add("lost " + why);
        }
    }
}
