// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.engine.journal.JournalCard;
import io.heliograph.engine.journal.JournalException;
import io.heliograph.engine.journal.JournalVerifier;
import io.heliograph.engine.journal.StreamJournal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code journal verify}: reads journals whole, and names the first record that is not what was written.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "verify",
        description = {
            "Checks CRCs, numbering and seals of journals, and that no file was cut. Exit code 1 when",
            "something is wrong; the first bad record is named."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: heliograph journal verify /var/heliograph/ny1/itch --json"})
final class JournalVerify implements Command {
    private static final int STEP = 10_000;

    @Parameters(
            arity = "1..*",
            paramLabel = "DIRECTORY",
            description = "Of a host's journals (journal= of its engine), or of one; several, one after the other.")
    private List<Path> directories = new ArrayList<>();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--json", description = "One JSON object a line on standard output, a summary last.")
    private boolean isJson;

    private long bad;
    private long records;
    private long messages;

    @Override
    public Integer call() {
        try (Interruption interruption = Interruption.install()) {
            List<StreamJournal> journals = new ArrayList<>();
            for (Path directory : directories) {
                List<StreamJournal> found = JournalCard.journals(directory);
                if (found.isEmpty()) {
                    throw CommandException.failed("no journals in " + directory);
                }
                journals.addAll(found);
            }
            for (StreamJournal journal : journals) {
                if (!interruption.isRequested()) {
                    verify(journal, interruption);
                }
            }
            if (isJson) {
                out().println(new JsonLine()
                        .put("type", "summary")
                        .put("journals", (long) journals.size())
                        .put("records", records)
                        .put("messages", messages)
                        .put("bad", bad));
            } else if (journals.size() > 1) {
                out().printf(
                                Locale.ROOT,
                                "all %d journals: %s%,d records, %,d messages, %,d bad%n",
                                journals.size(),
                                bad > 0 ? "BAD, " : interruption.isRequested() ? "interrupted, " : "ok, ",
                                records,
                                messages,
                                bad);
            }
            return interruption.exitCode(bad == 0 ? 0 : 1);
        } catch (JournalException unreadable) {
            throw CommandException.failed(String.valueOf(unreadable.getMessage()));
        }
    }

    private void verify(StreamJournal journal, Interruption interruption) {
        String stream = JournalList.streamOf(journal.directory());
        try (JournalVerifier verifier = new JournalVerifier(journal);
                Progress progress = Progress.standard("verify " + stream, "records")) {
            long total = verifier.total();
            while (!interruption.isRequested() && verifier.verify(STEP)) {
                progress.update(verifier.records(), Math.max(total, verifier.records()));
            }
            progress.clear();
            say(stream, verifier, interruption.isRequested());
        }
    }

    private void say(String stream, JournalVerifier verifier, boolean isPart) {
        bad += verifier.bad();
        records += verifier.records();
        messages += verifier.messages();
        if (isJson) {
            out().println(new JsonLine()
                    .put("type", "journal")
                    .put("stream", stream)
                    .put("isWhole", !isPart)
                    .put("records", verifier.records())
                    .put("messages", verifier.messages())
                    .put("octets", verifier.octets())
                    .put("epochs", verifier.epochs())
                    .put("gaps", verifier.gaps())
                    .put("lost", verifier.lost())
                    .put("sealsChecked", verifier.sealsChecked())
                    .put("sealsUnchecked", verifier.sealsUnchecked())
                    .put("sealMismatches", verifier.sealMismatches())
                    .put("bad", verifier.bad())
                    .put("firstBad", verifier.firstBad()));
        } else {
            out().printf(
                            Locale.ROOT,
                            "%s: %s%,d records, %,d messages, %,d lost in %,d gaps; seals: %,d checked, %,d not checkable, %,d differ%n",
                            stream,
                            verifier.bad() > 0 ? "BAD, " : isPart ? "interrupted, " : "ok, ",
                            verifier.records(),
                            verifier.messages(),
                            verifier.lost(),
                            verifier.gaps(),
                            verifier.sealsChecked(),
                            verifier.sealsUnchecked(),
                            verifier.sealMismatches());
        }
        if (verifier.bad() > 0) {
            spec.commandLine()
                    .getErr()
                    .printf(Locale.ROOT, "%s: %,d bad; the first: %s%n", stream, verifier.bad(), verifier.firstBad());
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
