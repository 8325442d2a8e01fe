// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.journal.JournalReader;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.stream.PacketHandler;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A stream's journal on this host as a {@link ReplayLog}: it may begin later than its readers do.
 *
 * <p><b>Thread:</b> one owner: the thread that reads.
 */
public final class JournalLog implements ReplayLog, PacketHandler {
    private final StreamJournal journal;
    private @Nullable JournalReader reader;
    private Taker taker = (buffer, offset, length) -> {};

    /**
     * A journal that is opened when it is asked for.
     *
     * @param journal there or not so far.
     */
    public JournalLog(StreamJournal journal) {
        this.journal = journal;
    }

    private @Nullable JournalReader reader() {
        if (reader == null && journal.isThere()) {
            reader = journal.reader();
        }
        return reader;
    }

    @Override
    public void seek(long epoch, long sequence) {
        JournalReader open = reader();
        if (open != null) {
            open.seek(epoch, sequence);
        }
    }

    @Override
    public boolean seekTime(long utcNs) {
        JournalReader open = reader();
        return open != null && open.seekTime(utcNs);
    }

    @Override
    public boolean next(Taker to) {
        JournalReader open = reader();
        taker = to;
        return open != null && open.poll(this, 1) > 0;
    }

    @Override
    public void onPacket(DirectBuffer buffer, int offset, int length) {
        taker.onPacket(buffer, offset, length);
    }

    @Override
    public long epoch() {
        JournalReader open = reader();
        return open == null ? NO_EPOCH : open.epoch();
    }

    @Override
    public long nextSequence() {
        JournalReader open = reader();
        return open == null ? 1 : open.nextSequence();
    }

    @Override
    public long lastEpoch() {
        JournalReader open = reader();
        return open == null ? NO_EPOCH : open.lastEpoch();
    }

    @Override
    public long lastSequence() {
        JournalReader open = reader();
        return open == null ? 0 : open.lastSequence();
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
