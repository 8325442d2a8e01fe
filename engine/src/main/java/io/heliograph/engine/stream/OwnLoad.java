// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.media.LineLoads;
import java.util.concurrent.TimeUnit;

/**
 * What a publication itself sends, beside what its NICs send.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class OwnLoad implements LineLoads {
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    private final LineHealth health;
    private final SendingLines lines;
    private boolean isBegun;
    private long beganNs;
    private long beganAt;
    private long own;

    OwnLoad(LineHealth health, SendingLines lines) {
        this.health = health;
        this.lines = lines;
    }

    void onTick(long nowNs) {
        long spanNs = nowNs - beganNs;
        if (isBegun && spanNs < INTERVAL_NS) {
            return;
        }
        own = isBegun ? (long) ((lines.end() - beganAt) * 1e9 / spanNs) : 0;
        isBegun = true;
        beganNs = nowNs;
        beganAt = lines.end();
    }

    @Override
    public long of(int line) {
        return health.sentPerSecond(line);
    }

    @Override
    public long own() {
        return own;
    }
}
