// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.config.Writers;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.HeliographException;
import io.heliograph.engine.Numbering;
import io.heliograph.engine.PartitionedPublication;
import io.heliograph.engine.PublicationOptions;
import io.heliograph.engine.cli.Command;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.cli.DriverWait;
import io.heliograph.engine.cli.Durations;
import io.heliograph.engine.cli.Interruption;
import io.heliograph.engine.cli.TopologyOptions;
import io.heliograph.engine.intake.IntakeException;
import io.heliograph.engine.intake.RingFile;
import io.heliograph.engine.media.DriverException;
import io.heliograph.publishers.binaryfile.BinaryFileException;
import io.heliograph.publishers.replay.Pace;
import io.heliograph.publishers.replay.TradingDay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * {@code publish}: sends one or several sources as one stream of the topology, or puts them into the ring of one that the engine
 * sends ({@code writers="many"}).
 *
 * <p><b>Thread:</b> the main thread publishes; with several sources each has a feed thread of its own.
 */
@CommandLine.Command(
        name = "publish",
        description = "Publishes a stream: decodes, normalises and sends what its sources give.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: heliograph publish --topology config/samples/loopback.xml --host host1 --stream itch"
                    + " --source generate:1,messages=1000000 --pace 100000/s --wait 5s"
        })
public final class PublishRole implements Command {
    @CommandLine.Mixin
    private TopologyOptions topologyOptions = new TopologyOptions();

    @CommandLine.Option(
            names = {"-s", "--stream"},
            required = true,
            paramLabel = "NAME",
            description =
                    "The stream to publish; of one with partitions all of them, by instrument; of one with writers=\"many\""
                            + " into the ring of this host's engine.")
    private String stream = "";

    @CommandLine.Option(
            names = "--source",
            required = true,
            paramLabel = "SOURCE",
            description = "itch:FILE (BinaryFILE, plain or gzip) or generate:SEED[,messages=N][,symbols=N][,live=N];"
                    + " given several times, the sources are merged as they come.")
    private List<String> sources = new ArrayList<>();

    @CommandLine.Option(
            names = "--pace",
            defaultValue = "max",
            paramLabel = "PACE",
            description = "max (default), original, x2 (any factor), or 100000/s; of each source.")
    private String pace = "max";

    @CommandLine.Option(
            names = "--date",
            paramLabel = "D",
            description = "The trading day in New York, as 2020-01-30; default: as the file's name tells.")
    private @Nullable String date;

    @CommandLine.Option(
            names = "--wait",
            defaultValue = "0s",
            paramLabel = "TIME",
            description =
                    "How long to wait for the engine and then for a first listener, as 5s or 500ms (default 0s: not).")
    private String patience = "0s";

    @CommandLine.Option(
            names = "--driver-wait",
            defaultValue = "30s",
            paramLabel = "TIME",
            description = "How long to wait for a media driver that is lost in mid-feed to come back (default 30s).")
    private String driverPatience = "30s";

    @CommandLine.Option(
            names = "--keep-open",
            description = "Keep the epoch open when the sources have ended, until Ctrl-C.")
    private boolean isKeptOpen;

    @CommandLine.Option(
            names = "--new-epoch",
            description = "Begin a new epoch, also where an earlier publisher of this host has not ended its own"
                    + " (default: go on in it with the same source, from the end of this host's journal).")
    private boolean isNewEpoch;

    @CommandLine.Option(
            names = "--driver",
            defaultValue = "host",
            paramLabel = "DRIVER",
            description = "host (default: the engine's on this host), embedded (its own), or a driver's directory.")
    private String driver = "host";

    @CommandLine.Option(names = "--json", description = "One JSON object on standard output at the end.")
    private boolean isJson;

    private boolean isSummedUp;

    /** Made by the service loader. */
    public PublishRole() {}

    @Override
    public Integer call() {
        try {
            return publish();
        } catch (RuntimeException failed) {
            if (isJson && !isSummedUp) {
                PublishSummary.failed(stream, String.valueOf(failed.getMessage()))
                        .print(System.out);
            }
            throw failed;
        }
    }

