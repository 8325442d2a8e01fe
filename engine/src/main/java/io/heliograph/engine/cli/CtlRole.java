// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import picocli.CommandLine;

/**
 * The role {@code ctl}: asks the running engine of this host, and changes it.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "ctl",
        description = {
            "Asks the running engine of this host, or changes it while it runs: over a Unix domain socket that only",
            "the engine's user may open. What is changed lasts until the engine ends; the topology keeps it for good."
        },
        mixinStandardHelpOptions = true,
        subcommands = {CtlPaths.class, CtlMarks.class},
        footer = {"", "Example: heliograph ctl paths --topology config/samples/two-sites.xml --host ldn1"})
public final class CtlRole implements Command {
    /** Made by the service loader. */
    public CtlRole() {}

    @Override
    public Integer call() {
        throw CommandException.wrongCall("say what to do: paths or marks; see heliograph ctl --help");
    }
}
