// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.heliograph.config.Profile;
import io.heliograph.engine.base.Surroundings;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The command that runs a driver as a process of its own: the same Java, class path and JVM flags as this process, and the
 * role {@code driver}.
 *
 * <p><b>Thread:</b> any thread.
 */
final class DriverLaunch {
    /** By name only: this room does not know the launcher, which stands on it. */
    private static final String MAIN = "io.heliograph.engine.cli.Main";

    /** What belongs to this process alone: a debugger's port, a profiler's file. */
    private static final List<String> AGENTS = List.of("-javaagent", "-agentlib", "-agentpath", "-Xrunjdwp", "-Xdebug");

    /** A log longer than this is begun anew at the next start, bytes. */
    private static final long LOG_LIMIT = 1 << 20;

    private DriverLaunch() {}

    /**
     * Starts the process. What it says goes into the log beside its directory: so it has somewhere to write when the engine
     * is gone.
     *
     * @param directory where its driver shall work.
     * @param context its settings.
     * @return the process.
     */
    static Process start(Path directory, DriverContext context) {
        Path log = DriverDirectories.log(directory);
        try {
            if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
                Files.delete(log);
            }
            Process process = new ProcessBuilder(words(directory, context))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process.getOutputStream().close();
            return process;
        } catch (IOException failed) {
            throw new DriverException(
                    "cannot start a driver process for " + directory + " (" + failed.getMessage() + ")", failed);
        }
    }

    static List<String> words(Path directory, DriverContext context) {
        List<String> words = new ArrayList<>();
        words.add(Surroundings.java().toString());
        words.addAll(flags());
        Surroundings.home().ifPresent(home -> words.add("-Dheliograph.home=" + home));
        words.add("-cp");
        words.add(absolute(Surroundings.classPath()));
        words.add(MAIN);
        words.add("driver");
        words.add("--directory=" + directory.toAbsolutePath());
        words.add("--profile=" + name(context.profile()));
        words.add("--term-length=" + context.termLength());
        words.add("--window-length=" + context.windowLength());
        words.add("--watched");
        return words;
    }

    private static List<String> flags() {
        Path file = Surroundings.home()
                .map(home -> home.resolve(".mvn").resolve("jvm.flags"))
                .orElse(Path.of(""));
        if (Files.isReadable(file) && Files.isRegularFile(file)) {
            return List.of("@" + file);
        }
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> AGENTS.stream().noneMatch(flag::startsWith))
                .toList();
    }

    private static String name(Profile profile) {
        return profile.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String absolute(String classPath) {
        List<String> parts = new ArrayList<>();
        for (String part : classPath.split(File.pathSeparator, -1)) {
            parts.add(Path.of(part).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, parts);
    }
}
