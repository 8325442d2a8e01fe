// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * The one launcher: finds the roles of all modules and runs the one that was asked for.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "heliograph",
        description = "Market-data distribution: multicast on several NICs, arbitrated, recovered, measured.",
        synopsisSubcommandLabel = "ROLE",
        mixinStandardHelpOptions = true,
        version = "Heliograph 0.1.0",
        footer = {"", "Start with: heliograph demo", "Each role explains itself: heliograph ROLE --help"})
public final class Main implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    private Main() {}

    /**
     * Runs a role and ends the process with its exit code: 0 done, 1 failed, 2 wrong call.
     *
     * @param args the role and its options.
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /**
     * All roles, ready to execute: what {@link #main} runs and what tests call.
     *
     * @return a new command line.
     */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        for (Command role : ServiceLoader.load(Command.class)) {
            line.addSubcommand(role);
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((mistake, given) -> sayWrongCall(mistake));
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            failed.getErr().println(failed.getCommandName() + ": " + describe(failure));
            return failure instanceof CommandException said ? said.exitCode() : 1;
        });
        return line;
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    private static int sayWrongCall(CommandLine.ParameterException mistake) {
        CommandLine role = mistake.getCommandLine();
        String name = role.getCommandSpec().qualifiedName();
        String what = String.valueOf(mistake.getMessage())
                .replaceAll("\\s*\\R\\s*", " ")
                .replaceFirst("^Error: ", "");
        CommandLine.UnmatchedArgumentException unmatched = unmatched(mistake);
        if (unmatched != null) {
            what = unmatched(unmatched, role.getParent() == null && !unmatched.isUnknownOption());
        }
        role.getErr().println(name + ": " + what + "; see " + name + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    /** What could not be taken; a required option that is missing may be there, misspelt, and that is the mistake then. */
    private static CommandLine.@Nullable UnmatchedArgumentException unmatched(CommandLine.ParameterException mistake) {
        if (mistake instanceof CommandLine.UnmatchedArgumentException given) {
            return given;
        }
        List<String> rest = mistake.getCommandLine().getUnmatchedArguments();
        if (mistake instanceof CommandLine.MissingParameterException && !rest.isEmpty()) {
            CommandLine.UnmatchedArgumentException misspelt =
                    new CommandLine.UnmatchedArgumentException(mistake.getCommandLine(), rest);
            return misspelt.isUnknownOption() ? misspelt : null;
        }
        return null;
    }

    private static String unmatched(CommandLine.UnmatchedArgumentException mistake, boolean isRole) {
        String first = mistake.getUnmatched().get(0);
        List<String> near = mistake.getSuggestions().stream()
                .map(suggestion -> suggestion.replaceFirst("^heliograph ", ""))
                .toList();
        String what = isRole ? "no role" : mistake.isUnknownOption() ? "no option" : "cannot take";
        return what + " '" + first + "'" + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof CommandException && message != null) {
            return message;
        }
        return "unexpected " + failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
