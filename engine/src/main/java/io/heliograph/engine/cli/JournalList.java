// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.engine.journal.JournalCard;
import io.heliograph.engine.journal.JournalException;
import io.heliograph.engine.journal.StreamJournal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code journal list}: what journals are there, and from where to where each goes.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "list",
        description = "Which journals are in a directory, and what each holds.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: heliograph journal list /var/heliograph/ny1"})
final class JournalList implements Command {
    @Parameters(paramLabel = "DIRECTORY", description = "Of a host's journals (journal= of its engine), or of one.")
    private Path directory = Path.of("");

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--json", description = "One JSON object a line on standard output, a summary last.")
    private boolean isJson;

    @Override
    public Integer call() {
        try {
            List<StreamJournal> journals = JournalCard.journals(directory);
            journals.forEach(journal -> say(JournalCard.of(journal)));
            if (isJson) {
                out().println(new JsonLine()
                        .put("type", "summary")
                        .put("directory", directory.toString())
                        .put("journals", (long) journals.size()));
            } else if (journals.isEmpty()) {
                out().println("no journals in " + directory);
            }
            return 0;
        } catch (JournalException unreadable) {
            throw CommandException.failed(String.valueOf(unreadable.getMessage()));
        }
    }

    private void say(JournalCard card) {
        String stream = streamOf(card.directory());
        if (isJson) {
            out().println(new JsonLine()
                    .put("type", "journal")
                    .put("stream", stream)
                    .put("directory", card.directory().toString())
                    .put("firstEpoch", card.firstEpoch())
                    .put("first", card.firstSequence())
                    .put("lastEpoch", card.lastEpoch())
                    .put("last", card.lastSequence())
                    .put("cycles", (long) card.cycles())
                    .put("octets", card.octets())
                    .put("appending", card.appending()));
            return;
        }
        String range = card.lastEpoch() < 0
                ? "empty"
                : card.firstEpoch() + ":" + card.firstSequence() + " to " + card.lastEpoch() + ":"
                        + card.lastSequence();
        String by = card.appending().isEmpty() ? "" : ", appended to by " + card.appending();
        out().printf(Locale.ROOT, "%s: %s, %d cycles, %,d octets%s%n", stream, range, card.cycles(), card.octets(), by);
    }

    /** As the topology calls it: a partition's mark is no character of a directory. */
    static String streamOf(Path journal) {
        return String.valueOf(journal.toAbsolutePath().normalize().getFileName())
                .replace('~', '/');
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
