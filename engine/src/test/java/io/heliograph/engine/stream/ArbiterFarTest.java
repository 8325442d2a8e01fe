// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.stream.ArbiterFixture.A;
import static io.heliograph.engine.stream.ArbiterFixture.B;
import static io.heliograph.engine.stream.ArbiterFixture.BUDGET_NS;
import static io.heliograph.engine.stream.ArbiterFixture.REORDER_NS;
import static io.heliograph.engine.stream.ArbiterFixture.STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.Packets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sequences far ahead: a single one is a lie, two that go together are a long loss. */
final class ArbiterFarTest {
    private static final long FAR = 1_000_000_000_000L;
    private static final long PATIENCE_NS = ArbiterContext.DEFAULT_STALE_NS;

    private final ArbiterFixture on = new ArbiterFixture();

    @AfterEach
    void everyBodyWasRight() {
        assertEquals(0, on.recorder.wrongBodies());
    }

    @Test
    void shouldNotBelieveASinglePacketFarAheadWhateverItsKind() {
        byte[][] packets = {
            Packets.data(STREAM, 7, FAR, FAR),
            Packets.heartbeat(STREAM, 7, 2 * FAR),
            Packets.gap(STREAM, 7, 4, 3 * FAR),
            Packets.seal(STREAM, 7, 1, 4 * FAR, 0x5EA1),
            Packets.end(STREAM, 7, 5 * FAR)
        };
        on.data(A, 1, 3);

        for (byte[] packet : packets) {
            on.on(A, packet);
            on.on(B, packet);
        }

        assertEquals("", on.after(PATIENCE_NS));
        assertEquals(10, on.statistics().implausible());
        assertEquals("4", on.data(A, 4, 4));
        assertEquals("end 7 at 4", on.on(A, Packets.end(STREAM, 7, 4)));
        assertEquals(0, on.statistics().gaps());
        assertEquals(0, on.line(A).missing());
    }

    @Test
    void shouldTellAClaimThatNothingWentWithAfterItsTime() {
        on.data(A, 1, 3);

        assertEquals("", on.data(B, FAR, FAR));
        assertEquals("4", on.data(A, 4, 4));
        assertEquals("", on.after(PATIENCE_NS - 1));
        assertEquals("dropped line 1 IMPLAUSIBLE", on.after(1));
    }

    @Test
    void shouldBelieveTheTrueEndThoughSomethingBehindItWasClaimed() {
        on.data(A, 1, 3);
        on.heartbeat(A, FAR);

        assertEquals("dropped line 0 IMPLAUSIBLE, end 7 at 3", on.on(B, Packets.end(STREAM, 7, 3)));
    }

    @Test
    void shouldLoseNothingOfALongLossButWhatIsMissingWhenASecondPacketFollowsTheFirst() {
        on.data(A, 1, 3);

        on.data(A, FAR, FAR + 1);
        on.data(B, FAR, FAR + 1);
        on.data(A, FAR + 2, FAR + 4);
        assertEquals("", on.data(B, FAR + 2, FAR + 4));

        assertEquals("gap 4-" + (FAR - 1) + ", " + FAR + "-" + (FAR + 4), on.after(REORDER_NS));
        assertEquals("", on.after(PATIENCE_NS));
        assertEquals(0, on.statistics().implausible());
        assertEquals(FAR - 4, on.statistics().lostMessages());
    }

    @Test
    void shouldBelieveAPacketOfAnotherLineThatIsALittleBehindTheFirst() {
        on.data(A, 1, 3);

        on.data(A, FAR + 2, FAR + 4);
        on.data(B, FAR, FAR + 1);

        assertEquals("gap 4-" + (FAR - 1) + ", " + FAR + "-" + (FAR + 4), on.after(REORDER_NS));
    }

    @Test
    void shouldBelieveAHeartbeatThatTheSameLineRepeats() {
        on.data(A, 1, 3);

        on.heartbeat(A, FAR);
        on.heartbeat(B, FAR);
        assertEquals("", on.after(REORDER_NS));
        on.heartbeat(A, FAR);

        assertEquals("gap 4-" + (FAR - 1), on.after(REORDER_NS));
    }

    @Test
    void shouldBelieveAnEndThatTheSameLineRepeats() {
        on.data(A, 1, 3);

        on.on(A, Packets.end(STREAM, 7, FAR));
        on.on(A, Packets.end(STREAM, 7, FAR));

        assertEquals("gap 4-" + FAR + ", end 7 at " + FAR, on.after(REORDER_NS));
    }

    @Test
    void shouldGoOnAtOnceBehindALongLossThatIsBelieved() {
        on.data(A, 1, 3);
        on.data(A, FAR, FAR);
        on.data(A, FAR + 1, FAR + 1);
        on.after(REORDER_NS);

        assertEquals(Long.toString(FAR + 2), on.data(B, FAR + 2, FAR + 2));
    }

    @Test
    void shouldBelieveASinglePacketThatIsNear() {
        long near = 4 + FarClaim.NEAR;
        on.data(A, 1, 3);

        on.data(A, near, near);

        assertEquals("gap 4-" + (near - 1) + ", " + near, on.after(REORDER_NS));
    }

    @Test
    void shouldForgetAFirstLieForASecond() {
        on.data(A, 1, 3);
        on.data(A, FAR, FAR);

        assertEquals("dropped line 0 IMPLAUSIBLE", on.data(B, 2 * FAR, 2 * FAR));
        assertEquals("dropped line 1 IMPLAUSIBLE", on.after(PATIENCE_NS));
    }

    @Test
    void shouldNotBelieveASinglePacketFarAheadOfTheNextEpoch() {
        on.data(A, 1, 3);
        on.data(A, 9, 1, 2);

        on.data(A, 9, FAR, FAR);
        on.on(A, Packets.heartbeat(STREAM, 9, 2 * FAR));

        assertTrue(on.after(BUDGET_NS).endsWith("gap 4-?, epoch 9 from 1, 1-2"));
        assertEquals("", on.after(REORDER_NS));
        assertEquals(2, on.statistics().implausible());
        assertEquals("3", on.data(A, 9, 3, 3));
    }

    @Test
    void shouldBelieveTwoPacketsFarAheadOfTheNextEpoch() {
        on.data(A, 1, 3);

        on.data(A, 9, FAR, FAR);
        on.data(A, 9, FAR + 1, FAR + 2);

        assertEquals("gap 4-?, epoch 9 from 1", on.after(BUDGET_NS));
        assertEquals("gap 1-" + FAR + ", " + (FAR + 1) + "-" + (FAR + 2), on.after(REORDER_NS));
    }
}
