// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import static io.heliograph.engine.recovery.RecoveryFixture.EPOCH;
import static io.heliograph.engine.recovery.RecoveryFixture.MS;
import static io.heliograph.engine.recovery.RecoveryFixture.STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.recovery.RecoveryFixture.Mood;
import io.heliograph.engine.recovery.RecoveryFixture.Source;
import io.heliograph.engine.stream.MissingRanges;
import io.heliograph.engine.testkit.MemoryLog;
import io.heliograph.engine.testkit.Packets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom a ladder asks for what, when, and what it hands on: in the test's own time. */
final class LadderTest {
    private final RecoveryFixture fixture = new RecoveryFixture();
    private final MemoryLog near = new MemoryLog();
    private final MemoryLog far = new MemoryLog();
    private final Source own = fixture.source("own", near);
    private final Source site = fixture.source("site", near);
    private final Source origin = fixture.source("origin", far);
    /** As within a budget of 1 s: lines have 10 ms, the site's have 250 ms to answer, the origin is asked from 500 ms on. */
    private final Ladder ladder = new Ladder(
            fixture.context,
            new Sources(Rung.of(1_000 * MS, 10 * MS, List.of(own, site), List.of(origin))),
            fixture,
            fixture.random,
            fixture.figures);

    @Test
    void shouldLeaveAGapToTheLinesFirstAndThenAskTheNearest() {
        write(near, 1, 100);
        miss(11, 20);
        pass(9);
        assertEquals("", fixture.asked());

        pass(1);
        assertEquals("own 7:11-20", fixture.asked());
        fixture.answer(ladder::onPage);

        assertEquals("11-20", fixture.handedOn());
        assertEquals(1, fixture.figures.packets());
    }

    @Test
    void shouldAskTheNextAtOnceWhenOneLacksIt() {
        write(near, 1, 10);
        near.append(Packets.gap(STREAM, EPOCH, 11, 20));
        write(near, 21, 100);
        write(far, 1, 100);
        miss(11, 20);
        pass(10);
        fixture.answer(ladder::onPage);
        pass(1);
        fixture.answer(ladder::onPage);
        assertEquals("own 7:11-20 site 7:11-20", fixture.asked());

        pass(1);
        fixture.answer(ladder::onPage);

        assertEquals("origin 7:11-20", fixture.asked(), "long before half of the budget");
        assertEquals("11-20", fixture.handedOn());
    }

    @Test
    void shouldSayOnceThatNobodyHasItWhenAllHaveSaidSo() {
        for (MemoryLog log : List.of(near, far)) {
            write(log, 1, 10);
            log.append(Packets.gap(STREAM, EPOCH, 11, 20));
            write(log, 21, 100);
        }
        miss(11, 20);
        for (int i = 0; i < 20; i++) {
            pass(10);
            fixture.answer(ladder::onPage);
        }

        assertEquals("own 7:11-20 site 7:11-20 origin 7:11-20", fixture.asked());
        assertEquals("nobody 7:11-20", fixture.handedOn());
        assertEquals(10, fixture.figures.nobodyHad());
    }

    @Test
    void shouldAskAnotherOneWhenOneDoesNotAnswerInTimeAndLeaveItAlone() {
        write(near, 1, 100);
        own.mood = Mood.IS_SILENT;
        miss(11, 20);
        pass(10);
        pass(249);
        assertEquals("own 7:11-20", fixture.asked());

        pass(1);

        assertEquals("own cancelled site 7:11-20", fixture.asked());
        assertEquals(1, fixture.figures.timeouts());
        fixture.answer(ladder::onPage);
        assertEquals("11-20", fixture.handedOn());
    }

    @Test
    void shouldAskTheOriginAfterHalfOfTheBudgetWhoeverIsStillToAnswer() {
        write(far, 1, 100);
        own.mood = Mood.IS_SILENT;
        site.mood = Mood.IS_SILENT;
        miss(11, 20);
        pass(10);
        pass(250);
        pass(239);
        assertFalse(fixture.asked().contains("origin"));

        pass(250);
        pass(250);

        assertTrue(fixture.asked().contains("origin 7:11-20"));
    }

    @Test
    void shouldAskAgainAndAgainWhoHasItNotSoFarEachTimeLater() {
        write(near, 1, 10);
        write(far, 1, 10);
        miss(11, 20);
        pass(10);
        int asked = 0;
        for (int i = 0; i < 60; i++) {
            fixture.answer(ladder::onPage);
            asked += fixture.asked().isEmpty() ? 0 : 1;
            pass(1);
        }
        assertTrue(asked >= 4 && asked <= 15, "asked " + asked + " times in 60 ms");

        write(near, 11, 20);
        pass(50);
        fixture.answer(ladder::onPage);
        pass(50);
        fixture.answer(ladder::onPage);
        assertEquals("11-20", fixture.handedOn());
    }

