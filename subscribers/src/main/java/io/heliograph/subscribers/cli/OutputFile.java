// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.engine.cli.CommandException;
import io.heliograph.subscribers.record.LineFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that an option names: opened before anything else happens, and every failure said in one line with its path.
 *
 * <p><b>Thread:</b> the main thread.
 *
 * <p><b>Failure:</b> {@link CommandException} with exit code 1.
 */
final class OutputFile implements AutoCloseable {
    private final String option;
    private final @Nullable Path path;
    private final @Nullable LineFile lines;

    private OutputFile(String option, @Nullable Path path, @Nullable LineFile lines) {
        this.option = option;
        this.path = path;
        this.lines = lines;
    }

    /** Opens the file, or nothing where the option was not given. */
    static OutputFile open(String option, @Nullable Path path) {
        if (path == null) {
            return new OutputFile(option, null, null);
        }
        try {
            return new OutputFile(option, path, LineFile.open(path));
        } catch (IOException refused) {
            throw failed(option, path, refused);
        }
    }

    @Nullable
    LineFile lines() {
        return lines;
    }

    /** Fails when a line could not be written. */
    void check() {
        if (lines != null && path != null) {
            try {
                lines.check();
            } catch (IOException refused) {
                throw failed(option, path, refused);
            }
        }
    }

    void flush() {
        if (lines != null) {
            lines.flush();
        }
    }

    @Override
    public void close() {
        finish();
    }

    /** Writes what is left; idempotent. */
    void finish() {
        if (lines != null && path != null) {
            try {
                lines.close();
            } catch (IOException refused) {
                throw failed(option, path, refused);
            }
        }
    }

    private static CommandException failed(String option, Path path, IOException refused) {
        String why = String.valueOf(refused.getMessage());
        if (refused instanceof NoSuchFileException) {
            why = "no such directory";
        } else if (refused instanceof AccessDeniedException) {
            why = "permission denied";
        } else if (Files.isDirectory(path)) {
            why = "it is a directory";
        }
        return CommandException.failed(option + " " + path + ": cannot be written: " + why);
    }
}
