// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.lab;

import io.heliograph.engine.cli.Interruption;
import io.heliograph.perf.bench.control.ControlLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of a benchmark: starts the processes at its two ends and knows the addresses between them. As root a pair of
 * network namespaces, else loopback: a row of results says which.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
public final class Lab implements AutoCloseable {
    private static final int LINES = 2;
    private static final long MOMENT_NS = 500_000_000L;

    private final @Nullable Namespaces namespaces;
    private final Interruption interruption;
    private final Path directory = RunDirectory.make();
    private final List<NodeProcess> processes = new ArrayList<>();
    private final Thread hook = new Thread(this::release, "bench clean-up");

    private Lab(@Nullable Namespaces namespaces, Interruption interruption) {
        this.namespaces = namespaces;
        this.interruption = interruption;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Makes the place.
     *
     * @param isLoopback true keeps to loopback even where namespaces could be made.
     * @param interruption ends every wait for a process.
     * @return the place; to be closed.
     */
    public static Lab open(boolean isLoopback, Interruption interruption) {
        boolean isVeth = !isLoopback && Namespaces.arePossible();
        return new Lab(isVeth ? Namespaces.make(LINES) : null, interruption);
    }

    /**
     * What the packets cross.
     *
     * @return {@code veth} or {@code loopback}.
     */
    public String network() {
        return namespaces == null ? "loopback" : "veth";
    }

    /**
     * Where the run's drivers and files live.
     *
     * @return a directory in shared memory, removed at the end.
     */
    public Path directory() {
        return directory;
    }

    /**
     * Starts a process at the sending end.
     *
     * @param name for messages.
     * @param options of its JVM, beside this one's.
     * @return the process.
     */
    public NodeProcess startSending(String name, List<String> options) {
        return start(name, namespaces == null ? List.of() : namespaces.inSending(), options);
    }

    /**
     * Starts a process at the receiving end.
     *
     * @param name for messages.
     * @param options of its JVM, beside this one's.
     * @return the process.
     */
    public NodeProcess startReceiving(String name, List<String> options) {
        return start(name, namespaces == null ? List.of() : namespaces.inReceiving(), options);
    }

    /**
     * Where the lines are, for both ends' {@code open}.
     *
     * @param lines how many, 1 or 2.
     * @param mtu of the NICs: 1,500 gives packets of 1,408 bytes, 9,000 gives 8,192.
     * @return a line with the addresses.
     */
    public ControlLine places(int lines, int mtu) {
        ControlLine places = new ControlLine("places").with("lines", lines).with("nicMtu", mtu);
        for (int line = 0; line < lines; line++) {
            String loopback = "127.0.0." + (line + 1) + "/8";
            places.with("sending" + line, namespaces == null ? loopback : Namespaces.sendingAddress(line));
            places.with("receiving" + line, namespaces == null ? loopback : Namespaces.receivingAddress(line));
        }
        return places;
    }

    /**
     * Whether the benchmark is to end.
     *
     * @return true from the signal on.
     */
    public boolean isInterrupted() {
        return interruption.isRequested();
    }

    /**
     * Whether the benchmark is to end, or will be told so at once.
     *
     * @return true when the signal has come within a moment.
     */
    public boolean awaitInterruption() {
        return interruption.await(MOMENT_NS);
    }

    /** Ends all processes and removes the network. Idempotent. */
    @Override
    public void close() {
        release();
        if (!interruption.isRequested()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException endsAlready) {
                interruption.request();
            }
        }
    }

    private synchronized NodeProcess start(String name, List<String> prefix, List<String> options) {
        NodeProcess process = NodeProcess.start(name, prefix, options, interruption);
        processes.add(process);
        return process;
    }

    private synchronized void release() {
        processes.forEach(NodeProcess::close);
        processes.clear();
        if (namespaces != null) {
            namespaces.close();
        }
        RunDirectory.remove(directory);
    }
}
