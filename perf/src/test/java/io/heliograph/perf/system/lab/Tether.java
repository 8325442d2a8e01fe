// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import io.heliograph.perf.bench.control.ControlLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * What ties a process of the lab to the test that started it: control lines over standard input and output. When the input
 * ends, because the test says {@code exit} or is gone, the process ends, whatever it does at the time.
 *
 * <p><b>Thread:</b> commands are taken by one owner; answers may be given by any thread.
 */
public final class Tether {
    /** Ends the process. */
    public static final String EXIT = "exit";

    private static final long PATIENCE_NS = 4_000_000_000L;
    private static final int ORPHANED = 3;

    private final BlockingQueue<ControlLine> commands = new LinkedBlockingQueue<>();
    private final PrintStream answers;

    private Tether(PrintStream answers) {
        this.answers = answers;
    }

    /**
     * Takes standard input and output: what else is printed goes to standard error from now on.
     *
     * @return the tether.
     */
    public static Tether tie() {
        Tether tether = new Tether(System.out);
        System.setOut(System.err);
        Thread reader = new Thread(tether::listen, "commands");
        reader.setDaemon(true);
        reader.start();
        return tether;
    }

    /**
     * The next command.
     *
     * @return null while there is none.
     */
    @Nullable
    public ControlLine poll() {
        return commands.poll();
    }

    /**
     * Says something to the test.
     *
     * @param line what.
     */
    public synchronized void answer(ControlLine line) {
        answers.println(line);
        answers.flush();
    }

    private void listen() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            reader.lines().map(ControlLine::parse).forEach(commands::add);
        } catch (IOException broken) {
            System.err.println("standard input broke: " + broken.getMessage());
        }
        commands.add(new ControlLine(EXIT));
        long deadlineNs = SystemNanoClock.INSTANCE.nanoTime() + PATIENCE_NS;
        while (SystemNanoClock.INSTANCE.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(PATIENCE_NS / 100);
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