    @Test
    void shouldAskForManyGapsAtOnceAndNoMoreThanEight() {
        write(near, 1, 10_000);
        fixture.missing.begin(EPOCH, 101, false);
        for (int i = 1; i <= 12; i++) {
            fixture.missing.add(100L * i + 1, 100L * i + 11, fixture.nowNs);
        }
        ladder.onMissing(fixture.missing, fixture.nowNs);

        pass(10);
        assertEquals(8, fixture.asked().split("own 7:").length - 1);
        fixture.sources.forEach(source -> source.mood = Mood.IS_SILENT);
        pass(10);
        assertEquals("", fixture.asked(), "eight are out");
    }

    @Test
    void shouldAskForTwoGapsThatAreNearEachOtherAsOneAndHandOnNothingBetween() {
        write(near, 1, 100);
        miss(11, 20, 41, 50);

        pass(10);

        assertEquals("own 7:11-50", fixture.asked());
        fixture.answer(ladder::onPage);
        assertEquals("11-20 41-50", fixture.handedOn());
    }

    @Test
    void shouldAskForNothingWithoutRoomAndForAllOfItOnceThereIs() {
        write(near, 1, 100);
        fixture.room = 1_000;
        miss(11, 20);
        pass(10);
        assertEquals("", fixture.asked());

        fixture.room = 100_000;
        pass(1);

        assertEquals("own 7:11-20", fixture.asked());
    }

    @Test
    void shouldTakeBackWhatIsWantedNoLonger() {
        own.mood = Mood.IS_SILENT;
        miss(11, 20);
        pass(10);
        assertEquals("own 7:11-20", fixture.asked());
        assertFalse(ladder.isIdle());

        fixture.missing.begin(EPOCH, 21, false);
        ladder.onMissing(fixture.missing, fixture.nowNs);

        assertEquals("own cancelled", fixture.asked());
        assertTrue(ladder.isIdle());
    }

    @Test
    void shouldNotAskAgainForWhatIsOnItsWayUntilItWasTakenAndIsMissingAllTheSame() {
        write(near, 1, 100);
        fixture.isDrained = false;
        miss(11, 20);
        pass(10);
        fixture.answer(ladder::onPage);
        fixture.asked();
        pass(100);
        assertEquals("", fixture.asked());

        fixture.isDrained = true;
        pass(1);
        pass(2);
        assertEquals("", fixture.asked(), "the next statement may be on its way");
        pass(1);
        assertEquals(1, fixture.asked().split("7:11-20", -1).length - 1);
    }

    @Test
    void shouldLeaveABusyOneAloneAndAskTheOther() {
        write(near, 1, 100);
        own.mood = Mood.IS_BUSY;
        miss(11, 20);
        pass(10);
        fixture.answer(ladder::onPage);
        pass(1);

        assertEquals("own 7:11-20 site 7:11-20", fixture.asked());
        assertEquals(1, fixture.figures.busy());
    }

    @Test
    void shouldBelieveNothingOfADamagedPageAndAskAnother() {
        write(near, 1, 100);
        own.mood = Mood.IS_DAMAGED;
        miss(11, 20);
        pass(10);
        fixture.answer(ladder::onPage);
        assertEquals("", fixture.handedOn());
        pass(1);
        fixture.answer(ladder::onPage);

        assertEquals(1, fixture.figures.damagedPages());
        assertEquals("11-20", fixture.handedOn());
    }

    @Test
    void shouldAskTheNextWhenOneCannotBeAsked() {
        write(near, 1, 100);
        own.mood = Mood.CANNOT_BE_ASKED;
        miss(11, 20);

        pass(10);

        assertEquals("own no site 7:11-20", fixture.asked());
    }

    @Test
    void shouldFetchTheEndOfAnEpochThatAnotherHasFollowed() {
        write(near, 1, 20);
        near.append(Packets.end(STREAM, EPOCH, 20));
        fixture.missing.begin(EPOCH, 11, false);
        fixture.missing.add(11, MissingRanges.UNKNOWN_END, fixture.nowNs);
        ladder.onMissing(fixture.missing, fixture.nowNs);

        pass(10);
        assertEquals("own 7:11-?", fixture.asked());
        fixture.answer(ladder::onPage);

        assertEquals("11-20 end 20", fixture.handedOn());
    }

    private static void write(MemoryLog log, long first, long last) {
        for (long i = first; i <= last; i += 10) {
            log.append(Packets.data(STREAM, EPOCH, i, i + 9));
        }
    }

    /** Pairs of first and last. */
    private void miss(long... ranges) {
        fixture.missing.begin(EPOCH, ranges[0], false);
        for (int i = 0; i < ranges.length; i += 2) {
            fixture.missing.add(ranges[i], ranges[i + 1] + 1, fixture.nowNs);
        }
        ladder.onMissing(fixture.missing, fixture.nowNs);
    }

    private void pass(long ms) {
        fixture.nowNs += ms * MS;
        ladder.onTick(fixture.nowNs);
    }
}
