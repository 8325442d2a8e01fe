// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.stream.ArbiterFixture.A;
import static io.heliograph.engine.stream.ArbiterFixture.B;
import static io.heliograph.engine.stream.ArbiterFixture.BUDGET_NS;
import static io.heliograph.engine.stream.ArbiterFixture.STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.ScriptedRepair;
import org.junit.jupiter.api.Test;

/** A subscription whose lines fall silent follows the replay: nobody else would say that the stream has gone on. */
final class SilentLinesTest {
    private static final long SOON_NS = 1_000_000;
    private static final long SILENCE_NS = ArbiterContext.DEFAULT_STALE_NS;

    private final ScriptedRepair repair = new ScriptedRepair();
    private final ArbiterFixture on = new ArbiterFixture(ArbiterContext.of(STREAM, 2), repair);

    private void fallSilent() {
        on.after(SILENCE_NS - SOON_NS);
        assertEquals("nothing", told(), "not yet");
        on.after(SOON_NS);
        on.after(SOON_NS);
    }

    private String told() {
        return repair.told().isEmpty() ? "nothing" : repair.told();
    }

    @Test
    void shouldHaveTheRestOfTheEpochFromTheReplay() {
        on.data(A, 1, 3);
        fallSilent();
        assertEquals("7: from 4", told());
        repair.answer(Packets.data(STREAM, 7, 4, 9));
        repair.answer(Packets.end(STREAM, 7, 9));

        assertEquals("4-9, end 7 at 9", on.after(SOON_NS));

        assertEquals(6, on.statistics().replayed());
    }

    @Test
    void shouldBeLiveAgainAtOnceWhenALineSpeaksAndNothingIsMissing() {
        on.data(A, 1, 3);
        fallSilent();

        on.heartbeat(B, 4);
        on.after(SOON_NS);

        assertEquals("nothing", told());
        assertEquals(Quality.LIVE, on.arbiter.watch().quality());
        assertEquals("4", on.data(A, 4, 4));
    }

    @Test
    void shouldFillWhatLacksWhenTheLinesComeBackAndGoOnWithThem() {
        on.data(A, 1, 3);
        fallSilent();
        on.data(A, 10, 12);
        on.after(SOON_NS);
        assertEquals("7: from 4 (live 7: 13)", told());
        repair.answer(Packets.data(STREAM, 7, 4, 9));

        assertEquals("4-12", on.after(SOON_NS));
        on.after(SOON_NS);

        assertEquals(Quality.LIVE, on.arbiter.watch().quality());
        assertEquals("13", on.data(B, 13, 13));
    }

    @Test
    void shouldGoOnWithTheLinesWhenNobodyHasWhatLacks() {
        on.data(A, 1, 3);
        fallSilent();
        on.data(A, 10, 12);
        repair.nobodyHas(7, 4, 10);

        assertEquals("gap 4-9, 10-12", on.after(SOON_NS));
    }

    @Test
    void shouldGiveAGapThatWasOpenItsBudgetAndFollowThen() {
        on.data(A, 1, 3);
        on.data(A, 7, 9);
        on.after(SOON_NS);
        assertEquals("7: 4-6", told());

        assertEquals("gap 4-6, 7-9", on.after(BUDGET_NS));
        on.after(SOON_NS);

        assertTrue(told().startsWith("7: from 10"), told());
    }

    @Test
    void shouldDeliverEpochsThatCameAndWentWhileAllLinesWereSilent() {
        on.data(A, 1, 3);
        on.on(A, Packets.end(STREAM, 7, 3));
        fallSilent();
        assertTrue(told().startsWith("7: from 4"), told());
        // The lines come back in epoch 9: what they bring waits for 8.
        assertEquals("", on.data(A, 9, 1, 2));
        repair.epoch(8);
        repair.answer(Packets.data(STREAM, 8, 1, 5));
        repair.answer(Packets.end(STREAM, 8, 5));
        repair.epoch(9);

        assertEquals("epoch 8 from 1, 1-5, end 8 at 5, epoch 9 from 1, 1-2", on.after(SOON_NS));
        on.after(SOON_NS);
        assertEquals(Quality.LIVE, on.arbiter.watch().quality());
        assertEquals("3", on.data(B, 9, 3, 3));
        assertEquals(0, on.statistics().gaps());
    }

    @Test
    void shouldLoseNothingOfALaterEpochWhenNoJournalKnowsIt() {
        on.data(A, 1, 3);
        on.on(A, Packets.end(STREAM, 7, 3));
        fallSilent();
        for (int i = 1; i <= 100; i++) {
            assertEquals("", on.data(A, 9, i, i));
        }
        // As one says who has waited for the budget.
        repair.epoch(9);

        assertEquals("epoch 9 from 1, 1-100", on.after(SOON_NS));
        assertEquals("101", on.data(A, 9, 101, 101));
    }
}
