// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import io.heliograph.engine.testkit.Awaiting;
import io.heliograph.perf.bench.control.ControlLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process of the lab, on one of its hosts, spoken to by control lines. What it says on standard error goes to a file. It
 * ends with this one, however this one ends: see {@link Tether}.
 *
 * <p><b>Thread:</b> one owner; what the process says is read by a thread that ends with it.
 */
public final class LabProcess implements AutoCloseable {
    private static final long PATIENCE_S = 30;
    private static final String ENDED = "ended";

    private final String name;
    private final Path log;
    private final Process process;
    private final PrintStream commands;
    private final BlockingQueue<ControlLine> answers = new LinkedBlockingQueue<>();
    private final Map<String, String> nicStates = new ConcurrentHashMap<>();

    private LabProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::readAnswers, "answers of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a process.
     *
     * @param name for messages and for its log.
     * @param prefix what runs it on its host.
     * @param logs folder of the logs.
     * @param main its entry.
     * @param arguments of the entry.
     * @return the process; to be closed.
     */
    public static LabProcess start(String name, List<String> prefix, Path logs, Class<?> main, String... arguments) {
        Path root = Path.of(System.getProperty("heliograph.root", "..")).toAbsolutePath();
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + root.resolve(".mvn/jvm.flags").normalize(),
                "-XX:+UseSerialGC",
                // Six processes that optimise at once leave two cores no time for the feed, and no run is long.
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-XX:MaxDirectMemorySize=2g",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        words.addAll(List.of(arguments));
        Path log = logs.resolve(name + ".log");
        try {
            return new LabProcess(
                    name,
                    log,
                    new ProcessBuilder(words).redirectError(log.toFile()).start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Waits until the process has said a word.
     *
     * @param verb that is due.
     * @return the line.
     */
    public ControlLine await(String verb) {
        try {
            ControlLine answer = answers.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (answer == null || !answer.verb().equals(verb)) {
                throw new AssertionError(name + " said '" + answer + "' where '" + verb + "' was due; see " + log);
            }
            return answer;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /**
     * Says something, and waits for the answer.
     *
     * @param command what.
     * @param verb of the answer.
     * @return the answer.
     */
    public ControlLine ask(ControlLine command, String verb) {
        commands.println(command);
        return await(verb);
    }

    /**
     * Says something without values, and waits for the answer.
     *
     * @param command its verb.
     * @param verb of the answer.
     * @return the answer.
     */
    public ControlLine ask(String command, String verb) {
        return ask(new ControlLine(command), verb);
    }

    /** Whether the engine holds a NIC for healthy: it is until it says otherwise. */
    boolean isUp(String nic) {
        return nicStates.getOrDefault(nic, "up").equals("up");
    }

    /** Lets it go: it ends in its own time. */
    public void dismiss() {
        commands.println(new ControlLine(Tether.EXIT));
        commands.close();
    }

    @Override
    public void close() {
        dismiss();
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                Awaiting.awaiting("the end of " + name, () -> !process.isAlive());
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void readAnswers() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().map(ControlLine::parse).forEach(this::take);
            answers.add(new ControlLine(ENDED));
        } catch (IOException | RuntimeException broken) {
            answers.add(new ControlLine(ENDED).with("why", broken));
        }
    }

    private void take(ControlLine line) {
        if (line.verb().equals("nic")) {
            nicStates.put(line.text("name"), line.text("state"));
        } else {
            answers.add(line);
        }
    }
}
