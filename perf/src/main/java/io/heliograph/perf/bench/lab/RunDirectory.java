// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.lab;

import io.heliograph.engine.base.Surroundings;
import io.heliograph.engine.cli.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one directory of a run, in shared memory: its drivers and files live below it and go with it. Named after this
 * process; what a killed one left is removed by the next.
 *
 * <p><b>Thread:</b> any thread.
 */
final class RunDirectory {
    private static final String PREFIX = "heliograph-bench-";

    private RunDirectory() {}

    static Path make() {
        Path parent = Surroundings.sharedMemory();
        try {
            removeAbandoned(parent);
            return Files.createDirectories(
                    parent.resolve(PREFIX + ProcessHandle.current().pid()));
        } catch (IOException | UncheckedIOException failed) {
            throw CommandException.failed("cannot make a directory in " + parent + ": " + failed.getMessage());
        }
    }

    /** Removes a directory with all below it; what is gone already is no failure. */
    static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed)
                        throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failed) {
            System.err.println("bench: cannot remove " + directory + ": " + failed.getMessage());
        }
    }

    private static void removeAbandoned(Path parent) throws IOException {
        List<Path> abandoned;
        try (Stream<Path> children = Files.list(parent)) {
            abandoned = children.filter(RunDirectory::isAbandoned).toList();
        }
        abandoned.forEach(RunDirectory::remove);
    }

    private static boolean isAbandoned(Path directory) {
        String name = String.valueOf(directory.getFileName());
        return name.matches(PREFIX + "\\d+")
                && ProcessHandle.of(Long.parseLong(name.substring(PREFIX.length())))
                        .isEmpty();
    }
}
