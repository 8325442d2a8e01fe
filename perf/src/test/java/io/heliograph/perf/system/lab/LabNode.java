// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.perf.bench.control.ControlLine;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Entry of the process that publishes every stream of the topology, or subscribes to all of them, on the driver of its
 * host's engine; obeys control lines meanwhile.
 *
 * <p><b>Thread:</b> the main thread does everything.
 */
public final class LabNode {
    /** The work of a node that publishes. */
    public static final String SENDS = "sends";

    /** The work of a node that subscribes. */
    public static final String RECEIVES = "receives";

    private static final long IDLE_NS = 100_000L;

    private LabNode() {}

    /** What a node does in its duty cycle, and how it answers. */
    interface Work {
        /**
         * One turn.
         *
         * @param nowNs the time.
         * @return work done; 0 = idle.
         */
        int doWork(long nowNs);

        /**
         * Obeys.
         *
         * @param command from the test.
         * @param nowNs the time.
         */
        void obey(ControlLine command, long nowNs);
    }

    /**
     * Runs the node.
     *
     * @param args the topology's file, the host's name, and what the node does.
     */
    public static void main(String[] args) {
        Tether tether = Tether.tie();
        Topology topology = TopologyReader.read(Path.of(args[0]));
        HeliographContext context = new HeliographContext().topology(topology).host(args[1]);
        try (Heliograph heliograph = Heliograph.connect(context)) {
            Work work = args[2].equals(SENDS)
                    ? new SendingWork(heliograph, topology, tether)
                    : new ReceivingWork(heliograph, topology, tether);
            tether.answer(new ControlLine("opened"));
            run(heliograph, work, tether);
        }
        System.exit(0);
    }

    private static void run(Heliograph heliograph, Work work, Tether tether) {
        while (true) {
            long nowNs = SystemNanoClock.INSTANCE.nanoTime();
            int done = heliograph.doWork() + work.doWork(nowNs);
            ControlLine command = tether.poll();
            if (command != null) {
                if (command.verb().equals(Tether.EXIT)) {
                    return;
                }
                work.obey(command, nowNs);
            }
            if (done == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
    }
}
