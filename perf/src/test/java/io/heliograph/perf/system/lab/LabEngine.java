// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.Engine;
import io.heliograph.engine.EngineListener;
import io.heliograph.engine.EngineOptions;
import io.heliograph.engine.IntakeEvent;
import io.heliograph.engine.JournalEvent;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.media.DriverEvent;
import io.heliograph.engine.media.nic.NicEvent;
import io.heliograph.engine.media.nic.NicTimes;
import io.heliograph.perf.bench.control.ControlLine;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Entry of the process that is a host's engine, with the driver inside: as the role {@code engine}, but that a NIC is held
 * for half a second after each fault, however often it had one, so that a fault can follow the other.
 *
 * <p><b>Thread:</b> the main thread; states of NICs are told by the one that watches them.
 */
final class LabEngine {
    private static final long SUSPECT_NS = 200_000_000L;
    private static final long HOLD_NS = 500_000_000L;
    private static final long IDLE_NS = 10_000_000L;

    private LabEngine() {}

    /**
     * Runs the engine.
     *
     * @param args the topology's file and the host's name.
     */
    public static void main(String[] args) {
        Tether tether = Tether.tie();
        Topology topology = TopologyReader.read(Path.of(args[0]));
        EngineOptions options = new EngineOptions(new NicTimes(SUSPECT_NS, HOLD_NS, 0, HOLD_NS));
        try (Engine engine = Engine.start(topology, args[1], options, new Says(tether))) {
            tether.answer(new ControlLine("started"));
            ControlLine command = null;
            while (command == null || !command.verb().equals(Tether.EXIT)) {
                engine.doWork();
                LockSupport.parkNanos(IDLE_NS);
                command = tether.poll();
            }
        }
        System.exit(0);
    }

    /** Tells the states of NICs as they change. */
    private record Says(Tether tether) implements EngineListener {
        @Override
        public void onClaimed() {
            System.err.println("claimed");
        }

        @Override
        public void onIntake(IntakeEvent event) {
            System.err.println(event);
        }

        @Override
        public void onJournal(JournalEvent event) {
            System.err.println(event);
        }

        @Override
        public void onDriver(DriverEvent event) {
            System.err.println(event);
        }

        @Override
        public void onLink(LinkEvent event) {}

        @Override
        public void onNic(NicEvent event) {
            LineLog.say(event.toString());
            tether.answer(new ControlLine("nic")
                    .with("name", event.nic())
                    .with("state", event.state().name().toLowerCase(Locale.ROOT)));
        }
    }
}
