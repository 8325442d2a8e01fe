// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

/**
 * Ends a role with one clear line on standard error and an exit code: what is wrong, where, and what to do.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class CommandException extends RuntimeException {
    private final int exitCode;

    private CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /**
     * The work failed.
     *
     * @param message what failed, where, and what to do.
     * @return to be thrown; exit code 1.
     */
    public static CommandException failed(String message) {
        return new CommandException(1, message);
    }

    /**
     * The call, a file or the topology is wrong.
     *
     * @param message what is wrong, where, and what to do.
     * @return to be thrown; exit code 2.
     */
    public static CommandException wrongCall(String message) {
        return new CommandException(2, message);
    }

    /**
     * What the process ends with.
     *
     * @return 1 or 2.
     */
    public int exitCode() {
        return exitCode;
    }
}
