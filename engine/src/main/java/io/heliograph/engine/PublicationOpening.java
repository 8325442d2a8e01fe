// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Flow;
import io.heliograph.config.HostPlace;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.base.Surroundings;
import io.heliograph.engine.media.ChannelSettings;
import io.heliograph.engine.media.DirectoryLock;
import io.heliograph.engine.stream.LineRoute;
import io.heliograph.engine.stream.PacketLine;
import io.heliograph.engine.stream.PublicationContext;
import io.heliograph.engine.stream.PublicationCounters;
import io.heliograph.engine.stream.PublicationLines;
import io.heliograph.engine.stream.PublicationTick;
import io.heliograph.engine.stream.SendGate;
import io.heliograph.engine.stream.SendingCounters;
import io.heliograph.engine.stream.StreamPublication;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Opens the publications of a connection: those of a carrier's streams on lines that they share.
 *
 * <p>One program publishes all that a host publishes of a carrier, on one connection: so its streams move together, one
 * heartbeat serves them, and what a subscriber on this host reads from its driver is all that there is.
 *
 * <p><b>Thread:</b> one owner: the connection's.
 */
final class PublicationOpening {
    private final HeliographContext context;
    private final HostPlace place;
    private final Connection connection;
    private final HostHealth health;
    private final Map<String, Shared> carriers = new HashMap<>();

    /**
     * @param context of the connection.
     * @param place this host.
     * @param connection to the driver.
     * @param health of the host's NICs.
     */
    PublicationOpening(HeliographContext context, HostPlace place, Connection connection, HostHealth health) {
        this.context = context;
        this.place = place;
        this.connection = connection;
        this.health = health;
    }

    /** Publishes a stream, once the driver has opened a line. */
    StreamPublication open(Stream stream, LineStart start, PublicationOptions options) {
        int source = stream.publishers().indexOf(place.host().name());
        if (source < 0) {
            throw new HeliographException("host " + place.host().name() + " does not publish stream " + stream.name()
                    + " (publishers=\"" + String.join(" ", stream.publishers())
                    + "\"): run it there, or change the topology");
        }
        EpochFile epochFile =
                EpochFile.hold(file(stream.name().replace(Stream.PARTITION_MARK, '~'), ".epoch"), stream.name());
        try {
            NumberingStart numbering = numbering(stream, options.numbering(), epochFile);
            RequiredJournal required = required(stream, numbering.epoch());
            Held held = new Held(epochFile, required == null ? PublicationTick.NONE : required);
            PublicationContext publication = new PublicationContext(
                            stream.name(),
                            stream.id(),
                            numbering.epoch(),
                            source,
                            stream.seals(),
                            stream.flow() == Flow.MIN,
                            context.wallClock(),
                            context.nanoClock())
                    .from(numbering.first(), epochFile)
                    .gate(required == null ? SendGate.NONE : required);
            StreamPublication opened = stream.carrier() == null
                    ? alone(publication, start, options, held)
                    : carried(publication, stream.carrier(), start, options, held);
            options.numbering().listener().onNumbering(numbering.isFirst(), stream.name() + " " + numbering.words());
            return opened;
        } catch (RuntimeException | OutOfMemoryError e) {
            epochFile.close();
            throw e instanceof OutOfMemoryError refusal
                    ? MemoryShortage.ofPublication(stream.name(), refusal)
                    : (RuntimeException) e;
        }
    }

    /** What a publication holds beside its lines. */
    private record Held(EpochFile file, PublicationTick gate) {
        HeldEpoch with(PublicationTick counters) {
            return new HeldEpoch(counters, gate, file);
        }
    }

    /** What holds the stream back; null where nothing does. */
    private @Nullable RequiredJournal required(Stream stream, long epoch) {
        if (!stream.journaling().isRequired()) {
            return null;
        }
        if (context.driver() instanceof DriverChoice.OwnDriver) {
            throw new HeliographException(
                    "stream " + stream.name() + " has journal-mode=\"required\": publish it over the"
                            + " driver of its host's engine, which shows there how far the journal is; a driver of the program's own"
                            + " (embedded) shows nothing");
        }
        return new RequiredJournal(
                RequiredJournal.of(connection),
                stream.name(),
                epoch,
                stream.journaling().lagOctets());
    }

    /** Decides how the publication numbers; the file says so from here on. */
    private NumberingStart numbering(Stream stream, Numbering asked, EpochFile file) {
        long utcSecond = TimeUnit.NANOSECONDS.toSeconds(context.wallClock().nanoTime());
        boolean isSole = stream.publishers().size() == 1;
        NumberingStart start =
                NumberingStart.of(file.kept(), OwnJournal.end(stream, place.host()), asked, isSole, utcSecond);
        if (start.isNew()) {
            file.begin(start.epoch(), asked.source());
        }
        return start;
    }

    /**
     * Opens the lines that this host sends on in a site that bridges lead a stream to, once the driver has opened one.
     *
     * @throws HeliographException when this host is no ingress of the stream, or no line can be opened.
     */
    IngressLines ingress(LineStart start, PublicationOptions options) {
        Stream stream = start.lines().stream();
        if (stream.site().equals(place.site().name())) {
            throw new HeliographException("stream " + stream.name() + " comes from site " + stream.site()
                    + ": it is published there, and no bridge leads it in");
        }
        LineStart own = start.sent();
        return new IngressLines(own.lines(), out(own, options), route(own));
    }

