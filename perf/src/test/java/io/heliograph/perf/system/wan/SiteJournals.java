// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.wan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.heliograph.engine.journal.JournalReader;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * The journals of all hosts, read beside the engines that write them.
 *
 * <p><b>Thread:</b> one owner.
 */
final class SiteJournals implements AutoCloseable {
    private static final int PACKETS = 64;

    private final Path folder;
    private final Map<Path, JournalReader> readers = new HashMap<>();

    /**
     * @param folder in which each host has a directory.
     */
    SiteJournals(Path folder) {
        this.folder = folder;
    }

    /** Where a host keeps its journals. */
    static Path of(Path folder, String host) {
        return folder.resolve(host + "-journal");
    }

    /** The last message of a stream that a host's journal has; 0 while it has none. */
    long last(String host, int stream) {
        Path directory = of(folder, host);
        StreamJournal journal = StreamJournal.of(directory, SitePlan.streamName(stream));
        Path place = directory.resolve(SitePlan.streamName(stream));
        if (!readers.containsKey(place) && journal.isThere()) {
            readers.put(place, journal.reader());
        }
        JournalReader reader = readers.get(place);
        return reader == null ? 0 : reader.lastSequence();
    }

    /** Checks that a host's journal has every message of a stream once and in order; returns how many. */
    long compare(String host, int stream) {
        long[] next = {1};
        String where = "the journal of " + host + ", stream " + stream;
        try (JournalReader reader =
                StreamJournal.of(of(folder, host), SitePlan.streamName(stream)).reader()) {
            while (reader.poll((buffer, offset, length) -> onPacket(buffer, offset, next, where), PACKETS) > 0) {}
        }
        return next[0] - 1;
    }

    private static void onPacket(DirectBuffer packet, int offset, long[] next, String where) {
        if (PacketFlyweight.kind(packet, offset) == PacketKind.GAP) {
            fail(where + ": lacks " + PacketFlyweight.sequence(packet, offset) + " to "
                    + ControlFlyweight.gapLast(packet, offset));
        }
        if (PacketFlyweight.kind(packet, offset) != PacketKind.SEAL) {
            assertEquals(PacketKind.DATA, PacketFlyweight.kind(packet, offset), where + " behind " + (next[0] - 1));
            assertEquals(next[0], PacketFlyweight.sequence(packet, offset), where);
            next[0] += PacketFlyweight.count(packet, offset);
        }
    }

    /** Lets go of what was opened: of journals that are deleted, for example. */
    void release() {
        CloseHelper.closeAll(readers.values());
        readers.clear();
    }

    @Override
    public void close() {
        release();
    }
}
