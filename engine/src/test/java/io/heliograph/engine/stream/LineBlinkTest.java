// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.stream.PublicationFixture.EPOCH;
import static io.heliograph.engine.stream.PublicationFixture.STREAM;
import static io.heliograph.engine.stream.PublicationFixture.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Publication;
import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.RecordingLine;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All NICs of a stream are away for a moment, and back: it waits for no hold, and sends again what nobody could hear. */
final class LineBlinkTest {
    private static final long A = 1;
    private static final long B = 2;
    private static final long BOTH = A | B;
    private static final int TICK_MS = 5;

    private final ManualClock clock = new ManualClock();
    private final Health health = new Health();
    private final RecordingLine a = new RecordingLine("A");
    private final RecordingLine b = new RecordingLine("B");
    private StreamPublication publication = over("pin");

    @AfterEach
    void close() {
        publication.close();
    }

    @Test
    void shouldStayOnItsLineWhenEveryNicIsGone() {
        blink(BOTH);
        work(500);

        assertEquals("rest", a.rests());
        assertEquals(A, publication.sending().active());
        assertEquals("", words(b));
    }

    @Test
    void shouldUseALineAtOnceWhenItsNicIsBackAndNoneIsUp() {
        blink(BOTH);
        work(100);
        assertEquals("rest", a.rests());
        health.mended = A;
        work(2 * TICK_MS);

        assertEquals("rest, open", a.rests());
        assertEquals("rest", b.rests());
        words(a);
        send(1);
        assertEquals("data 1", data(a));
    }

    @Test
    void shouldSendAgainWhatWasOfferedSinceTheLineWasGood() {
        send(1);
        work(200);
        long goodNs = clock.nanoTime();
        send(1);
        assertEquals("data 1, data 2", data(a));
        health.goodUntilNs = goodNs;
        blink(BOTH);
        send(3);
        health.mended = BOTH;
        work(2 * TICK_MS);
        send(1);

        assertEquals("data 2, data 3, data 4, data 5, data 6", data(a));
        assertEquals("", data(b));
        assertEquals(0, publication.sending().catchingUp());
    }

    @Test
    void shouldKeepForTheListenersWhatIsOfferedBeforeTheyAreBack() {
        blink(BOTH);
        work(200);
        a.answerAlways(Publication.NOT_CONNECTED);
        health.mended = A;
        work(100);
        send(2);
        work(100);
        assertEquals(A, publication.sending().catchingUp());

        a.answerAlways(1);
        send(1);
        work(TICK_MS);
        assertEquals("data 1, data 2, data 3", data(a));
        assertEquals(0, publication.sending().catchingUp());
    }

    @Test
    void shouldTakeTheOtherLineWhenItsNicIsBackFirst() {
        send(1);
        words(a);
        blink(BOTH);
        send(1);
        health.mended = B;
        work(2 * TICK_MS);
        send(1);

        assertEquals("data 1, data 2, data 3", data(b), "nobody says until when A was good");
        assertEquals(B, publication.sending().active());
    }

    @Test
    void shouldLeaveALineThatIsOnlyHeldWithAnOverlapWhenTheOtherOneIsUp() {
        blink(BOTH);
        health.mended = A;
        work(2 * TICK_MS);
        health.up = B;
        work(500);
        assertEquals(BOTH, publication.sending().active());
        assertEquals("rest, open", a.rests());

        health.up = BOTH;
        health.mended = 0;
        health.gone = 0;
        work(1_100);
        assertEquals(A, publication.sending().active(), "the first that is up");
        assertEquals("rest, open", a.rests());
        assertEquals("rest, open", b.rests());
    }

    @Test
    void shouldRestAgainWhenTheNicGoesAgainWhileItIsHeld() {
        blink(BOTH);
        health.mended = A;
        work(2 * TICK_MS);
        health.mended = 0;
        work(TICK_MS);
        assertEquals("rest, open, rest", a.rests());
        send(1);
        health.mended = A;
        work(2 * TICK_MS);

        assertEquals("rest, open, rest, open", a.rests());
        assertEquals("data 1", data(a));
    }

    /** A program that stood still meanwhile has sockets of before. */
    @Test
    void shouldOpenALineAnewWhenItsNicWasMendedBeforeAnybodyLooked() {
        health.mended = BOTH;
        blink(BOTH);
        work(TICK_MS);

        assertEquals("rest, open", a.rests());
    }

    @Test
    void shouldNotUseALineThatIsHeldWhileAnotherOneIsUp() {
        blink(A);
        health.mended = A;
        work(100);

        assertEquals("rest", a.rests());
        assertEquals(B, publication.sending().active());
    }

    @Test
    void shouldGoOnWithEveryLineThatIsBackWhenARedundantStreamHasNoneThatIsUp() {
        publication.close();
        publication = over("redundant");
        blink(BOTH);
        health.mended = B;
        work(2 * TICK_MS);
        words(b);
        send(1);
        assertEquals("data 1", data(b));
        assertTrue(publication.sending().isSingleLineRisk());

        health.mended = BOTH;
        work(2 * TICK_MS);
        words(a);
        send(1);
        assertEquals("data 2", data(a));
        assertFalse(publication.sending().isSingleLineRisk());
    }

    private void blink(long lines) {
        health.up = BOTH & ~lines;
        health.gone = lines;
        work(TICK_MS);
    }

    private static String data(RecordingLine line) {
        return Arrays.stream(words(line).split(", "))
                .filter(word -> word.startsWith("data"))
                .collect(Collectors.joining(", "));
    }

    private void work(long ms) {
        for (long done = 0; done < ms; done += TICK_MS) {
            clock.advanceMs(TICK_MS);
            publication.doWork();
        }
    }

    /** A packet each. */
    private void send(int messages) {
        for (int i = 0; i < messages; i++) {
            byte[] body = Packets.body(EPOCH, publication.nextSequence());
            assertTrue(publication.offer(new UnsafeBuffer(body), 0, body.length) > 0);
            publication.flush();
        }
    }

    private StreamPublication over(String policy) {
        Topology topology = LoopbackTopology.with("lines=\"" + policy + "\"");
        Stream stream = topology.streams().get(0);
        LineChoice choice = LineChoice.of(stream, Lines.of(topology, stream));
        return new StreamPublication(
                new PublicationContext("itch", STREAM, EPOCH, 0, false, false, clock.wall(), clock),
                new LineRoute(choice, health, 2_000_000_000L, 1),
                new PacketLine[] {a, b},
                () -> {},
                PublicationTick.NONE);
    }

    private static final class Health implements LineHealth {
        private long up = BOTH;
        private long gone;
        private long mended;
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

        @Override
        public boolean isMended(int line) {
            return LineChoice.has(mended, line);
        }
    }
}