    private StreamPublication alone(
            PublicationContext publication, LineStart start, PublicationOptions options, Held held) {
        List<PacketLine> lines = out(start, options);
        PublicationTick ticking = PublicationTick.NONE;
        try {
            List<String> names = lines.stream().map(PacketLine::name).toList();
            ticking = repeats(start.lines().stream(), new PublicationCounters(connection, publication.stream(), names));
            return new StreamPublication(
                    publication, route(start), lines.toArray(new PacketLine[0]), connection::pause, held.with(ticking));
        } catch (RuntimeException | OutOfMemoryError e) {
            CloseHelper.quietCloseAll(lines);
            CloseHelper.quietClose(ticking);
            throw e;
        }
    }

    /** What this host's engine may have sent again, from a journal or of what the publication keeps; else nobody would. */
    private PublicationTick repeats(Stream stream, PublicationTick counters) {
        String host = place.host().name();
        if (!stream.journaling().hosts().contains(host) && !ResendHosts.isKeeping(place.host(), stream)) {
            return counters;
        }
        try {
            Path file = RepeatRing.of(context.topology().name(), host, stream.name());
            return new Repeats(RepeatRing.create(file), stream.id(), counters);
        } catch (HeliographException cannot) {
            // The stream does not wait for it: what many lose each is sent by his connection then.
            context.errorHandler().onError(cannot);
            return counters;
        }
    }

    private StreamPublication carried(
            PublicationContext publication, String carrier, LineStart start, PublicationOptions options, Held held) {
        Shared shared = carriers.get(carrier);
        if (shared == null || shared.lines().isClosed()) {
            shared = new Shared(share(carrier, publication.stream(), start, options), options);
            carriers.put(carrier, shared);
        } else if (!shared.options().isOfSameLines(options)) {
            throw new HeliographException("stream " + publication.stream() + ": its carrier " + carrier
                    + " is published already, with other options: all its streams have one publication on each line, so"
                    + " give each the same receivers and buffers");
        }
        PublicationLines lines = shared.lines();
        try {
            PublicationTick counters = PublicationCounters.ofCarried(connection, publication.stream());
            return new StreamPublication(publication, lines, held.with(counters));
        } catch (RuntimeException | OutOfMemoryError e) {
            if (lines.publications() == 0) {
                lines.close();
            }
            throw e;
        }
    }

    /** Opens a carrier's lines for its first stream. */
    private PublicationLines share(String carrier, String stream, LineStart start, PublicationOptions options) {
        Path file = file(carrier, ".carrier");
        DirectoryLock lock = DirectoryLock.take(file).orElseThrow(() -> taken(carrier, stream, file));
        List<PacketLine> lines = List.of();
        try {
            lines = out(start, options);
            List<String> names = lines.stream().map(PacketLine::name).toList();
            SendingCounters counters = SendingCounters.of(connection, "carrier " + carrier, names);
            return new PublicationLines(
                    route(start),
                    lines.toArray(new PacketLine[0]),
                    connection::pause,
                    new HeldCarrier(counters, lock),
                    context.nanoClock().nanoTime());
        } catch (RuntimeException | OutOfMemoryError e) {
            CloseHelper.quietCloseAll(lines);
            lock.close();
            throw e;
        }
    }

    private static HeliographException taken(String carrier, String stream, Path file) {
        String holder =
                DirectoryLock.holder(file).map(DirectoryLock.Holder::toString).orElse("another process");
        return new HeliographException("carrier " + carrier + " of stream " + stream
                + " is published already on this host by " + holder
                + ": one program publishes all that a host publishes of a carrier, on one connection; publish the stream"
                + " there, or give it another carrier (lock " + file + ")");
    }

    private static List<PacketLine> out(LineStart start, PublicationOptions options) {
        StreamLines lines = start.lines();
        ChannelSettings least = lines.settings();
        ChannelSettings settings = least.withBuffers(
                        Math.max(least.termLength(), options.termLength()), options.windowLength())
                .withReceivers(options.receivers());
        return List.copyOf(start.out(settings));
    }

    private LineRoute route(LineStart start) {
        StreamLines lines = start.lines();
        return new LineRoute(
                lines.choiceHere(),
                health.of(lines.stream(), lines.here()),
                lines.stream().resendNs(),
                rateBps(lines),
                ResendHosts.isKeeping(place.host(), lines.stream()));
    }

    /** What all streams on the lines are declared to need; 0 when that is not said of each. */
    private static long rateBps(StreamLines lines) {
        List<Stream> sharing = lines.topology().sharing(lines.stream());
        boolean isSaid = sharing.stream().allMatch(stream -> stream.rateBps() > 0);
        return isSaid ? sharing.stream().mapToLong(Stream::rateBps).sum() : 0;
    }

    private Path file(String name, String suffix) {
        Path directory = context.stateDirectory();
        if (directory == null) {
            directory = Surroundings.sharedMemory();
        }
        Topology topology = context.topology();
        String whole = String.join(
                "-",
                "heliograph",
                Surroundings.user(),
                topology.name(),
                place.host().name(),
                name);
        return directory.resolve(whole + suffix);
    }

    /** A carrier's lines, and what they were opened with. */
    private record Shared(PublicationLines lines, PublicationOptions options) {}
}
