// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import picocli.CommandLine;

/**
 * The role {@code journal}: looks at journals, of a running engine or of none.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "journal",
        description = "Lists, shows and verifies journals; an engine may append to them meanwhile.",
        mixinStandardHelpOptions = true,
        subcommands = {JournalList.class, JournalCat.class, JournalVerify.class},
        footer = {"", "Example: heliograph journal verify /var/heliograph/ny1"})
public final class JournalRole implements Command {
    /** Made by the service loader. */
    public JournalRole() {}

    @Override
    public Integer call() {
        throw CommandException.wrongCall("say what to do: list, cat or verify; see heliograph journal --help");
    }
}
