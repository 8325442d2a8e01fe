// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import java.util.concurrent.TimeUnit;

/**
 * When an idle stream says that it lives: 1, 4, 16 and 64 ms after the last packet, then every 100 ms. So a loss at the
 * tail shows at once, and an idle stream costs little.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> none.
 */
final class HeartbeatSchedule {
    private static final long FIRST_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long STEADY_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private long lastPacketNs;
    private long dueNs;
    private long afterNs;
    private boolean isSteady;

    HeartbeatSchedule(long nowNs) {
        onPacket(nowNs);
    }

    /** Packets were sent until now. */
    void onPacket(long nowNs) {
        lastPacketNs = nowNs;
        afterNs = FIRST_NS;
        dueNs = nowNs + FIRST_NS;
        isSteady = false;
    }

    boolean isDue(long nowNs) {
        return nowNs - dueNs >= 0;
    }

    /** A heartbeat was sent: the next one is due four times as long after the last packet, or 100 ms from now. */
    void onSent(long nowNs) {
        if (afterNs * 4 > STEADY_NS || isSteady) {
            isSteady = true;
            dueNs = nowNs + STEADY_NS;
        } else {
            afterNs *= 4;
            dueNs = lastPacketNs + afterNs;
        }
    }

    /** Whether the stream has been idle for so long that heartbeats come every 100 ms. */
    boolean isSteady() {
        return isSteady;
    }
}
