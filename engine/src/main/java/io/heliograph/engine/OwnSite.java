// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Host;
import io.heliograph.config.Stream;
import io.heliograph.engine.NumberingStart.JournalPlace;
import io.heliograph.engine.bridge.BridgeOutput;
import io.heliograph.engine.bridge.IngressSite;
import io.heliograph.engine.media.ChannelSettings;
import io.heliograph.engine.stream.ForwardedPublication;
import io.heliograph.engine.stream.PacketLine;
import io.heliograph.engine.stream.PublicationLines;
import io.heliograph.engine.stream.SendingCounters;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The site that a bridge leads to, as the ingress on this host has it: its journals and its lines.
 *
 * <p><b>Thread:</b> one owner: the ingress's.
 */
final class OwnSite implements IngressSite, AutoCloseable {
    /**
     * So much a journal may lack, in octets of frames: who reads from this host's driver is left behind at three eighths of a
     * term, and one packet of up to 64 KiB comes on top of the bound.
     */
    private static final long LAG_OCTETS = ChannelSettings.TERM_LENGTH * 9 / 32;

    private final Host host;
    private final Map<Integer, Stream> streams;
    private final Journals journals;
    private final LateConnection connection;
    private final Consumer<BridgeEvent> events;
    private final NanoClock clock;
    private final EpochNanoClock wall;
    private String told = "";

    /**
     * @param host this one.
     * @param streams by their ids.
     * @param journals of this host.
     * @param connection closed with this.
     * @param events told of trouble.
     * @param clock monotonic.
     * @param wall wall clock.
     */
    OwnSite(
            Host host,
            Map<Integer, Stream> streams,
            Journals journals,
            LateConnection connection,
            Consumer<BridgeEvent> events,
            NanoClock clock,
            EpochNanoClock wall) {
        this.host = host;
        this.streams = streams;
        this.journals = journals;
        this.connection = connection;
        this.events = events;
        this.clock = clock;
        this.wall = wall;
    }

    @Override
    public @Nullable Place end(int id) {
        try {
            JournalPlace end = OwnJournal.end(stream(id), host);
            return end.epoch() < 0 || !end.isKept()
                    ? new Place(0, 1, false)
                    : new Place(end.epoch(), end.last() + 1, end.isEnded());
        } catch (HeliographException unreadable) {
            warn(unreadable.getMessage() + "; tried again");
            return null;
        }
    }

    @Override
    public @Nullable BridgeOutput open(int id, Place from) {
        Heliograph connected = connection.get();
        JournaledStream journal = journals.of(id);
        // The journal first: what is sent before it listens it does not have.
        if (connected == null || !connected.isAlive() || journal == null || !journal.isListening()) {
            return null;
        }
        Stream stream = stream(id);
        try {
            IngressLines lines = connected.addIngressLines(stream.name(), PublicationOptions.DEFAULT);
            List<String> names = lines.open().stream().map(PacketLine::name).toList();
            PublicationLines sending = new PublicationLines(
                    lines.route(),
                    lines.open().toArray(new PacketLine[0]),
                    Thread::onSpinWait,
                    SendingCounters.of(connected.connection(), "stream " + stream.name(), names),
                    clock.nanoTime());
            ForwardedPublication publication = new ForwardedPublication(id, sending, false, clock.nanoTime());
            if (from.epoch() > 0) {
                publication.resume(from.epoch(), from.next());
            }
            long lag = stream.journaling().lagOctets();
            told = "";
            return new BridgedOutput(
                    publication,
                    connected.connection(),
                    stream.name(),
                    lag > 0 ? Math.min(lag, LAG_OCTETS) : LAG_OCTETS,
                    from.epoch(),
                    wall);
        } catch (HeliographException refused) {
            warn("stream " + stream.name() + " cannot be sent on its lines: " + refused.getMessage() + "; tried again");
            return null;
        }
    }

    @Override
    public int doWork() {
        Heliograph connected = connection.get();
        return connected == null ? 0 : connected.doWork();
    }

    @Override
    public void say(String words) {
        events.accept(new BridgeEvent(BridgeEvent.Kind.PATH, "", words));
    }

    @Override
    public void warn(String words) {
        if (!words.equals(told)) {
            told = words;
            events.accept(new BridgeEvent(BridgeEvent.Kind.TROUBLE, "", words));
        }
    }

    @Override
    public void close() {
        CloseHelper.close(connection);
    }

    private Stream stream(int id) {
        return Objects.requireNonNull(streams.get(id));
    }
}
