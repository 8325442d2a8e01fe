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
import io.heliograph.engine.stream.Arbiter;
import io.heliograph.engine.testkit.MemoryLog;
import io.heliograph.engine.testkit.Packets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How one who begins in the past finds the place and follows journals, in the test's own time. */
final class JoiningTest {
    private final RecoveryFixture fixture = new RecoveryFixture();
    private final MemoryLog near = new MemoryLog();
    private final MemoryLog far = new MemoryLog();
    private final Source own = fixture.source("own", near);
    private final Source other = fixture.source("other", far);
    private final List<String> failures = new ArrayList<>();
    private Joining joining = joining(JoinPlace.START);

    private Joining joining(JoinPlace place) {
        return new Joining(
                fixture.context,
                new Sources(Rung.of(1_000 * MS, 10 * MS, List.of(own, other), List.of())),
                fixture,
                fixture.random,
                fixture.figures,
                place,
                failures::add);
    }

    @Test
    void shouldBeginTheEpochThatTheLinesAreAtAndFollowTheNearest() {
        write(near, EPOCH, 1, 50);
        live(EPOCH, 1_001);

        step();

        assertEquals("own 7:1-?", fixture.asked());
        assertEquals("begin 7:1 1-10 11-20 21-30 31-40 41-50", fixture.handedOn());
    }

    @Test
    void shouldAskAJournalForTheLatestEpochWhenNobodySpeaks() {
        write(near, 5, 1, 20);
        write(near, EPOCH, 1, 20);
        pass(0);
        pass(499);
        assertEquals("", fixture.asked(), "lines are listened to first");

        pass(1);
        assertEquals("own latest 1", fixture.asked());
        fixture.answer(joining::onPage);
        step();

        assertEquals("begin 7:1 1-10 11-20", fixture.handedOn());
    }

    @Test
    void shouldBeginWithTheFirstMessageOfATime() {
        write(near, EPOCH, 1, 30);
        joining = joining(new JoinPlace(JoinPlace.Kind.AT_TIME, 0, Packets.SENT_NS));
        live(EPOCH, 1_001);
        step();
        assertEquals("own time " + Packets.SENT_NS + " own cancelled", fixture.asked(), "it has said enough");

        step();

        assertEquals("begin 7:1 1-10 11-20 21-30", fixture.handedOn());
    }

    @Test
    void shouldSayInWordsThatAPlaceLiesInTheFuture() {
        joining = joining(JoinPlace.at(EPOCH, 2_000_000));
        live(EPOCH, 1_001);

        pass(1);

        assertEquals(
                List.of("message 2000000 of epoch 7 is asked for, and the stream is at message 1001 of epoch 7"),
                failures);
        assertTrue(joining.isDone());
        assertEquals("", fixture.asked());
    }

    @Test
    void shouldSayThatNoJournalHasAnsweredForTenSeconds() {
        own.mood = Mood.IS_SILENT;
        other.mood = Mood.CANNOT_BE_ASKED;
        pass(500);
        for (int i = 0; i < 100; i++) {
            pass(100);
        }

        assertEquals(List.of("no journal of the stream has answered for 10 s"), failures);
    }

    @Test
    void shouldAskTheOtherForAHoleAloneAndGoOnWithTheFirst() {
        write(near, EPOCH, 1, 20);
        near.append(Packets.gap(STREAM, EPOCH, 21, 30));
        write(near, EPOCH, 31, 50);
        write(far, EPOCH, 1, 50);
        live(EPOCH, 1_001);
        step();
        assertEquals("begin 7:1 1-10 11-20", fixture.handedOn());
        fixture.asked();

        step();
        assertEquals("other 7:21-30", fixture.asked());
        assertEquals("21-30", fixture.handedOn());
        step();

        assertEquals("31-40 41-50", fixture.handedOn());
    }

    @Test
    void shouldSayThatNobodyHasAHoleAndGoOnBehindIt() {
        for (MemoryLog log : List.of(near, far)) {
            write(log, EPOCH, 1, 20);
            log.append(Packets.gap(STREAM, EPOCH, 21, 30));
            write(log, EPOCH, 31, 50);
        }
        live(EPOCH, 1_001);
        for (int i = 0; i < 4; i++) {
            step();
        }

        assertEquals("begin 7:1 1-10 11-20 nobody 7:21-30 31-40 41-50", fixture.handedOn());
        assertEquals(10, fixture.figures.nobodyHad());
    }

