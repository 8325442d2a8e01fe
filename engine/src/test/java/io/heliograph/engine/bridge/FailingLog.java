// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.journal.JournalException;
import io.heliograph.engine.stream.PacketHandler;

/** A journal that says once, at some packet, that it is damaged, and goes on there. */
final class FailingLog implements PacketLog {
    private final PacketLog log;
    private final int failAt;
    private int polled;

    FailingLog(PacketLog log, int failAt) {
        this.log = log;
        this.failAt = failAt;
    }

    @Override
    public void seek(long epoch, long sequence) {
        log.seek(epoch, sequence);
    }

    @Override
    public boolean seekTime(long utcNs) {
        return log.seekTime(utcNs);
    }

    @Override
    public int poll(PacketHandler handler, int limit) {
        if (++polled == failAt) {
            throw new JournalException("record " + polled + " is damaged");
        }
        return log.poll(handler, limit);
    }

    @Override
    public long lastEpoch() {
        return log.lastEpoch();
    }

    @Override
    public long lastSequence() {
        return log.lastSequence();
    }

    @Override
    public void close() {
        log.close();
    }
}
