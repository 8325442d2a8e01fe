// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

import io.heliograph.perf.bench.control.ControlLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Entry of a benchmark's child process: obeys control lines from standard input until {@code exit} or its end.
 *
 * <p><b>Thread:</b> the main thread opens, runs and closes; a reader thread only listens and raises the stop signal.
 */
public final class NodeMain {
    private static final int ORPHANED = 3;

    /** What its main thread has for an orderly end. */
    private static final long END_PATIENCE_MS = 2_000;

    private final BlockingQueue<ControlLine> commands = new LinkedBlockingQueue<>();
    private final StopSignal stop = new StopSignal();
    private final PrintStream answers;
    private final Thread obedient;
    private @Nullable NodeWork work;

    private NodeMain(PrintStream answers) {
        this.answers = answers;
        this.obedient = Thread.currentThread();
    }

    /**
     * Runs the process.
     *
     * @param args none.
     * @throws InterruptedException never: nobody interrupts the main thread.
     */
    public static void main(String[] args) throws InterruptedException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        NodeMain node = new NodeMain(answers);
        Thread reader = new Thread(node::listen, "commands");
        reader.setDaemon(true);
        reader.start();
        System.exit(node.obey());
    }

    private int obey() throws InterruptedException {
        while (true) {
            ControlLine command = commands.take();
            try {
                switch (command.verb()) {
                    case "open" -> open(command);
                    case "run" -> answer(opened().run(command, stop));
                    case "close" -> close();
                    case "exit" -> {
                        return 0;
                    }
                    default -> throw new IllegalArgumentException("unknown command '" + command.verb() + "'");
                }
            } catch (RuntimeException failed) {
                answer(new ControlLine("failed").with("why", describe(failed)));
                return 1;
            }
        }
    }

    private void open(ControlLine command) {
        work = NodeWorks.open(command);
        answer(new ControlLine("opened"));
    }

    private void close() {
        opened().close();
        work = null;
        answer(new ControlLine("closed"));
    }

    private NodeWork opened() {
        NodeWork opened = work;
        if (opened == null) {
            throw new IllegalStateException("nothing is open");
        }
        return opened;
    }

    private void answer(ControlLine line) {
        answers.println(line);
        answers.flush();
    }

    private static String describe(RuntimeException failed) {
        StackTraceElement[] trace = failed.getStackTrace();
        return failed + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private void listen() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                ControlLine command = ControlLine.parse(text);
                if (command.verb().equals("stop")) {
                    stop.raise();
                } else {
                    if (command.verb().equals("run")) {
                        stop.lower();
                    } else if (command.verb().equals("exit")) {
                        stop.raise();
                    }
                    commands.add(command);
                }
            }
            endOrphaned("");
        } catch (IOException broken) {
            endOrphaned(": " + broken.getMessage());
        }
    }

    /** The benchmark has gone: a process without it must not stay, whatever its main thread does. */
    private void endOrphaned(String how) {
        boolean isAskedToEnd =
                commands.stream().anyMatch(command -> command.verb().equals("exit"));
        stop.raise();
        if (!isAskedToEnd && !how.isEmpty()) {
            System.err.println("bench process: standard input broke" + how);
        }
        commands.add(new ControlLine("exit"));
        awaitEnd();
        Runtime.getRuntime().halt(ORPHANED);
    }

    private void awaitEnd() {
        try {
            obedient.join(END_PATIENCE_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
