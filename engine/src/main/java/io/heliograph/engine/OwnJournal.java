// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Host;
import io.heliograph.config.Stream;
import io.heliograph.engine.NumberingStart.JournalPlace;
import io.heliograph.engine.journal.JournalException;
import io.heliograph.engine.journal.JournalReader;
import io.heliograph.engine.journal.StreamJournal;
import java.nio.file.Path;

/**
 * Where the journals of a host end, for who publishes there.
 *
 * <p><b>Thread:</b> any.
 */
final class OwnJournal {
    private OwnJournal() {}

    /**
     * Where this host's journal of a stream ends.
     *
     * @throws HeliographException when there is one that cannot be read: what it has cannot be known then.
     */
    static JournalPlace end(Stream stream, Host host) {
        String directory = host.engine().journal();
        if (directory == null || !stream.journaling().hosts().contains(host.name())) {
            return JournalPlace.NONE;
        }
        StreamJournal journal = StreamJournal.of(Path.of(directory), stream.name());
        if (!journal.isThere()) {
            return JournalPlace.NONE;
        }
        try (JournalReader reader = journal.reader()) {
            return new JournalPlace(reader.lastEpoch(), reader.lastSequence(), reader.isLastEnded(), true);
        } catch (JournalException unreadable) {
            throw new HeliographException(
                    "stream " + stream.name()
                            + " cannot be published: where its journal on this host ends cannot be read ("
                            + unreadable.getMessage() + ")",
                    unreadable);
        }
    }
}
