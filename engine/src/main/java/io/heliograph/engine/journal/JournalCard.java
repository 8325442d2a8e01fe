// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import io.heliograph.engine.wire.PacketFlyweight;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a look at a journal shows without reading it.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param directory of the stream's journal.
 * @param cycles hours with packets.
 * @param octets that they take on the disk, by their places: what came after the last place of each is left out.
 * @param firstEpoch of the first packet; -1 for a journal without packets.
 * @param firstSequence of the first packet.
 * @param lastEpoch of the last one; -1 for a journal without packets.
 * @param lastSequence of the last one.
 * @param appending who appends to it; empty when nobody does.
 */
public record JournalCard(
        Path directory,
        int cycles,
        long octets,
        long firstEpoch,
        long firstSequence,
        long lastEpoch,
        long lastSequence,
        String appending) {
    /**
     * The journals in a directory: that of a host, or that of one stream.
     *
     * @param directory to look into.
     * @return in the order of their names; none where there are none.
     * @throws JournalException when it cannot be read.
     */
    public static List<StreamJournal> journals(Path directory) {
        List<StreamJournal> found = new ArrayList<>();
        if (new StreamJournal(directory).isThere()) {
            found.add(new StreamJournal(directory));
            return found;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (new StreamJournal(entry).isThere()) {
                    found.add(new StreamJournal(entry));
                }
            }
        } catch (IOException unreadable) {
            throw new JournalException(
                    "cannot list " + directory + " (" + JournalQueue.inOneLine(unreadable)
                            + "); name the directory of a host's journals, or of one",
                    unreadable);
        }
        found.sort(Comparator.comparing(journal -> journal.directory().toString()));
        return found;
    }

    /**
     * Looks at a journal.
     *
     * @param journal that is there.
     * @return what it shows.
     * @throws JournalException when it cannot be read.
     */
    public static JournalCard of(StreamJournal journal) {
        int[] cycles = Cycles.in(journal.directory());
        long octets = 0;
        for (int cycle : cycles) {
            try (Places places = Places.read(journal.directory(), cycle).orElse(null)) {
                boolean isKnown = places != null && places.refresh() > 0 && places.load(places.count() - 1);
                octets += isKnown && places != null ? places.place().position() : 0;
            }
        }
        try (JournalReader reader = journal.reader()) {
            long[] first = {0};
            reader.poll((packet, offset, length) -> first[0] = PacketFlyweight.sequence(packet, offset), 1);
            return new JournalCard(
                    journal.directory(),
                    cycles.length,
                    octets,
                    reader.epoch(),
                    first[0],
                    reader.lastEpoch(),
                    reader.lastSequence(),
                    journal.appending());
        }
    }
}
