// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import static io.heliograph.engine.testkit.Awaiting.awaiting;

import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.testkit.NetworkLab;
import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.system.lab.LabPlan.LabStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The network and the processes in it: on each host an engine and a node; host 1's node sends, the others receive.
 *
 * <p><b>Thread:</b> one owner.
 */
final class PolicyLab implements AutoCloseable {
    private static final long LINE_SILENCE_NS = 100_000_000L;
    private static final long WARMING_NS = 2_000_000_000L;

    private final String topology = "lab-" + ProcessHandle.current().pid();
    private final NetworkLab network;
    private final List<LabProcess> engines = new ArrayList<>();
    private final List<LabProcess> nodes = new ArrayList<>();

    private @Nullable Path journals;

    private PolicyLab(NetworkLab network) {
        this.network = network;
    }

    /**
     * Starts everything, and waits until every message reaches everybody on every line.
     *
     * @param logs folder for the topology and for what the processes say.
     * @param isJournaled whether two hosts keep journals, beside the logs.
     * @return the lab; to be closed.
     */
    static PolicyLab start(Path logs, boolean isJournaled) {
        PolicyLab lab = new PolicyLab(NetworkLab.make(LabPlan.HOSTS, LabPlan.NICS));
        try {
            lab.setUp(logs, isJournaled ? Files.createTempDirectory(logs, "journals") : null);
            return lab;
        } catch (RuntimeException | Error failed) {
            lab.close();
            throw failed;
        } catch (IOException failed) {
            lab.close();
            throw new UncheckedIOException(failed);
        }
    }

    NetworkLab network() {
        return network;
    }

    LabProcess sender() {
        return nodes.get(LabPlan.SENDER - 1);
    }

    LabProcess node(int host) {
        return nodes.get(host - 1);
    }

    /** Waits until no NIC of any host is held. */
    boolean awaitHealthy(long atMostNs) {
        return within(atMostNs, () -> engines.stream().allMatch(engine -> engine.isUp("a") && engine.isUp("b")));
    }

    /** Waits until every line of every redundant stream brings something to everybody, and could of every other stream. */
    boolean awaitLines(long atMostNs) {
        return within(atMostNs, () -> deadLines().isEmpty());
    }

    /** Lines that bring nothing where they should, or could not if they had to: stream, line, host. */
    List<String> deadLines() {
        List<String> dead = new ArrayList<>();
        for (int host = LabPlan.SENDER + 1; host <= LabPlan.HOSTS; host++) {
            ControlLine heard = node(host).ask("lines", "heard");
            for (LabStream stream : LabPlan.STREAMS) {
                for (int line = 0; line < LabPlan.NICS; line++) {
                    boolean isSilent = stream.isRedundant() && heard.number(stream.id() + "." + line) > LINE_SILENCE_NS;
                    boolean isLost = stream.isJoinedWhole() && heard.number(stream.id() + "." + line + ".image") == 0;
                    if (isSilent || isLost) {
                        dead.add(stream.name() + " line " + (char) ('A' + line) + " at h" + host);
                    }
                }
            }
        }
        return dead;
    }

    /** What the switches know of who listens, for the log. */
    String memberships() {
        return network.memberships();
    }

    @Override
    public void close() {
        nodes.forEach(LabProcess::dismiss);
        CloseHelper.closeAll(nodes);
        engines.forEach(LabProcess::dismiss);
        CloseHelper.closeAll(engines);
        network.close();
        removeFiles();
    }

    private void setUp(Path logs, @Nullable Path journals) {
        this.journals = journals;
        Path file = logs.resolve("topology.xml");
        try {
            Files.writeString(file, LabPlan.topology(topology, journals));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        for (int host = 1; host <= LabPlan.HOSTS; host++) {
            String name = "h" + host;
            engines.add(
                    LabProcess.start(name + "-engine", network.on(host), logs, LabEngine.class, file.toString(), name));
        }
        engines.forEach(engine -> engine.await("started"));
        for (int host = 1; host <= LabPlan.HOSTS; host++) {
            String name = "h" + host;
            String work = host == LabPlan.SENDER ? LabNode.SENDS : LabNode.RECEIVES;
            nodes.add(LabProcess.start(
                    name + "-node", network.on(host), logs, LabNode.class, file.toString(), name, work));
        }
        nodes.forEach(node -> node.await("opened"));
        awaiting(
                "subscribers on every line",
                () -> sender().ask("heard", "isHeard").number("all") == 1);
        sender().ask(new ControlLine("begin").with("rate", LabPlan.rate(journals != null)), "began");
        Fault.awaitTime(SystemNanoClock.INSTANCE.nanoTime() + WARMING_NS);
        awaiting("every line at everybody", () -> deadLines().isEmpty());
    }

    private static boolean within(long atMostNs, BooleanSupplier condition) {
        long endNs = SystemNanoClock.INSTANCE.nanoTime() + atMostNs;
        while (!condition.getAsBoolean()) {
            long nowNs = SystemNanoClock.INSTANCE.nanoTime();
            if (nowNs - endNs > 0) {
                return false;
            }
            Fault.awaitTime(nowNs + 5_000_000L);
        }
        return true;
    }

    /** Locks, logs, epochs and journals of this topology: it does not come again. */
    private void removeFiles() {
        Path kept = journals;
        if (kept != null) {
            IoUtil.delete(kept.toFile(), true);
        }
        Path any = DriverDirectories.of(topology, "h1");
        String part = "-" + topology + "-";
        File[] left = any.getParent()
                .toFile()
                .listFiles((folder, name) -> name.startsWith("heliograph-") && name.contains(part));
        for (File file : left == null ? new File[0] : left) {
            IoUtil.delete(file, true);
        }
    }
}