    /** All that the call names is checked before anything is opened. */
    private int publish() {
        Pace parsedPace = parsed(() -> Pace.parse(pace));
        long patienceNs = Durations.parseNs("--wait", patience);
        long driverPatienceNs = Durations.parseNs("--driver-wait", driverPatience);
        String day = date;
        TradingDay given = day == null ? null : parsed(() -> TradingDay.parse(day));
        List<SourceOption> options = sources.stream()
                .map(source -> parsed(() -> SourceOption.parse(source)))
                .toList();
        List<TradingDay> days =
                options.stream().map(option -> option.tradingDay(given)).toList();
        Topology topology = topologyOptions.topology();
        String host = topologyOptions.place(topology).host().name();
        Stream first = topologyOptions.partitions(topology, stream).get(0);
        checkPublisher(first, host);
        boolean isRing = first.writers() == Writers.MANY;
        if (isRing && (isKeptOpen || !driver.equals("host"))) {
            throw CommandException.wrongCall("stream " + stream + " has writers=\"many\": the engine of host " + host
                    + " sends it and ends its epoch; leave out " + (isKeptOpen ? "--keep-open" : "--driver"));
        }
        HeliographContext context =
                new HeliographContext().topology(topology).host(host).driver(parsed(this::choice));
        List<PlannedFeed> planned = new ArrayList<>();
        try (Interruption interruption = Interruption.install()) {
            for (int i = 0; i < options.size(); i++) {
                planned.add(new PlannedFeed(options.get(i).open(), days.get(i).midnightEpochNs(), parsedPace));
            }
            if (isRing) {
                Path ring = RingFile.of(topology.name(), host, stream);
                return putIn(ring, planned, interruption, patienceNs, driverPatienceNs);
            }
            long listenUntilNs = SystemNanoClock.INSTANCE.nanoTime() + patienceNs;
            try (Heliograph heliograph = DriverWait.connect("publish", context, patienceNs, interruption)
                    .orElse(null)) {
                return heliograph == null
                        ? interrupted()
                        : publish(
                                heliograph,
                                planned,
                                new Session(
                                        interruption,
                                        listenUntilNs,
                                        driverPatienceNs,
                                        numbering(topology, options, days)));
            }
        } catch (HeliographException | DriverException | IntakeException | BinaryFileException failed) {
            throw CommandException.failed(String.valueOf(failed.getMessage()));
        } finally {
            CloseHelper.quietCloseAll(planned);
        }
    }

    /** Into the ring of a stream that the engine sends. */
    private int putIn(
            Path ring, List<PlannedFeed> planned, Interruption interruption, long patienceNs, long driverPatienceNs) {
        try (RingPublishing putting =
                RingPublishing.open(stream, ring, patienceNs, interruption, SystemNanoClock.INSTANCE)) {
            if (putting == null) {
                return interrupted();
            }
            putting.run(planned, driverPatienceNs);
            isSummedUp = true;
            if (isJson) {
                putting.json().print(System.out);
            } else {
                putting.text().forEach(System.out::println);
            }
            List<String> failures = putting.failures();
            failures.forEach(failure -> System.err.println("publish: " + failure));
            return interruption.exitCode(failures.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE);
        }
    }

    private record Session(Interruption interruption, long listenUntilNs, long driverPatienceNs, Numbering numbering) {}

    private int publish(Heliograph heliograph, List<PlannedFeed> planned, Session terms) {
        PublicationOptions options = PublicationOptions.DEFAULT.numbering(terms.numbering());
        try (PartitionedPublication publication = PartitionedPublication.open(heliograph, stream, options)) {
            PublishingSession session = new PublishingSession(
                    heliograph, publication, terms.interruption(), SystemNanoClock.INSTANCE, terms.driverPatienceNs());
            session.awaitListener(terms.listenUntilNs());
            Feeds feeds = Feeds.start(planned, publication, SystemNanoClock.INSTANCE);
            session.run(feeds, isKeptOpen);
            feeds.close();
            List<String> failures = new ArrayList<>();
            feeds.failures()
                    .forEach(
                            failure -> failures.add(failure + "; all before it is published, and no end of the epoch"));
            String unsent = session.end(failures.isEmpty());
            if (unsent != null) {
                failures.add(unsent);
            }
            sumUp(new PublishSummary(publication, feeds, session.seconds(), failures));
            failures.forEach(failure -> System.err.println("publish: " + failure));
            return terms.interruption()
                    .exitCode(failures.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE);
        }
    }

    /** One source gives the same again; several are merged as they come, another way each time. */
    private Numbering numbering(Topology topology, List<SourceOption> options, List<TradingDay> days) {
        int partitions = topologyOptions.partitions(topology, stream).size();
        boolean isOne = options.size() == 1 && !isNewEpoch;
        return isOne
                ? Numbering.again(options.get(0).identity(days.get(0), partitions))
                        .telling(this::sayNumbering)
                : Numbering.newEpoch().telling(this::sayNumbering);
    }

    /** A first start is nothing to speak of: the summary has its epoch. */
    private void sayNumbering(boolean isFirst, String words) {
        if (!isFirst) {
            System.err.println("publish: " + words);
        }
    }

    private void sumUp(PublishSummary summary) {
        isSummedUp = true;
        if (isJson) {
            summary.json().print(System.out);
        } else {
            summary.text().forEach(System.out::println);
        }
    }

    private int interrupted() {
        if (isJson) {
            PublishSummary.failed(stream, "interrupted while waiting for the engine")
                    .print(System.out);
        }
        return Interruption.EXIT_CODE;
    }

    private void checkPublisher(Stream first, String host) {
        if (!first.publishers().contains(host)) {
            throw CommandException.wrongCall("host " + host + " does not publish stream " + stream + ", "
                    + String.join(" ", first.publishers())
                    + " does: run it there, or change publishers= in the topology");
        }
    }

    /** What a parser refuses is a wrong call; the same exception from anywhere else is none. */
    private static <T> T parsed(Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException wrong) {
            throw CommandException.wrongCall(String.valueOf(wrong.getMessage()));
        }
    }

    private DriverChoice choice() {
        return switch (driver) {
            case "host" -> DriverChoice.host();
            case "embedded" -> DriverChoice.embedded();
            default -> DriverChoice.directory(Path.of(driver));
        };
    }
}
