// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.journal.JournalReader;
import io.heliograph.engine.stream.PacketHandler;

/**
 * A journal as an egress reads it.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Failure:</b> a {@link io.heliograph.engine.journal.JournalException} for a damaged record; the next poll goes on behind it.
 */
public final class JournalPackets implements PacketLog {
    private final JournalReader reader;

    /**
     * The packets of a journal.
     *
     * @param reader of the journal; closed with this.
     */
    public JournalPackets(JournalReader reader) {
        this.reader = reader;
    }

    @Override
    public void seek(long epoch, long sequence) {
        reader.seek(epoch, sequence);
    }

    @Override
    public boolean seekTime(long utcNs) {
        return reader.seekTime(utcNs);
    }

    @Override
    public int poll(PacketHandler handler, int limit) {
        return reader.poll(handler, limit);
    }

    @Override
    public long lastEpoch() {
        return reader.lastEpoch();
    }

    @Override
    public long lastSequence() {
        return reader.lastSequence();
    }

    @Override
    public void close() {
        reader.close();
    }
}
