// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyException;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.HeliographException;
import io.heliograph.engine.cli.Command;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.cli.Interruption;
import io.heliograph.engine.media.DriverException;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.publishers.binaryfile.BinaryFileException;
import io.heliograph.publishers.replay.Pace;
import io.heliograph.publishers.replay.TradingDay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * {@code publish}: sends one or several sources as one stream of the topology.
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
    @CommandLine.Option(names = "--topology", required = true, paramLabel = "T", description = "The topology file.")
    private Path topologyFile = Path.of("");

    @CommandLine.Option(names = "--host", required = true, paramLabel = "H", description = "This host in the topology.")
    private String host = "";

    @CommandLine.Option(names = "--stream", required = true, paramLabel = "S", description = "The stream to publish.")
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
            description = "How long to wait for a first listener, as 5s or 500ms (default 0s: send at once).")
    private String patience = "0s";

    @CommandLine.Option(
            names = "--keep-open",
            description = "Keep the epoch open when the sources have ended, until Ctrl-C.")
    private boolean isKeptOpen;

    @CommandLine.Option(
            names = "--driver",
            defaultValue = "host",
            paramLabel = "DRIVER",
            description = "host (default: the engine's on this host), embedded (its own), or a driver's directory.")
    private String driver = "host";

    @CommandLine.Option(names = "--json", description = "One JSON object on standard output at the end.")
    private boolean isJson;

    /** Made by the service loader. */
    public PublishRole() {}

    @Override
    public Integer call() {
        try {
            return publish();
        } catch (TopologyException wrong) {
            throw CommandException.wrongCall(lines(wrong));
        } catch (HeliographException | IllegalArgumentException wrong) {
            throw CommandException.wrongCall(String.valueOf(wrong.getMessage()));
        } catch (DriverException | BinaryFileException failed) {
            throw CommandException.failed(String.valueOf(failed.getMessage()));
        }
    }

    private int publish() {
        Pace parsedPace = Pace.parse(pace);
        long patienceNs = Durations.parseNs("--wait", patience);
        TradingDay given = date == null ? null : TradingDay.parse(date);
        List<SourceOption> options = sources.stream().map(SourceOption::parse).toList();
        List<TradingDay> days =
                options.stream().map(option -> option.tradingDay(given)).toList();
        Topology topology = TopologyReader.read(topologyFile);
        HeliographContext context =
                new HeliographContext().topology(topology).host(host).driver(choice());
        List<PlannedFeed> planned = new ArrayList<>();
        try (Interruption interruption = Interruption.install()) {
            for (int i = 0; i < options.size(); i++) {
                planned.add(new PlannedFeed(options.get(i).open(), days.get(i).midnightEpochNs(), parsedPace));
            }
            try (Heliograph heliograph = Heliograph.connect(context);
                    StreamPublication publication = heliograph.addPublication(stream)) {
                return interruption.exitCode(publish(heliograph, publication, planned, patienceNs, interruption));
            }
        } finally {
            CloseHelper.quietCloseAll(planned);
        }
    }

    private int publish(
            Heliograph heliograph,
            StreamPublication publication,
            List<PlannedFeed> planned,
            long patienceNs,
            Interruption interruption) {
        PublishingSession session =
                new PublishingSession(heliograph, publication, interruption, SystemNanoClock.INSTANCE);
        session.awaitListener(patienceNs);
        Feeds feeds = Feeds.start(planned, publication, SystemNanoClock.INSTANCE);
        session.run(feeds, isKeptOpen);
        feeds.close();
        session.end();
        PublishSummary summary = new PublishSummary(publication, feeds, session.seconds());
        if (isJson) {
            summary.json().print(System.out);
        } else {
            summary.text().forEach(System.out::println);
        }
        feeds.failures().forEach(failure -> System.err.println("publish: " + failure));
        return feeds.failures().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private DriverChoice choice() {
        return switch (driver) {
            case "host" -> DriverChoice.host();
            case "embedded" -> DriverChoice.embedded();
            default -> DriverChoice.directory(Path.of(driver));
        };
    }

    private static String lines(TopologyException wrong) {
        return String.join(
                System.lineSeparator(),
                wrong.problems().stream().map(Object::toString).toList());
    }
}
