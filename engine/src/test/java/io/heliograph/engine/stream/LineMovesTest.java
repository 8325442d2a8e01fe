// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.stream.PublicationFixture.EPOCH;
import static io.heliograph.engine.stream.PublicationFixture.STREAM;
import static io.heliograph.engine.stream.PublicationFixture.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Publication;
import io.heliograph.config.LinePolicy;
import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.RecordingLine;
import io.heliograph.engine.wire.PacketFlyweight;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pinned stream leaves a line that is lost, sends again what that may not have brought, and goes back. */
final class LineMovesTest {
    private static final long A = 1;
    private static final long B = 2;
    private static final long BOTH = A | B;
    private static final int TICK_MS = 5;

    private final ManualClock clock = new ManualClock();
    private final Health health = new Health();
    private RecordingLine a = new RecordingLine("A");
    private RecordingLine b = new RecordingLine("B");
    private StreamPublication publication = pinned(false);

    @AfterEach
    void close() {
        publication.close();
    }

    @Test
    void shouldSendOnTheFirstLineAloneWhileItIsUp() {
        send(3);
        work(500);

        assertEquals("data 1, data 2, data 3", words(a).substring(0, 22));
        assertEquals("", words(b), "no heartbeat either");
        assertEquals(A, publication.sending().active());
    }

    @Test
    void shouldSendAgainOnTheOtherLineAllSinceTheLostOneWasGood() {
        send(2);
        work(100);
        long goodNs = clock.nanoTime();
        work(TICK_MS);
        send(2);
        words(a);
        lose(A, goodNs);
        send(1);

        assertEquals("data 3, data 4, data 5", words(b));
        assertEquals("", words(a));
        assertEquals(B, publication.sending().active());
        assertEquals(2, publication.sending().resent());
        assertEquals(1, publication.sending().moves());
    }

    @Test
    void shouldMarkWhatIsSentAgainAsPossibleDuplicateAndNothingElse() {
        send(1);
        lose(A, clock.nanoTime() - 50_000_000L);
        send(1);

        List<byte[]> packets = b.taken();
        assertEquals(
                PacketFlyweight.FLAG_POSSIBLE_DUPLICATE, PacketFlyweight.flags(new UnsafeBuffer(packets.get(0)), 0));
        assertEquals(0, PacketFlyweight.flags(new UnsafeBuffer(packets.get(1)), 0));
    }

    @Test
    void shouldSendAgainTheWholeWindowWhenNobodySaysUntilWhenTheLineWasGood() {
        send(1);
        work(2_100);
        send(1);
        work(1_000);
        send(1);
        lose(A, Long.MAX_VALUE);

        assertEquals("data 2, data 3", words(b), "2 s, not 3.1");
    }

    @Test
    void shouldKeepTheOrderWhenTheNewLinePushesBack() {
        send(3);
        b.answer(1, Publication.BACK_PRESSURED);
        lose(A, clock.nanoTime() - 50_000_000L);
        assertEquals("data 1", words(b), "the first of three");
        b.answer(Publication.BACK_PRESSURED);
        assertEquals(4, offer());
        assertEquals(5, publication.flush());

        assertEquals("", words(b));
        assertEquals(2, publication.sending().stateOf(1));
        work(1);
        assertEquals("data 2, data 3, data 4", words(b));
        assertEquals(1, publication.sending().stateOf(1));
    }

    @Test
    void shouldGoBackAndSendOnBothLinesUntilTheFirstWasHeardForASecond() {
        lose(A, clock.nanoTime());
        a.answerAlways(Publication.NOT_CONNECTED);
        send(1);
        health.up = BOTH;
        work(TICK_MS);
        work(2_000);
        words(b);
        send(1);
        assertEquals("data 2", words(b), "nobody hears A so far");

        a.answerAlways(1);
        work(TICK_MS);
        work(995);
        words(b);
        send(1);
        assertEquals("data 3", words(b));
        assertTrue(words(a).endsWith("data 3"));

        work(TICK_MS);
        words(b);
        send(1);
        work(200);
        assertTrue(words(a).startsWith("data 4"));
        assertEquals("", words(b), "heartbeats and all");
        assertEquals(0, publication.sending().resent());
        assertEquals(2, publication.sending().moves());
    }

    @Test
    void shouldStayWhereItIsWhenNoLineIsLeft() {
        health.up = 0;
        work(TICK_MS);
        send(1);

        assertTrue(words(a).endsWith("data 1"));
        assertEquals(A, publication.sending().active());
    }

    @Test
    void shouldTakeWhatTheFirstMoveDidNotBringWhenTheSecondLineIsLostToo() {
        send(2);
        b.answerAlways(Publication.BACK_PRESSURED);
        lose(A, clock.nanoTime() - 50_000_000L);
        send(1);
        words(a);
        health.up = A;
        health.goodUntilNs = clock.nanoTime();
        work(TICK_MS);

        assertEquals("data 1, data 2, data 3", words(a));
    }

