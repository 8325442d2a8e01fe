// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.engine.base.NicDescriptor;
import io.heliograph.engine.testkit.AllocatedOctets;
import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Test;

final class NicHealthAllocationTest {
    private static final int CALLS = 200_000;
    private static final long INTERVAL_NS = 100_000_000L;

    private long nowNs;
    private int ups;

    @Test
    void shouldAllocateNothingWhenAskedAndWhenItSearches() {
        CountersManager counters = new CountersManager(
                new UnsafeBuffer(ByteBuffer.allocateDirect(64 * 1024)),
                new UnsafeBuffer(ByteBuffer.allocateDirect(16 * 1024)));
        counters.allocate(NicDescriptor.NIC_STATE.labelOfNic("ny1", "b"), NicDescriptor.NIC_STATE.typeId());
        NicHealth health = new NicHealth("ny1", List.of("a", "b"));
        health.attach(counters, 0);

        long octets = AllocatedOctets.of(() -> {
            for (int i = 0; i < CALLS; i++) {
                nowNs += INTERVAL_NS;
                health.doWork(nowNs);
                ups += health.isUp(i & 1) ? 1 : 0;
            }
        });

        assertEquals(0, octets, "per " + CALLS + " calls; up: " + ups);
    }
}