    /** What lies behind a hole is not lost because somebody cannot be asked for the hole; nor is it waited for him each time. */
    @Test
    void shouldGiveUpTheHolesAloneWhenTheOtherJournalIsAway() {
        write(near, EPOCH, 1, 20);
        near.append(Packets.gap(STREAM, EPOCH, 21, 30));
        write(near, EPOCH, 31, 50);
        near.append(Packets.gap(STREAM, EPOCH, 51, 60));
        write(near, EPOCH, 61, 70);
        other.mood = Mood.CANNOT_BE_ASKED;
        live(EPOCH, 1_001);
        for (int i = 0; i < 120; i++) {
            pass(100);
            fixture.answer(joining::onPage);
        }

        assertEquals("begin 7:1 1-10 11-20 nobody 7:21-30 31-40 41-50 nobody 7:51-60 61-70", fixture.handedOn());
    }

    @Test
    void shouldAskWhoWasNotAskedForLongBeforeAHoleIsGivenUp() {
        write(near, EPOCH, 1, 20);
        write(far, EPOCH, 1, 40);
        live(EPOCH, 1_001);
        step();
        fixture.handedOn();
        for (int i = 0; i < 2_000; i++) {
            pass(1);
            fixture.answer(joining::onPage);
        }
        fixture.handedOn();
        near.append(Packets.data(STREAM, EPOCH, 21, 40));
        near.append(Packets.gap(STREAM, EPOCH, 41, 50));
        write(near, EPOCH, 51, 60);
        write(far, EPOCH, 41, 60);
        for (int i = 0; i < 100; i++) {
            pass(1);
            fixture.answer(joining::onPage);
        }

        assertEquals("41-50 51-60", fixture.handedOn());
    }

    @Test
    void shouldFollowFromEpochToEpoch() {
        write(near, 5, 1, 20);
        near.append(Packets.end(STREAM, 5, 20));
        write(near, EPOCH, 1, 20);
        joining = joining(JoinPlace.at(5, 11));
        live(EPOCH, 1_001);

        step();

        assertEquals("begin 5:11 5:11-20 5:end 20 epoch 7 1-10 11-20", fixture.handedOn());
    }

    @Test
    void shouldWaitAtTheEndForWhatIsAppendedAndTurnToTheOtherWhenNothingIs() {
        write(near, EPOCH, 1, 20);
        write(far, EPOCH, 1, 40);
        live(EPOCH, 1_001);
        step();
        fixture.handedOn();
        fixture.asked();
        pass(0);
        assertEquals("", fixture.asked(), "it is at its end: a little later");

        for (int i = 0; i < 20; i++) {
            pass(1);
            fixture.answer(joining::onPage);
        }

        String asked = fixture.asked();
        assertTrue(asked.startsWith("own 7:21-? own 7:21-? own 7:21-? other 7:21-?"), asked);
        assertEquals("21-30 31-40", fixture.handedOn());
    }

    @Test
    void shouldAskForNoMoreThanThereIsRoomForHoweverLongThatTakes() {
        write(near, EPOCH, 1, 20);
        live(EPOCH, 1_001);
        fixture.room = 1_000;
        for (int i = 0; i < 200; i++) {
            pass(100);
        }
        assertEquals("", fixture.asked());
        assertEquals("begin 7:1", fixture.handedOn(), "who takes nothing for 20 s loses nothing");

        fixture.room = 1_024;
        step();

        assertEquals("1-10 11-20", fixture.handedOn());
    }

    @Test
    void shouldGoOnWithWhatTheLinesHaveWhenNothingHasComeForThePatience() {
        write(near, EPOCH, 1, 20);
        live(EPOCH, 1_001);
        step();
        own.mood = Mood.IS_SILENT;
        other.mood = Mood.IS_SILENT;
        fixture.handedOn();
        for (int i = 0; i < 99; i++) {
            pass(100);
        }
        assertEquals("", fixture.handedOn());

        pass(200);

        assertEquals("nobody 7:21-1000", fixture.handedOn());
        assertFalse(joining.isDone());
    }

