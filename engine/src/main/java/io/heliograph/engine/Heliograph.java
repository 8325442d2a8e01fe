// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.aeron.Aeron;
import io.heliograph.config.DriverMode;
import io.heliograph.config.Host;
import io.heliograph.config.HostPlace;
import io.heliograph.config.LinePolicy;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.config.Writers;
import io.heliograph.engine.intake.RingFile;
import io.heliograph.engine.media.AttachedDriver;
import io.heliograph.engine.media.Driver;
import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.media.EmbeddedDriver;
import io.heliograph.engine.stream.AeronConnection;
import io.heliograph.engine.stream.CarrierSubscription;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.agrona.CloseHelper;

/**
 * What a program connects to: from here it publishes streams and subscribes to them.
 *
 * <p>A complete program, which publishes a message and receives it on the same machine:
 *
 * <pre>{@code
 * Topology topology = TopologyReader.read(Path.of("config/samples/loopback.xml"));
 * HeliographContext context =
 *         new HeliographContext().topology(topology).host("host1").driver(DriverChoice.embedded());
 * try (Heliograph heliograph = Heliograph.connect(context);
 *         StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE);
 *         StreamPublication publication = heliograph.addPublication("itch")) {
 *     MessageHandler handler = (buffer, offset, length, header) ->
 *             System.out.println(header.sequence() + " " + buffer.getStringWithoutLengthAscii(offset, length));
 *     UnsafeBuffer message = new UnsafeBuffer("hello".getBytes(StandardCharsets.US_ASCII));
 *     while (!publication.isFullyConnected()) {
 *         heliograph.doWork();
 *         subscription.poll(handler, 64);
 *     }
 *     publication.offer(message, 0, message.capacity());
 *     publication.flush();
 *     while (subscription.statistics().messages() == 0) {
 *         heliograph.doWork();
 *         publication.doWork();
 *         subscription.poll(handler, 64);
 *     }
 * }
 * }</pre>
 *
 * <p><b>Thread:</b> one owner. A publication or subscription belongs to the thread that uses it; with an embedded driver
 * that is this object's.
 *
 * <p><b>Failure:</b> {@link HeliographException} and {@code DriverException} for what the caller or the configuration has
 * wrong; nothing is thrown for what the network does.
 */
public final class Heliograph implements AutoCloseable {
    private static final String NO_DRIVER = "no media driver is alive: see Heliograph.isAlive";

    private final HeliographContext context;
    private final Topology topology;
    private final HostPlace place;
    private final Connection connection;
    private final HostHealth health;
    private final PublicationOpening publications;
    private final SubscriptionOpening subscriptions;
    private final OwnEngine engine;
    private final List<Opened> opened = new ArrayList<>();
    private boolean isClosed;

    private Heliograph(HeliographContext context, HostPlace place) {
        this.context = context;
        this.topology = context.topology();
        this.place = place;
        this.connection =
                new Connection(() -> driver(context, place.host()), context.errorHandler(), context.nanoClock());
        this.health = new HostHealth(topology, place, context.nanoClock());
        health.doWork(connection.client());
        this.publications = new PublicationOpening(context, place, connection, health);
        this.engine = new OwnEngine(topology, place, context.errorHandler());
        this.subscriptions = new SubscriptionOpening(context, place, connection, health, engine);
    }

    /**
     * Connects to the media driver of the context's choice, or starts its own.
     *
     * @param context with topology and host.
     * @return the connection.
     * @throws HeliographException when topology or host are missing or unknown.
     * @throws io.heliograph.engine.media.DriverException when no driver is alive where one should be.
     */
    public static Heliograph connect(HeliographContext context) {
        Topology topology = context.topology();
        HostPlace place = topology.host(context.host())
                .orElseThrow(() -> new HeliographException("topology " + topology.name() + " has no host "
                        + context.host() + "; it has " + hosts(topology)));
        return new Heliograph(context, place);
    }

    /**
     * Publishes a stream: in a new epoch, or behind the last number that was used where an earlier publication of it on this
     * host did not end its epoch.
     *
     * @param stream its name in the topology; this host must be one of its publishers.
     * @return the publication, closed by the caller or with this.
     * @throws HeliographException when the stream is unknown, not published here, or already published on this host.
     */
    public StreamPublication addPublication(String stream) {
        return addPublication(stream, PublicationOptions.DEFAULT);
    }

