// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.lab.NodeProcess;
import java.nio.file.Path;
import java.util.List;

/**
 * The two processes of a subject, which live as long as its rounds, so that their code stays compiled; between rounds they
 * hold no driver and use no core, so that the other subject has the machine for itself.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the benchmark.
 */
final class SubjectPair implements AutoCloseable {
    private final Path directory;
    private final String label;
    private final ControlLine settings;
    private final NodeProcess sender;
    private final NodeProcess receiver;

    /**
     * Starts the processes.
     *
     * @param run the benchmark.
     * @param label for messages and directories, unique in the run at any time: letters, digits, dashes.
     * @param settings of {@code open}, for both ends.
     */
    SubjectPair(BenchRun run, String label, ControlLine settings) {
        this(run, label, settings, List.of());
    }

    /**
     * Starts the processes.
     *
     * @param run the benchmark.
     * @param label as above.
     * @param settings as above.
     * @param options of both JVMs, beside this one's.
     */
    SubjectPair(BenchRun run, String label, ControlLine settings, List<String> options) {
        this.directory = run.lab().directory();
        this.label = label;
        this.settings = settings;
        sender = run.lab().startSending(label + " sender", options);
        receiver = run.lab().startReceiving(label + " receiver", options);
    }

    /**
     * One round: opens both ends, lets the receiver say when it has enough, closes both.
     *
     * @param kind {@code flat-out} or {@code paced}.
     * @param round settings of {@code run}, for both ends.
     * @param atMostMs how long the round may take.
     * @return what both measured.
     */
    Reading round(String kind, ControlLine round, long atMostMs) {
        open(receiver, "receive-" + kind, "r");
        open(sender, "send-" + kind, "s");
        receiver.tell(round);
        sender.tell(round);
        ControlLine received = receiver.await("done", atMostMs);
        sender.tell(new ControlLine("stop"));
        ControlLine sent = sender.await("done", 0);
        close(sender);
        close(receiver);
        return new Reading(sent, received);
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }

    private void open(NodeProcess process, String role, String end) {
        Path driver = directory.resolve(label + "-" + end);
        process.tell(new ControlLine("open")
                .withAll(settings)
                .with("role", role)
                .with("directory", driver)
                .with("stateDirectory", directory));
        process.await("opened", 0);
    }

    private static void close(NodeProcess process) {
        process.tell(new ControlLine("close"));
        process.await("closed", 0);
    }
}
