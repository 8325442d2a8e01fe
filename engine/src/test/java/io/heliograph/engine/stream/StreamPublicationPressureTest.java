// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.aeron.Publication.ADMIN_ACTION;
import static io.aeron.Publication.NOT_CONNECTED;
import static io.heliograph.engine.stream.PublicationFixture.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Publication;
import io.heliograph.engine.base.Outcome;
import org.junit.jupiter.api.Test;

/** Lines that push back, and lines that nobody listens on. */
final class StreamPublicationPressureTest {
    private static final long BACK_PRESSURED = Publication.BACK_PRESSURED;

    private PublicationFixture on = new PublicationFixture(false, false);

    @Test
    void shouldUseNoNumberWhenEveryLinePushesBack() {
        while (on.publication.packets() == 0) {
            on.offer(1000);
        }
        on.a.answerAlways(BACK_PRESSURED);
        on.b.answerAlways(BACK_PRESSURED);
        long next = on.publication.nextSequence();

        assertEquals(Outcome.BACK_PRESSURED, on.offer(1000));
        assertEquals(Outcome.BACK_PRESSURED, on.publication.flush());
        assertEquals(next, on.publication.nextSequence());
        assertEquals(2, on.publication.backPressured());
        assertEquals(0, on.pauses);

        on.a.answerAlways(1);
        on.b.answerAlways(1);
        assertEquals(next, on.offer(1000));
        on.publication.flush();
        assertEquals("data 1, data 2, data 3", words(on.a));
        assertEquals("data 1, data 2, data 3", words(on.b));
    }

    @Test
    void shouldRetryALineThatRotatesItsTerm() {
        on.a.answer(ADMIN_ACTION, ADMIN_ACTION);
        on.b.answer(BACK_PRESSURED, ADMIN_ACTION, BACK_PRESSURED);

        on.offer();
        on.publication.flush();

        assertEquals("data 1", words(on.a));
        assertEquals("data 1", words(on.b));
        assertEquals(2, on.pauses);
        assertEquals(0, on.publication.line(0).pushedBack());
        assertEquals(0, on.publication.line(1).skipped());
    }

    @Test
    void shouldSkipALineThatPushesBackAfterABoundedNumberOfRetries() {
        on.b.answerAlways(BACK_PRESSURED);

        on.offer();
        assertEquals(2, on.publication.flush());

        assertEquals("data 1", words(on.a));
        assertEquals("", words(on.b));
        assertEquals(1, on.publication.line(1).skipped());
        assertEquals(1, on.publication.line(1).pushedBack());
        assertTrue(on.b.offers() <= 300, "offers: " + on.b.offers());
        assertEquals(0, on.publication.unheard());
    }

    @Test
    void shouldNotBeDelayedAtEveryPacketByALineThatStandsStill() {
        on.b.answerAlways(BACK_PRESSURED);
        for (int i = 0; i < 1000; i++) {
            on.offer();
            on.publication.flush();
        }
        assertEquals(1000, on.publication.line(1).skipped());
        assertTrue(on.b.offers() < 1000 + 1000, "offers: " + on.b.offers());

        on.b.answerAlways(1);
        on.offer();
        on.publication.flush();
        on.b.answer(BACK_PRESSURED, BACK_PRESSURED, BACK_PRESSURED, BACK_PRESSURED);
        on.offer();
        on.publication.flush();
        assertEquals("data 1001, data 1002", words(on.b));
    }

    @Test
    void shouldWaitForAllConnectedLinesWhenLossless() {
        on = new PublicationFixture(false, true);
        on.b.answerAlways(BACK_PRESSURED);

        on.offer();
        assertEquals(Outcome.BACK_PRESSURED, on.publication.flush());
        assertEquals(Outcome.BACK_PRESSURED, on.publication.flush());
        on.b.answerAlways(1);
        assertEquals(2, on.publication.flush());

        assertEquals("data 1", words(on.a));
        assertEquals("data 1", words(on.b));
        assertEquals(0, on.publication.line(1).skipped());
    }

    @Test
    void shouldNotWaitForALineThatNobodyListensOnWhenLossless() {
        on = new PublicationFixture(false, true);
        on.b.answerAlways(NOT_CONNECTED);

        on.offer();
        assertEquals(2, on.publication.flush());

        assertEquals("data 1", words(on.a));
        assertTrue(on.publication.isConnected());
        assertFalse(on.publication.isFullyConnected());
        assertEquals(0, on.pauses);
    }

    @Test
    void shouldCountAsUnheardWhatNobodyListensToAndGoOn() {
        on.a.answerAlways(NOT_CONNECTED);
        on.b.answerAlways(NOT_CONNECTED);

        on.offer();
        assertEquals(2, on.publication.flush());

        assertEquals(1, on.publication.unheard());
        assertFalse(on.publication.isConnected());
        on.a.answerAlways(1);
        on.offer();
        on.publication.flush();
        assertEquals("data 2", words(on.a));
    }

    @Test
    void shouldHoldTheSealOfARangeUntilALineTakesItAheadOfTheNextData() {
        on = new PublicationFixture(true, false);
        while (on.publication.nextSequence() <= 4095) {
            on.offer();
        }
        on.publication.flush();
        words(on.a);
        on.a.answer(1);
        on.b.answer(1);
        on.a.answerAlways(BACK_PRESSURED);
        on.b.answerAlways(BACK_PRESSURED);

        assertEquals(4096, on.offer());
        assertEquals(Outcome.BACK_PRESSURED, on.offer());
        assertEquals("data 4096", words(on.a));
        on.a.answerAlways(1);
        on.b.answerAlways(1);
        assertEquals(4097, on.offer());
        on.publication.flush();

        assertEquals("seal 1-4096, data 4097", words(on.a));
    }

    @Test
    void shouldHoldTheMessageThatEndsARangeUntilALineTakesIt() {
        on = new PublicationFixture(true, false);
        while (on.publication.nextSequence() <= 4095) {
            on.offer();
        }
        on.publication.flush();
        words(on.a);
        on.a.answerAlways(BACK_PRESSURED);
        on.b.answerAlways(BACK_PRESSURED);

        assertEquals(4096, on.offer());
        assertEquals(Outcome.BACK_PRESSURED, on.offer());
        on.work(200);
        on.a.answerAlways(1);
        on.b.answerAlways(1);
        on.work(1);

        assertEquals("data 4096, seal 1-4096", words(on.a));
    }

    @Test
    void shouldEndTheEpochOnceTheLinesTakeWhatIsBeforeIt() {
        on.offer();
        on.a.answerAlways(BACK_PRESSURED);
        on.b.answerAlways(BACK_PRESSURED);

        assertEquals(Outcome.BACK_PRESSURED, on.publication.endEpoch());
        on.a.answerAlways(1);
        on.b.answerAlways(1);
        assertEquals(1, on.publication.endEpoch());

        assertEquals("data 1, end 2", words(on.a));
    }

    @Test
    void shouldCountNoWorkWhileNothingIsTaken() {
        on.a.answerAlways(BACK_PRESSURED);
        on.b.answerAlways(BACK_PRESSURED);

        on.offer();
        assertEquals(0, on.publication.doWork());
        on.a.answerAlways(1);
        assertEquals(1, on.publication.doWork());
    }
}