    @Test
    void shouldEndWhenTheSubscriptionHasReachedItsLines() {
        write(near, EPOCH, 1, 20);
        live(EPOCH, 1_001);
        step();
        pass(2);
        fixture.asked();

        fixture.missing.begin(EPOCH, 1_001, false);
        joining.onMissing(fixture.missing, fixture.nowNs);

        assertTrue(joining.isDone());
        assertEquals("own cancelled", fixture.asked());
        pass(1_000);
        assertEquals("", fixture.asked());
    }

    @Test
    void shouldGoOnBehindWhatTheSubscriptionHasFromItsLines() {
        write(near, EPOCH, 1, 20);
        live(EPOCH, 1_001);
        step();
        fixture.handedOn();
        fixture.asked();

        write(near, EPOCH, 21, 60);
        fixture.missing.begin(EPOCH, 41, true);
        joining.onMissing(fixture.missing, fixture.nowNs);
        pass(2);
        fixture.answer(joining::onPage);

        assertEquals("own 7:41-?", fixture.asked());
        assertEquals("41-50 51-60", fixture.handedOn());
    }

    @Test
    void shouldBelieveNothingOfADamagedPageAndAskTheOther() {
        write(near, EPOCH, 1, 20);
        write(far, EPOCH, 1, 20);
        own.mood = Mood.IS_DAMAGED;
        live(EPOCH, 1_001);
        step();
        assertEquals("begin 7:1", fixture.handedOn());

        step();

        assertEquals("1-10 11-20", fixture.handedOn());
        assertEquals(1, fixture.figures.damagedPages());
    }

    @Test
    void shouldGoOnFromWhereItIsWhenItsLinesAreSilentAskingLessAndLessOften() {
        write(near, EPOCH, 1, 20);
        write(far, EPOCH, 1, 20);
        silent(EPOCH, 11);
        step();
        assertEquals("own 7:11-?", fixture.asked());
        assertEquals("11-20", fixture.handedOn(), "it has begun long ago");
        int asked = asksWithin(1_000);
        assertTrue(asked >= 10 && asked <= 40, asked + " asks in a second");

        write(near, EPOCH, 21, 30);
        near.append(Packets.end(STREAM, EPOCH, 30));
        write(near, 9, 1, 20);
        asksWithin(1_000);

        assertEquals("21-30 end 30 epoch 9 9:1-10 9:11-20", fixture.handedOn());
    }

    @Test
    void shouldAskAtOnceWhenSilentLinesSpeakAgainAndGiveUpWithinTheBudget() {
        write(near, EPOCH, 1, 20);
        write(far, EPOCH, 1, 20);
        silent(EPOCH, 21);
        asksWithin(3_000);
        fixture.handedOn();

        fixture.missing.begin(EPOCH, 21, true);
        fixture.missing.live(EPOCH, 51);
        joining.onMissing(fixture.missing, fixture.nowNs);
        pass(0);
        assertTrue(fixture.asked().endsWith(" 7:21-?"));
        asksWithin(999);
        assertEquals("", fixture.handedOn());
        asksWithin(5);

        assertEquals("nobody 7:21-50", fixture.handedOn());
    }

    private void silent(long epoch, long next) {
        fixture.missing.begin(epoch, next, true);
        Sources sources = new Sources(Rung.of(1_000 * MS, 10 * MS, List.of(own, other), List.of()));
        joining = Joining.ofSilent(fixture.context, sources, fixture, fixture.random, fixture.figures, fixture.missing);
        joining.onMissing(fixture.missing, fixture.nowNs);
    }

    private int asksWithin(long ms) {
        long before = fixture.figures.asks();
        for (long i = 0; i < ms; i++) {
            pass(1);
            fixture.answer(joining::onPage);
        }
        fixture.asked();
        return (int) (fixture.figures.asks() - before);
    }

    private static void write(MemoryLog log, long epoch, long first, long last) {
        for (long i = first; i <= last; i += 10) {
            log.append(Packets.data(STREAM, epoch, i, i + 9));
        }
    }

    /** The lines are at a place, and the subscription has not begun. */
    private void live(long epoch, long next) {
        fixture.missing.begin(Arbiter.NULL_EPOCH, 1, false);
        fixture.missing.live(epoch, next);
        joining.onMissing(fixture.missing, fixture.nowNs);
    }

    private void step() {
        pass(1);
        fixture.answer(joining::onPage);
    }

    private void pass(long ms) {
        fixture.nowNs += ms * MS;
        joining.onTick(fixture.nowNs);
    }
}
