// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.base.CounterDescriptor;
import io.heliograph.engine.base.NicDescriptor;
import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;

final class NicHealthTest {
    private static final long LATER_NS = 100_000_000L;

    private final CountersManager counters = new CountersManager(
            new UnsafeBuffer(ByteBuffer.allocateDirect(64 * 1024)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(16 * 1024)));
    private final NicHealth health = new NicHealth("ny1", List.of("a", "b"));
    private long registration = 0x5E55101DL;

    @Test
    void shouldTakeEveryNicForUpWhenNobodyStatesAnything() {
        assertTrue(health.isUp(0));

        health.attach(counters, 0);

        assertTrue(health.isUp(0) && health.isUp(1));
        assertEquals(NicState.UNKNOWN, health.state(1));
    }

    @Test
    void shouldSayWhatTheEngineStatesOfEachNic() {
        state("ny1", "a", NicState.UP);
        AtomicCounter b = state("ny1", "b", NicState.DOWN);
        state("ny2", "a", NicState.DOWN);
        counters.newCounter("another's", 7);
        health.attach(counters, 0);

        assertTrue(health.isUp(0));
        assertFalse(health.isUp(1));
        b.set(NicState.SUSPECT.code());
        assertTrue(health.isUp(1), "at once, without a search");
        assertEquals(NicState.SUSPECT, health.state(1));
    }

    @Test
    void shouldFindTheStatementWhenTheEngineStartsLater() {
        health.attach(counters, 0);
        state("ny1", "b", NicState.DOWN);

        assertEquals(0, health.doWork(LATER_NS - 1));
        assertTrue(health.isUp(1));
        assertEquals(1, health.doWork(LATER_NS));
        assertFalse(health.isUp(1));
    }

    @Test
    void shouldPreferTheNewerEngineWhenADeadOnesStatementStillStands() {
        AtomicCounter dead = state("ny1", "a", NicState.DOWN);
        health.attach(counters, 0);
        AtomicCounter alive = state("ny1", "a", NicState.UNKNOWN);
        health.doWork(LATER_NS);
        assertFalse(health.isUp(0), "the new one says nothing so far");

        alive.set(NicState.UP.code());
        health.doWork(2 * LATER_NS);

        assertTrue(health.isUp(0));
        dead.close();
        assertTrue(health.isUp(0));
    }

    @Test
    void shouldNotReadAnothersCounterWhenTheStatementIsGone() {
        AtomicCounter gone = state("ny1", "a", NicState.DOWN);
        health.attach(counters, 0);
        gone.close();
        assertTrue(health.isUp(0));

        int reused = counters.allocate("another's", 7);
        counters.setCounterRegistrationId(reused, 1);
        counters.setCounterValue(reused, NicState.DOWN.code());

        assertEquals(gone.id(), reused);
        assertTrue(health.isUp(0));
    }

    @Test
    void shouldForgetEverythingWhenTheDriverIsLost() {
        state("ny1", "a", NicState.DOWN);
        health.attach(counters, 0);

        health.attach((CountersReader) null, 1);

        assertTrue(health.isUp(0));
    }

    @Test
    void shouldSayUntilWhenANicWasGoodWhenTheEngineStatesIt() {
        assertEquals(Long.MAX_VALUE, health.goodUntilNs(1));
        CounterDescriptor kind = NicDescriptor.NIC_GOOD_UNTIL;
        AtomicCounter b = counters.newCounter(kind.labelOfNic("ny1", "b"), kind.typeId());
        b.set(123_456L);

        health.attach(counters, 0);

        assertEquals(123_456L, health.goodUntilNs(1));
        assertEquals(Long.MAX_VALUE, health.goodUntilNs(0));
    }

    @Test
    void shouldSayThatANicIsOnlyHeldWhenTheKernelHasNothingAgainstItAnyMore() {
        AtomicCounter gone = counter(NicDescriptor.NIC_GONE, 1);
        counter(NicDescriptor.NIC_CAUSE, NicFault.CARRIER.code());
        AtomicCounter a = state("ny1", "a", NicState.DOWN);
        health.attach(counters, 0);
        assertTrue(health.isGone(0));
        assertFalse(health.isMended(0));

        gone.set(0);
        assertTrue(health.isMended(0));
        assertTrue(health.isGone(0), "its sockets are");
        a.set(NicState.UP.code());
        assertFalse(health.isMended(0));
        assertFalse(health.isGone(0));
    }

    @Test
    void shouldNotTakeANicForMendedWhenItIsHeldForAnotherReasonOrNobodyStatesIt() {
        AtomicCounter cause = counter(NicDescriptor.NIC_CAUSE, NicFault.LINK.code());
        state("ny1", "a", NicState.DOWN);
        health.attach(counters, 0);
        assertFalse(health.isMended(0), "an engine of before");

        counter(NicDescriptor.NIC_GONE, 0);
        health.doWork(LATER_NS);
        assertTrue(health.isMended(0));
        cause.set(NicFault.PEERS.code());
        assertFalse(health.isMended(0));
    }

    /** Of NIC a. */
    private AtomicCounter counter(CounterDescriptor kind, long value) {
        AtomicCounter counter = counters.newCounter(kind.labelOfNic("ny1", "a"), kind.typeId());
        counters.setCounterRegistrationId(counter.id(), registration++);
        counter.set(value);
        return counter;
    }

    private AtomicCounter state(String host, String nic, NicState state) {
        int type = NicDescriptor.NIC_STATE.typeId();
        AtomicCounter counter = counters.newCounter(NicDescriptor.NIC_STATE.labelOfNic(host, nic), type);
        counters.setCounterRegistrationId(counter.id(), registration++);
        counter.set(state.code());
        return counter;
    }
}