    @Test
    void shouldSendAPacketOnTheNewLineWhenTheLostOnePushedItBack() {
        a.answerAlways(Publication.BACK_PRESSURED);
        assertEquals(1, offer());
        assertEquals(Outcome.BACK_PRESSURED, publication.flush());
        lose(A, clock.nanoTime());
        publication.flush();

        assertEquals("data 1", words(b));
        assertEquals(0, publication.unsent());
    }

    @Test
    void shouldCountAsUnheardWhatNobodyHearsOnTheNewLine() {
        b.answerAlways(Publication.NOT_CONNECTED);
        send(1);
        lose(A, Long.MAX_VALUE);
        send(2);

        assertEquals(2, publication.unheard());
        b.answerAlways(1);
        work(1);
        assertEquals("data 1, data 2, data 3", words(b), "who comes late gets the window");
    }

    @Test
    void shouldRefuseRatherThanLoseWhatALosslessLineStillNeeds() {
        publication.close();
        publication = pinned(true);
        send(1);
        b.answerAlways(Publication.BACK_PRESSURED);
        lose(A, Long.MAX_VALUE);
        long accepted = 0;
        while (accepted < 100 && offer(60_000) > 0 && publication.flush() > 0) {
            accepted++;
        }
        assertTrue(accepted > 10 && accepted < 100, "accepted " + accepted);

        b.answerAlways(1);
        work(1);
        publication.flush();
        assertEquals(0, publication.line(1).skipped());
        assertEquals(1 + accepted + 1, b.taken().size(), "the one before, those that were accepted, and the refused");
    }

    @Test
    void shouldCountWhatASlowNewLineMissesWhenItIsNotLossless() {
        send(1);
        b.answerAlways(Publication.BACK_PRESSURED);
        lose(A, Long.MAX_VALUE);
        for (int i = 0; i < 100; i++) {
            assertTrue(offer(60_000) > 0 && publication.flush() > 0);
        }
        b.answerAlways(1);
        work(1);

        long skipped = publication.line(1).skipped();
        assertTrue(skipped > 0);
        assertEquals(101, b.taken().size() + skipped);
    }

    @Test
    void shouldCloseALineWhoseNicIsGoneAndOpenItWhenItIsBack() {
        health.gone = A;
        lose(A, clock.nanoTime());
        work(TICK_MS);
        assertEquals("rest", a.rests());
        health.gone = 0;
        work(TICK_MS);
        assertEquals("rest", a.rests(), "there again, and not up yet");

        health.up = BOTH;
        work(TICK_MS);
        assertEquals("rest, open", a.rests());
    }

    /** What it holds back, and what is asked for again, would hold up what is new when the path is back. */
    @Test
    void shouldCloseALineThatItHasLeftWhenItsNicIsDownThoughItIsThere() {
        lose(A, clock.nanoTime());
        work(2 * TICK_MS);
        assertEquals("rest", a.rests());
        assertEquals(B, publication.sending().active());

        health.up = BOTH;
        work(TICK_MS);
        assertEquals("rest, open", a.rests());
    }

    @Test
    void shouldLeaveALineWhoseListenersHaveGoneWhileAnotherOneHasSome() {
        send(2);
        words(a);
        a.answerAlways(Publication.NOT_CONNECTED);
        work(255);
        send(1);

        assertEquals("data 1, data 2, data 3", words(b), "all of the window: nobody says until when A was heard");
        assertEquals(B, publication.sending().active());

        a.answerAlways(1);
        work(1_100);
        words(b);
        send(1);
        assertTrue(words(a).endsWith("data 4"));
        assertEquals("", words(b));
    }

    @Test
    void shouldStayWhereItIsWhileListenersComeOneLineAfterTheOther() {
        a.answerAlways(Publication.NOT_CONNECTED);
        work(245);
        a.answerAlways(1);
        work(TICK_MS);
        a.answerAlways(Publication.NOT_CONNECTED);
        work(245);

        assertEquals(A, publication.sending().active(), "a quarter of a second in one piece");
        assertEquals(0, publication.sending().moves());
    }

    @Test
    void shouldStayWhereItIsWhenNobodyHearsAnyLine() {
        a.answerAlways(Publication.NOT_CONNECTED);
        b.answerAlways(Publication.NOT_CONNECTED);
        work(5_000);

        assertEquals(A, publication.sending().active());
        assertEquals(0, publication.sending().moves());
    }

    /** Its subscribers are on one line each, perhaps all on the same. */
    @Test
    void shouldSendASpreadStreamOnALineWithoutListeners() {
        publication.close();
        publication = over(LinePolicy.SPREAD, false);
        a.answerAlways(Publication.NOT_CONNECTED);
        work(5_000);

        assertEquals(BOTH, publication.sending().active());
        assertFalse(publication.sending().isSingleLineRisk());
    }

    @Test
    void shouldSayThatARedundantStreamIsHeardOnOneLineOnly() {
        publication.close();
        publication = over(LinePolicy.REDUNDANT, false);
        a.answerAlways(Publication.NOT_CONNECTED);
        work(255);
        assertTrue(publication.sending().isSingleLineRisk());

        a.answerAlways(1);
        work(TICK_MS);
        words(b);
        send(1);
        assertFalse(publication.sending().isSingleLineRisk());
        assertTrue(words(a).endsWith("data 1"));
        assertEquals("data 1", words(b), "and nothing twice");
    }

