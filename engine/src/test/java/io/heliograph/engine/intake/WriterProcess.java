// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import io.heliograph.engine.testkit.Awaiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A writer of a ring that can be stopped, woken and killed: {@link WriterProgram}, or the one in C. */
public final class WriterProcess implements AutoCloseable {
    private final Process process;
    private final List<String> said = new CopyOnWriteArrayList<>();

    private WriterProcess(List<String> words) {
        try {
            process = new ProcessBuilder(words).redirectErrorStream(true).start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread reader = new Thread(this::read);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * A writer in Java.
     *
     * @param arguments ring, id, count, and perhaps hold.
     * @return running.
     */
    public static WriterProcess java(String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of(System.getProperty("heliograph.root", "..")).resolve(".mvn/jvm.flags"),
                "-cp",
                System.getProperty("java.class.path"),
                WriterProgram.class.getName()));
        words.addAll(List.of(arguments));
        return new WriterProcess(words);
    }

    /**
     * Any program.
     *
     * @param words of its command.
     * @return running.
     */
    public static WriterProcess of(String... words) {
        return new WriterProcess(List.of(words));
    }

    /**
     * Compiles the writer in C.
     *
     * @param folder for the program.
     * @return empty where there is no C compiler.
     */
    public static Optional<Path> compile(Path folder) {
        Path source = Path.of(System.getProperty("heliograph.root", ".."), "engine/src/test/c/intake_writer.c");
        Path program = folder.resolve("intake_writer");
        String[] words = {
            "cc",
            "-std=c11",
            "-O2",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-D_GNU_SOURCE",
            "-o",
            program.toString(),
            source.toString()
        };
        try {
            new ProcessBuilder("cc", "--version").start().waitFor(30, TimeUnit.SECONDS);
        } catch (IOException none) {
            System.err.println("SKIPPED: no C compiler (cc): the writer in C is not tested");
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
        try (WriterProcess compiler = of(words)) {
            if (compiler.awaitExit() != 0) {
                throw new AssertionError("the writer in C does not compile: " + compiler.said);
            }
        }
        return Optional.of(program);
    }

    /**
     * The number of the process.
     *
     * @return for signals.
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Waits until it has said something.
     *
     * @param part of a line.
     * @return the line.
     */
    public String awaitSaid(String part) {
        Awaiting.awaiting("'" + part + "' in " + said, () -> find(part).isPresent() || !process.isAlive());
        Awaiting.awaiting("the rest of " + said, () -> find(part).isPresent());
        return find(part).orElseThrow();
    }

    /**
     * Whether it has said something.
     *
     * @param part of a line.
     * @return true when it has.
     */
    public boolean hasSaid(String part) {
        return find(part).isPresent();
    }

    /**
     * What it has said last.
     *
     * @param part of a line.
     * @return the last line that holds it.
     */
    public String last(String part) {
        for (int i = said.size() - 1; i >= 0; i--) {
            String line = said.get(i);
            if (line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("no '" + part + "' in " + said);
    }

    /**
     * All that it has said of something.
     *
     * @param part of a line.
     * @return the lines that hold it, in order.
     */
    public List<String> lines(String part) {
        return said.stream().filter(line -> line.contains(part)).toList();
    }

    /**
     * How often it has said something.
     *
     * @param part of a line.
     * @return lines.
     */
    public long count(String part) {
        return said.stream().filter(line -> line.contains(part)).count();
    }

    /** Lets a writer that holds a claim commit it. */
    public void goOn() {
        tell("");
    }

    /**
     * Writes a line to its standard input.
     *
     * @param line without its end.
     */
    public void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Sends it a signal, and waits until that has been sent.
     *
     * @param name such as STOP.
     */
    public void signal(String name) {
        signal(name, pid());
    }

    /**
     * Sends a process a signal, and waits until that has been sent.
     *
     * @param name such as STOP.
     * @param pid of the process.
     */
    public static void signal(String name, long pid) {
        try (WriterProcess kill = of("sh", "-c", "kill -" + name + " " + pid)) {
            if (kill.awaitExit() != 0) {
                throw new AssertionError("no signal " + name + " for " + pid + ": " + kill.said);
            }
        }
    }

    /**
     * Waits for the end.
     *
     * @return the exit code.
     */
    public int awaitExit() {
        Awaiting.awaiting("the end of process " + pid() + ", which says " + said, () -> !process.isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit();
    }

    @Override
    public String toString() {
        return "process " + pid() + ", which says " + said;
    }

    private Optional<String> find(String part) {
        return said.stream().filter(line -> line.contains(part)).findFirst();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException ended) {
            said.add("(stream ended: " + ended.getMessage() + ")");
        }
    }
}
