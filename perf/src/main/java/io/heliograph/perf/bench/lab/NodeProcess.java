// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.lab;

import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.cli.Interruption;
import io.heliograph.perf.bench.control.ControlLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A child JVM of a benchmark, with this JVM's flags and class path, spoken to by control lines. What it says on standard
 * error goes to ours. It ends with us, however we end: its standard input ends then.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 *
 * <p><b>Failure:</b> a process that fails, ends or keeps silent too long becomes a {@link CommandException} that says what it
 * said.
 */
public final class NodeProcess implements AutoCloseable {
    private static final String MAIN = "io.heliograph.perf.bench.node.NodeMain";
    private static final long SLICE_MS = 100;
    private static final long PATIENCE_MS = 30_000;
    private static final String ENDED = "ended";

    private final String name;
    private final Process process;
    private final PrintStream commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Interruption interruption;
    private boolean isClosed;

    private NodeProcess(String name, Process process, Interruption interruption) {
        this.name = name;
        this.process = process;
        this.interruption = interruption;
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::readAnswers, "answers of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a process.
     *
     * @param name for messages.
     * @param prefix what runs the JVM elsewhere ({@code ip netns exec NAME}); empty for here.
     * @param options of the JVM, beside this one's.
     * @param interruption ends every wait.
     * @return the process, which waits for {@code open}.
     */
    static NodeProcess start(String name, List<String> prefix, List<String> options, Interruption interruption) {
        List<String> command = new ArrayList<>(prefix);
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(options);
        command.add("-cp");
        command.add(ManagementFactory.getRuntimeMXBean().getClassPath());
        command.add(MAIN);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new NodeProcess(name, process, interruption);
        } catch (IOException failed) {
            throw CommandException.failed("cannot start " + command.get(0) + ": " + failed.getMessage());
        }
    }

    /**
     * Says something to the process.
     *
     * @param line a command.
     */
    public void tell(ControlLine line) {
        commands.println(line);
    }

    /**
     * Waits for the answer to the last command.
     *
     * @param verb of the answer.
     * @param atMostMs how long the work may take; some patience is added.
     * @return the answer.
     */
    public ControlLine await(String verb, long atMostMs) {
        SystemNanoClock clock = SystemNanoClock.INSTANCE;
        long deadlineNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(atMostMs + PATIENCE_MS);
        while (deadlineNs - clock.nanoTime() > 0) {
            if (interruption.isRequested()) {
                throw CommandException.failed("interrupted");
            }
            String text = next();
            if (text != null) {
                return expect(verb, ControlLine.parse(text));
            }
        }
        throw CommandException.failed(name + " did not say '" + verb + "' within "
                + TimeUnit.MILLISECONDS.toSeconds(atMostMs + PATIENCE_MS) + " s");
    }

    /** Ends the process: asks it to, and kills it when it does not. Idempotent. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        tell(new ControlLine("exit"));
        commands.close();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(2, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private ControlLine expect(String verb, ControlLine answer) {
        if (answer.verb().equals(verb)) {
            return answer;
        }
        if (answer.verb().equals("failed")) {
            throw CommandException.failed(name + " failed: " + answer.text("why"));
        }
        throw CommandException.failed(name + " said '" + answer.verb() + "' where '" + verb + "' was due");
    }

    private @Nullable String next() {
        try {
            return answers.poll(SLICE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted");
        }
    }

    private void readAnswers() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                answers.add(line);
            }
            answers.add(ENDED);
        } catch (IOException closed) {
            answers.add(new ControlLine("failed").with("why", closed.toString()).toString());
        }
    }
}