    @Test
    void shouldStayOnItsLineWhenNoNicIsUp() {
        health.up = 0;
        work(10 * TICK_MS);

        assertEquals("", a.rests());
        assertEquals("rest", b.rests());
        assertEquals(A, publication.sending().active());
    }

    @Test
    void shouldSayWhenARedundantStreamIsDownToOneLine() {
        publication.close();
        publication = over(LinePolicy.REDUNDANT, false);
        assertFalse(publication.sending().isSingleLineRisk());
        send(1);
        assertEquals("data 1", words(a));
        lose(A, clock.nanoTime());
        words(b);
        send(1);

        assertTrue(publication.sending().isSingleLineRisk());
        assertEquals("data 2", words(b), "nothing is sent again: it was there");
        assertEquals("", words(a));
        health.up = BOTH;
        work(TICK_MS);
        words(a);
        send(1);
        assertEquals("data 3", words(a));
        assertFalse(publication.sending().isSingleLineRisk());
    }

    @Test
    void shouldRepeatForSubscribersOnTheirWayWhenALineOfASpreadStreamIsLost() {
        publication.close();
        publication = over(LinePolicy.SPREAD, false);
        send(1);
        work(100);
        long goodNs = clock.nanoTime();
        send(2);
        lose(A, goodNs);
        assertEquals("data 1, data 2, data 3", data(b));

        work(490);
        send(1);
        assertEquals("data 4", data(b), "too early");
        work(TICK_MS);
        assertEquals("data 2, data 3, data 4", data(b));
        work(195);
        assertEquals("", data(b));
        work(TICK_MS);
        assertEquals("data 2, data 3, data 4", data(b));
        work(200);
        assertEquals("data 2, data 3, data 4", data(b));
        work(1_000);
        assertEquals("", data(b));
        assertTrue(publication.sending().isSingleLineRisk());
    }

    @Test
    void shouldNotHoldUpWhatIsNewWhileALineRepeats() {
        publication.close();
        publication = over(LinePolicy.SPREAD, false);
        send(20);
        lose(A, clock.nanoTime() - 600_000_000L);
        b.answerAlways(Publication.BACK_PRESSURED);
        work(TICK_MS);
        b.taken();
        b.answerAlways(1);
        send(1);

        String sent = data(b);
        assertTrue(sent.startsWith("data 21, data 1, data 2, "), sent);
        work(1);
        assertTrue(data(b).endsWith(", data 20"));
    }

    private static String data(RecordingLine line) {
        return Arrays.stream(words(line).split(", "))
                .filter(word -> word.startsWith("data"))
                .collect(Collectors.joining(", "));
    }

    private StreamPublication pinned(boolean isLossless) {
        return over(LinePolicy.PIN, isLossless);
    }

    private StreamPublication over(LinePolicy policy, boolean isLossless) {
        a = new RecordingLine("A");
        b = new RecordingLine("B");
        // The least window: a bit a second.
        LineRoute route = new LineRoute(choice(policy), health, 2_000_000_000L, 1);
        return new StreamPublication(
                new PublicationContext("itch", STREAM, EPOCH, 0, false, isLossless, clock.wall(), clock),
                route,
                new PacketLine[] {a, b},
                () -> {},
                PublicationTick.NONE);
    }

    private static LineChoice choice(LinePolicy policy) {
        Topology topology = LoopbackTopology.with("lines=\"" + policy.name().toLowerCase(Locale.ROOT) + "\"");
        Stream stream = topology.streams().get(0);
        return LineChoice.of(stream, Lines.of(topology, stream));
    }

    private void lose(long line, long goodUntilNs) {
        health.up &= ~line;
        health.goodUntilNs = goodUntilNs;
        work(TICK_MS);
    }

    private void work(long ms) {
        for (long done = 0; done < ms; done += TICK_MS) {
            clock.advanceMs(Math.min(TICK_MS, ms - done));
            publication.doWork();
        }
    }

    private long offer() {
        byte[] body = Packets.body(EPOCH, publication.nextSequence());
        return publication.offer(new UnsafeBuffer(body), 0, body.length);
    }

    private long offer(int length) {
        return publication.offer(new UnsafeBuffer(new byte[length]), 0, length);
    }

    /** A packet each. */
    private void send(int messages) {
        for (int i = 0; i < messages; i++) {
            assertTrue(offer() > 0);
            publication.flush();
        }
    }

    private static final class Health implements LineHealth {
        private long up = BOTH;
        private long gone;
        private long goodUntilNs = Long.MAX_VALUE;

        @Override
        public long up() {
            return up;
        }

        @Override
        public long goodUntilNs(int line) {
            return goodUntilNs;
        }

        @Override
        public boolean isGone(int line) {
            return LineChoice.has(gone, line);
        }
    }
}
