// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.stream.ArbiterFixture.A;
import static io.heliograph.engine.stream.ArbiterFixture.B;
import static io.heliograph.engine.stream.ArbiterFixture.BUDGET_NS;
import static io.heliograph.engine.stream.ArbiterFixture.REORDER_NS;
import static io.heliograph.engine.stream.ArbiterFixture.STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.Packets;
import org.junit.jupiter.api.Test;

/** Joining, the end of an epoch, and the next one. */
final class ArbiterEpochTest {
    private ArbiterFixture on = new ArbiterFixture();

    @Test
    void shouldBeginWithTheFirstPacketWhenItJoinsLive() {
        assertEquals("epoch 7 from 51, 51-53", on.data(A, 51, 53));
        assertEquals("54-55", on.data(B, 52, 55));
        assertEquals("", on.after(REORDER_NS));
        assertEquals(0, on.line(B).missing());
    }

    @Test
    void shouldBeginWithTheNextWhenItJoinsLiveAndAHeartbeatComesFirst() {
        assertEquals("epoch 7 from 51", on.heartbeat(A, 51));
        assertEquals("51-53", on.data(A, 51, 53));
    }

    @Test
    void shouldNameWhatCameBeforeTheJoinLostWhenItJoinsFromTheStart() {
        on = new ArbiterFixture(ArbiterContext.of(STREAM, 2).join(ArbiterContext.Join.START));

        assertEquals("epoch 7 from 1", on.data(A, 51, 53));
        assertEquals("gap 1-50, 51-53", on.after(REORDER_NS));
    }

    @Test
    void shouldNameAWholeEpochLostThatHadEndedWhenItJoinsFromTheStart() {
        on = new ArbiterFixture(ArbiterContext.of(STREAM, 2).join(ArbiterContext.Join.START));

        assertEquals("epoch 7 from 1", on.on(A, Packets.end(STREAM, 7, 50)));
        assertEquals("gap 1-50, end 7 at 50", on.after(REORDER_NS));
    }

    @Test
    void shouldEndTheEpochOnceWhenAllOfItWasDelivered() {
        on.data(A, 1, 3);

        assertEquals("end 7 at 3", on.on(A, Packets.end(STREAM, 7, 3)));
        assertEquals("", on.on(B, Packets.end(STREAM, 7, 3)));

        assertTrue(on.arbiter.isEnded());
        assertEquals(Quality.ENDED, on.arbiter.watch().quality());
    }

    @Test
    void shouldEndAnEpochWithoutMessages() {
        assertEquals("epoch 7 from 1, end 7 at 0", on.on(A, Packets.end(STREAM, 7, 0)));
    }

    @Test
    void shouldWaitForWhatIsMissingBeforeTheEnd() {
        on.data(A, 1, 3);
        assertEquals("", on.on(A, Packets.end(STREAM, 7, 6)));

        assertEquals("4-6, end 7 at 6", on.data(B, 4, 6));
    }

    @Test
    void shouldRefuseWhatLiesBehindTheEnd() {
        on.data(A, 1, 3);
        on.on(A, Packets.end(STREAM, 7, 3));

        assertEquals("dropped line 0 IMPLAUSIBLE", on.data(A, 4, 4));
        assertEquals("", on.heartbeat(A, 9));

        assertEquals(2, on.statistics().implausible());
    }

    @Test
    void shouldRefuseAnEndBeforeWhatIsKnownToHaveBeenSent() {
        on.data(A, 1, 3);
        on.data(A, 7, 9);

        assertEquals("dropped line 1 IMPLAUSIBLE", on.on(B, Packets.end(STREAM, 7, 5)));

        assertEquals(1, on.statistics().implausible());
        assertEquals("gap 4-6, 7-9", on.after(REORDER_NS));
        assertFalse(on.arbiter.isEnded());
    }

    @Test
    void shouldBeginTheNextEpochAtOnceWhenTheLastHasEnded() {
        on.data(A, 1, 3);
        on.on(A, Packets.end(STREAM, 7, 3));

        assertEquals("epoch 9 from 1, 1-2", on.data(A, 9, 1, 2));

        assertFalse(on.arbiter.isEnded());
        assertEquals(Quality.LIVE, on.arbiter.watch().quality());
    }

    @Test
    void shouldBeginTheNextEpochAtOneWhenAHeartbeatSpeaksOfItFirst() {
        on.data(A, 1, 3);
        on.on(A, Packets.end(STREAM, 7, 3));

        assertEquals("epoch 9 from 1", on.on(A, Packets.heartbeat(STREAM, 9, 4)));
        assertEquals("gap 1-3", on.after(REORDER_NS));
    }