    /**
     * Publishes a stream as soon as the driver has opened a line and answered for the others: one that it refuses is told to
     * the error handler and tried every second. The streams of a carrier share its lines: one connection
     * publishes all that a host publishes of it, and they belong to one thread.
     *
     * @param streamName its name in the topology; this host must be one of its publishers.
     * @param options what the topology does not say.
     * @return the publication, closed by the caller or with this.
     * @throws HeliographException when the stream is unknown, not published here, or already published on this host, when
     *     it has many writers (then the engine publishes it), or when no line can be opened.
     */
    public StreamPublication addPublication(String streamName, PublicationOptions options) {
        if (stream(streamName).writers() == Writers.MANY) {
            throw new HeliographException(
                    "stream " + streamName + " has writers=\"many\": the engine of host "
                            + String.join(" ", stream(streamName).publishers())
                            + " numbers and sends what writers put into its ring; put messages into "
                            + RingFile.of(topology.name(), place.host().name(), streamName)
                            + " (heliograph publish, IntakeWriter, or any language: engine/README.md), or write writers=\"one\"");
        }
        return publish(streamName, options);
    }

    /** The same for the engine too, which publishes what has many writers. */
    StreamPublication publish(String streamName, PublicationOptions options) {
        Stream stream = stream(streamName);
        StreamPublication publication = publications.open(stream, lineStart(stream), options);
        keep(publication, publication::isClosed);
        return publication;
    }

    /**
     * Opens the lines that this host, an ingress of bridges, sends a stream on in its site.
     *
     * @throws HeliographException when the stream is unknown, this host is no ingress of it, or no line can be opened.
     */
    IngressLines addIngressLines(String streamName, PublicationOptions options) {
        return publications.ingress(lineStart(stream(streamName)), options);
    }

    /**
     * Subscribes to a stream, from live.
     *
     * @param stream its name in the topology.
     * @param listener told of gaps, epochs and quality, on the thread that polls.
     * @return the subscription, closed by the caller or with this.
     * @throws HeliographException when the stream is unknown, this host has none of its NICs, or no line can be opened.
     */
    public StreamSubscription addSubscription(String stream, StreamListener listener) {
        return addSubscription(stream, listener, SubscriptionOptions.DEFAULT);
    }

    /**
     * Subscribes to a stream, as soon as the driver has opened a line and answered for the others: one that it refuses is
     * told to the error handler and tried every second.
     *
     * @param streamName its name in the topology.
     * @param listener told of gaps, epochs and quality, on the thread that polls.
     * @param options what the topology does not say.
     * @return the subscription, closed by the caller or with this.
     * @throws HeliographException when the stream is unknown, this host has none of its NICs, or no line can be opened.
     */
    public StreamSubscription addSubscription(String streamName, StreamListener listener, SubscriptionOptions options) {
        Stream stream = stream(streamName);
        StreamSubscription subscription = subscriptions.stream(stream, lineStart(stream), listener, options);
        keep(subscription, subscription::isClosed);
        return subscription;
    }

    /**
     * Subscribes to all streams of a carrier, from live.
     *
     * @param carrier its name in the topology.
     * @param listeners gives each stream, by its name, who is told of its gaps, epochs and quality, on the thread that polls.
     * @return the subscription, closed by the caller or with this.
     * @throws HeliographException when there is no such carrier, this host has none of its NICs, or no line can be opened.
     */
    public CarrierSubscription addCarrierSubscription(String carrier, Function<String, StreamListener> listeners) {
        return addCarrierSubscription(carrier, List.of(), listeners, SubscriptionOptions.DEFAULT);
    }

    /**
     * Subscribes to streams of a carrier: each line is read once for all of them.
     *
     * @param carrier its name in the topology.
     * @param streams names of those that are wanted; none for all.
     * @param listeners gives each stream, by its name, who is told of its gaps, epochs and quality, on the thread that polls.
     * @param options what the topology does not say.
     * @return the subscription, closed by the caller or with this.
     * @throws HeliographException when there is no such carrier, or no such stream on it, this host has none of its NICs, or
     *     no line can be opened.
     */
    public CarrierSubscription addCarrierSubscription(
            String carrier,
            List<String> streams,
            Function<String, StreamListener> listeners,
            SubscriptionOptions options) {
        List<Stream> wanted = NamedStreams.carried(topology, carrier, streams);
        CarrierSubscription subscription =
                subscriptions.carrier(carrier, wanted, lineStart(wanted.get(0)), listeners, options);
        keep(subscription, subscription::isClosed);
        return subscription;
    }

