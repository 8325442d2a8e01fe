// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.DriverMode;
import io.heliograph.config.HostPlace;
import io.heliograph.config.Topology;
import io.heliograph.engine.BridgeEvent;
import io.heliograph.engine.Engine;
import io.heliograph.engine.EngineListener;
import io.heliograph.engine.EngineOptions;
import io.heliograph.engine.IntakeEvent;
import io.heliograph.engine.JournalEvent;
import io.heliograph.engine.base.ErrorReport;
import io.heliograph.engine.intake.IntakeException;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.link.tls.CertificateException;
import io.heliograph.engine.media.DriverEvent;
import io.heliograph.engine.media.DriverException;
import io.heliograph.engine.media.nic.NicEvent;
import io.heliograph.engine.media.nic.NicState;
import io.heliograph.engine.media.nic.NicTimes;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The role {@code engine}: runs the appliance on a host until it is interrupted, and says what runs where and what changes.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "engine",
        description = {
            "Runs the appliance on a host: its media driver, watched and started again when it dies,",
            "the watch over its NICs, whose health every program of the host reads,",
            "the streams that many writers give their messages,",
            "and the links by which other hosts and this host's programs reach it.",
            "Publishers and subscribers of the host use that driver."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: heliograph engine --topology config/samples/loopback.xml --host host1"})
public final class EngineRole implements Command {
    private static final long IDLE_NS = 20_000_000L;

    @Mixin
    private TopologyOptions options = new TopologyOptions();

    @Option(names = "--json", description = "One JSON object a line on standard output: each change, then a summary.")
    private boolean isJson;

    @Option(
            names = "--nic-hold",
            paramLabel = "TIME",
            defaultValue = "2s",
            description = {
                "How long a NIC that was down has to be healthy before streams use it again:",
                "${DEFAULT-VALUE}. Twice as long each time it fails again within 30 s."
            })
    private String nicHold = "2s";

    @Option(
            names = "--certs",
            paramLabel = "DIRECTORY",
            description = {
                "Holds authority.pem, HOST.pem and HOST.key, for links that are TLS; as 'heliograph certs' makes them.",
                "Where it is not given: certs beside the topology file. Files that change are read again."
            })
    private @Nullable Path certificates;

    private long restarts;
    private final AtomicLong linkRefusals = new AtomicLong();
    private final ErrorReport strangers =
            new ErrorReport("engine", line -> System.err.println(now() + " " + line), SystemNanoClock.INSTANCE);
    private final AtomicLong nicDowns = new AtomicLong();

    /** Made by the service loader. */
    public EngineRole() {}

    @Override
    public Integer call() {
        Topology topology = options.topology();
        HostPlace place = options.place(topology);
        NanoClock clock = SystemNanoClock.INSTANCE;
        long startNs = clock.nanoTime();
        try (Interruption interruption = Interruption.install()) {
            run(topology, place, interruption);
            if (isJson) {
                new JsonLine()
                        .put("type", "summary")
                        .put("host", place.host().name())
                        .put("driverRestarts", restarts)
                        .put("nicDowns", nicDowns.get())
                        .put("linkRefusals", linkRefusals.get())
                        .put("seconds", (clock.nanoTime() - startNs) / 1e9)
                        .print(System.out);
            }
            return interruption.exitCode(0);
        }
    }

    private void run(Topology topology, HostPlace place, Interruption interruption) {
        Runnable sayStart = () -> sayStart(topology, place);
        try (Engine engine = Engine.start(topology, place.host().name(), engineOptions(), new Says(sayStart))) {
            while (!interruption.await(IDLE_NS)) {
                engine.doWork();
            }
        } catch (DriverException | IntakeException | CertificateException none) {
            throw CommandException.failed(String.valueOf(none.getMessage()));
        }
    }

    private EngineOptions engineOptions() {
        Path directory = certificates == null ? options.beside("certs") : certificates;
        return new EngineOptions(NicTimes.DEFAULT.withHold(Durations.parseNs("--nic-hold", nicHold)), directory);
    }

    private void sayStart(Topology topology, HostPlace place) {
        long pid = ProcessHandle.current().pid();
        String host = place.host().name();
        if (isJson) {
            new JsonLine()
                    .put("type", "engine")
                    .put("time", now())
                    .put("pid", pid)
                    .put("topology", topology.name())
                    .put("site", place.site().name())
                    .put("host", host)
                    .print(System.out);
            return;
        }
        say("engine: process " + pid + ", host " + host + " of site "
                + place.site().name() + ", topology " + topology.name());
        if (place.host().engine().driver() == DriverMode.EMBEDDED) {
            say("driver: none here, every program embeds its own");
        }
    }

    private void say(IntakeEvent event) {
        if (isJson) {
            new JsonLine()
                    .put("type", "intake")
                    .put("time", now())
                    .put("state", event.kind().name().toLowerCase(Locale.ROOT))
                    .put("stream", event.stream())
                    .put("ring", event.ring().toString())
                    .put("detail", event.detail())
                    .print(System.out);
        }
        if (event.isTrouble()) {
            System.err.println(now() + " " + event);
        } else if (!isJson) {
            say(event.toString());
        }
    }

    private void say(JournalEvent event) {
        if (isJson) {
            new JsonLine()
                    .put("type", "journal")
                    .put("time", now())
                    .put("state", event.kind().name().toLowerCase(Locale.ROOT))
                    .put("stream", event.stream())
                    .put("directory", event.directory().toString())
                    .put("detail", event.detail())
                    .print(System.out);
        }
        if (event.isTrouble()) {
            System.err.println(now() + " " + event);
        } else if (!isJson) {
            say(event.toString());
        }
    }

    private void say(DriverEvent event) {
        restarts = event.restarts();
        if (isJson) {
            new JsonLine()
                    .put("type", "driver")
                    .put("time", now())
                    .put("state", event.kind().name().toLowerCase(Locale.ROOT))
                    .put("pid", event.pid())
                    .put("directory", event.directory().toString())
                    .put("restarts", event.restarts())
                    .put("detail", event.detail())
                    .print(System.out);
        }
        switch (event.kind()) {
            case ENDED, SILENT -> System.err.println(now() + " " + event);
            default -> {
                if (!isJson) {
                    say(event.toString());
                }
            }
        }
    }

    private void say(NicEvent event) {
        if (event.state() == NicState.DOWN) {
            nicDowns.getAndIncrement();
        }
        if (isJson) {
            new JsonLine()
                    .put("type", "nic")
                    .put("time", now())
                    .put("nic", event.nic())
                    .put("address", event.address())
                    .put("interface", event.interfaceName())
                    .put("state", event.state().name().toLowerCase(Locale.ROOT))
                    .put("cause", event.cause().name().toLowerCase(Locale.ROOT))
                    .put("downs", event.downs())
                    .put("detail", event.detail())
                    .print(System.out);
        }
        if (event.state() != NicState.UP) {
            System.err.println(now() + " " + event);
        } else if (!isJson) {
            say(event.toString());
        }
    }

    private void say(LinkEvent event) {
        if (event.kind() == LinkEvent.Kind.REFUSED) {
            linkRefusals.getAndIncrement();
        }
        if (isJson) {
            new JsonLine()
                    .put("type", "link")
                    .put("time", now())
                    .put("state", event.kind().name().toLowerCase(Locale.ROOT))
                    .put("peer", event.peer())
                    .put("address", event.address())
                    .put("detail", event.detail())
                    .print(System.out);
        }
        if (event.isTrouble()) {
            // Whoever knocks in vain a thousand times a second fills no disk.
            strangers.report(event.toString());
        } else if (!isJson) {
            say(event.toString());
        }
    }

    private void say(BridgeEvent event) {
        if (isJson) {
            new JsonLine()
                    .put("type", "bridge")
                    .put("time", now())
                    .put("state", event.kind().name().toLowerCase(Locale.ROOT))
                    .put("peer", event.peer())
                    .put("detail", event.detail())
                    .print(System.out);
        }
        if (event.isTrouble()) {
            System.err.println(now() + " " + event);
        } else if (!isJson) {
            say(event.toString());
        }
    }

    private static void say(String line) {
        System.out.println(now() + " " + line);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Says what happens to the engine's parts. */
    private final class Says implements EngineListener {
        private final Runnable sayStart;

        Says(Runnable sayStart) {
            this.sayStart = sayStart;
        }

        @Override
        public void onClaimed() {
            sayStart.run();
        }

        @Override
        public void onDriver(DriverEvent event) {
            say(event);
        }

        @Override
        public void onIntake(IntakeEvent event) {
            say(event);
        }

        @Override
        public void onJournal(JournalEvent event) {
            say(event);
        }

        @Override
        public void onBridge(BridgeEvent event) {
            say(event);
        }

        @Override
        public void onLink(LinkEvent event) {
            say(event);
        }

        @Override
        public void onNic(NicEvent event) {
            say(event);
        }
    }
}