    @Test
    void shouldGoOnWithTheOldEpochWhileItsEndMayStillCome() {
        on.data(A, 1, 3);
        assertEquals("", on.data(A, 9, 1, 2));

        assertEquals("4-5", on.data(B, 4, 5));
        assertEquals("end 7 at 5, epoch 9 from 1, 1-2", on.on(B, Packets.end(STREAM, 7, 5)));
        assertEquals("3", on.data(B, 9, 2, 3));
    }

    @Test
    void shouldLeaveAnEpochWithoutAnEndAfterTheBudget() {
        on.data(A, 1, 3);
        on.data(A, 9, 1, 2);

        assertEquals("", on.after(BUDGET_NS - 1));
        assertEquals("gap 4-?, epoch 9 from 1, 1-2", on.after(1));
        assertEquals("3", on.data(A, 9, 3, 3));
        assertEquals(0, on.statistics().lostMessages());
        assertEquals(1, on.statistics().gaps());
    }

    @Test
    void shouldDeliverWhatWaitsBehindAGapBeforeItLeavesTheEpoch() {
        on.data(A, 1, 3);
        on.after(BUDGET_NS);
        on.data(A, 9, 1, 1);
        on.after(BUDGET_NS - REORDER_NS + 1);
        on.data(A, 6, 6);

        assertEquals("gap 4-5, 6, gap 7-?, epoch 9 from 1, 1", on.after(REORDER_NS - 1));
    }

    @Test
    void shouldNotWaitLongerForTheOldEpochWhenYetAnotherBegins() {
        on.data(A, 1, 3);
        on.data(A, 9, 1, 2);
        on.after(BUDGET_NS - 1);
        on.data(A, 11, 1, 1);

        assertEquals("gap 4-?, epoch 9 from 1, 1-2", on.after(1));
        assertEquals("gap 3-?, epoch 11 from 1, 1", on.after(BUDGET_NS));
    }

    @Test
    void shouldRememberTheEndOfTheNextEpochWhileItWaitsForThisOne() {
        on.data(A, 1, 3);
        on.data(A, 9, 1, 2);
        on.on(A, Packets.end(STREAM, 9, 4));

        assertEquals("gap 4-?, epoch 9 from 1, 1-2", on.after(BUDGET_NS));
        assertEquals("gap 3-4, end 9 at 4", on.after(REORDER_NS));
    }

    @Test
    void shouldRememberWhatWasAnnouncedOfTheNextEpochWhileItWaitsForThisOne() {
        on.data(A, 1, 3);
        on.data(A, 9, 1, 2);
        on.on(A, Packets.heartbeat(STREAM, 9, 5));

        assertEquals("gap 4-?, epoch 9 from 1, 1-2", on.after(BUDGET_NS));
        assertEquals("gap 3-4", on.after(REORDER_NS));
    }

    @Test
    void shouldLeaveTheOldEpochLoudlyWhenTheNextFillsTheWindow() {
        on = new ArbiterFixture(ArbiterContext.of(STREAM, 2).window(2, 4096));
        on.data(A, 1, 3);
        on.data(A, 9, 1, 1);
        on.data(A, 9, 2, 2);

        assertEquals("gap 4-?, epoch 9 from 1, 1-3", on.data(A, 9, 3, 3));
    }

    @Test
    void shouldDropAndCountAnOldEpoch() {
        on.data(A, 1, 3);

        assertEquals("dropped line 0 OLD_EPOCH", on.data(A, 6, 4, 9));
        assertEquals("", on.on(A, Packets.end(STREAM, 6, 9)));

        assertEquals(2, on.statistics().oldEpoch());
        assertEquals("4", on.data(A, 4, 4));
    }

    @Test
    void shouldAccountForWhatLinesBringOfTheNextEpochWhileItWaits() {
        on.data(A, 1, 3);
        on.data(A, 9, 1, 4);
        on.data(B, 9, 1, 4);
        on.after(BUDGET_NS);

        assertEquals("5-6", on.data(A, 9, 5, 6));
        on.data(B, 9, 5, 6);

        assertEquals(0, on.line(A).missing());
        assertEquals(0, on.line(B).missing());
        assertEquals(3 + 6, on.line(A).won());
        assertEquals(6, on.line(B).lost());
    }
}