    /**
     * Whether as many lines of a publication are listened on as can be asked for: every one that it sends on, or with
     * lines="spread", where a subscriber joins one line, any of them.
     *
     * @param publication opened from here.
     * @return true when there is nobody left to wait for.
     */
    public boolean isHeard(StreamPublication publication) {
        boolean isSpread = stream(publication.stream()).lines() == LinePolicy.SPREAD;
        return isSpread ? publication.isConnected() : publication.isFullyConnected();
    }

    /**
     * The duty cycle of what runs on the caller's thread: an embedded driver and the client's conductor, or the watch over a
     * driver of the host. Call it often: with an embedded driver nothing moves without it.
     *
     * @return work done.
     */
    public int doWork() {
        int work = connection.doWork();
        health.doWork(connection.client());
        return work;
    }

    /**
     * Whether the driver lives and the client is connected to it. A driver that was lost is said on the error handler; what
     * was opened here is opened again by itself, under the same numbers, once a driver is alive in its place.
     *
     * @return false while there is no driver.
     */
    public boolean isAlive() {
        return connection.isAlive();
    }

    /**
     * How often the driver was lost.
     *
     * @return losses.
     */
    public long driverLosses() {
        return connection.losses();
    }

    /**
     * The Aeron client beneath, for what this API does not show.
     *
     * @return the client as it is now; closed with this, or when its driver is lost.
     */
    public Aeron aeron() {
        Aeron client = connection.client();
        if (client == null) {
            throw new HeliographException(NO_DRIVER);
        }
        return client;
    }

    /** Closes what was opened from here, the client, and an embedded driver. Idempotent. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            for (int i = opened.size() - 1; i >= 0; i--) {
                CloseHelper.close(context.errorHandler(), opened.get(i).resource());
            }
            engine.close();
            connection.close();
        }
    }

    /** For counters that are asked for anew when the driver is. */
    AeronConnection connection() {
        return connection;
    }

    /** Of a feed; a stream that is not split is one. */
    List<Stream> partitions(String feed) {
        return NamedStreams.partitions(topology, feed);
    }

    private Stream stream(String name) {
        return NamedStreams.one(topology, name);
    }

    private LineStart lineStart(Stream stream) {
        if (!connection.isAlive()) {
            throw new HeliographException("stream " + stream.name() + ": " + NO_DRIVER);
        }
        return new LineStart(StreamLines.of(topology, place, stream), connection, context.errorHandler());
    }

    /** To be closed with this, unless it is closed before. */
    private void keep(AutoCloseable resource, BooleanSupplier isResourceClosed) {
        opened.removeIf(Opened::isClosed);
        opened.add(new Opened(resource, isResourceClosed));
    }

    private static Driver driver(HeliographContext context, Host host) {
        DriverChoice choice = context.driver();
        boolean isOwn =
                choice instanceof DriverChoice.HostDriver && host.engine().driver() == DriverMode.EMBEDDED;
        if (isOwn || choice instanceof DriverChoice.OwnDriver) {
            return EmbeddedDriver.launch(context.driverContext());
        }
        if (choice instanceof DriverChoice.DirectoryDriver named) {
            return AttachedDriver.attach(named.path());
        }
        String external = host.engine().directory();
        return AttachedDriver.attach(
                external == null ? DriverDirectories.of(context.topology().name(), host.name()) : Path.of(external));
    }

    private static String hosts(Topology topology) {
        return String.join(
                ", ",
                topology.sites().stream()
                        .flatMap(site -> site.hosts().stream())
                        .map(Host::name)
                        .toList());
    }

    private record Opened(AutoCloseable resource, BooleanSupplier isResourceClosed) {
        boolean isClosed() {
            return isResourceClosed.getAsBoolean();
        }
    }
}
