// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Bridge;
import io.heliograph.config.HostPlace;
import io.heliograph.config.Lag;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.bridge.EgressCursor;
import io.heliograph.engine.bridge.EgressLibrary;
import io.heliograph.engine.bridge.EgressTerms;
import io.heliograph.engine.bridge.JournalPackets;
import io.heliograph.engine.bridge.PacketLog;
import io.heliograph.engine.journal.JournalHold;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.link.session.Session;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a host's bridges send from: its journals, on the terms of the topology.
 *
 * <p><b>Thread:</b> as {@link EgressLibrary} says.
 */
final class EgressJournals implements EgressLibrary {
    /** A peer that pulls whatever comes to its mind fills no log. */
    private static final int MOST_TOLD = 1_000;

    private final Topology topology;
    private final HostPlace place;
    private final Journals journals;
    private final Map<Integer, Stream> streams;
    private final Consumer<BridgeEvent> events;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    EgressJournals(Topology topology, HostPlace place, Journals journals, Consumer<BridgeEvent> events) {
        this.topology = topology;
        this.place = place;
        this.journals = journals;
        this.events = events;
        this.streams = topology.streams().stream().collect(Collectors.toMap(Stream::id, stream -> stream));
    }

    @Override
    public EgressTerms terms(Session peer, int id) {
        Stream stream = streams.get(id);
        String host = place.host().name();
        if (stream == null) {
            return EgressTerms.refused("the topology has no stream " + id);
        }
        if (!peer.permissions().mayPull(stream.name())) {
            return EgressTerms.refused("the topology does not let " + peer.peer() + " pull stream " + stream.name());
        }
        for (Bridge bridge : topology.bridges()) {
            boolean isPath =
                    bridge.pathsFrom(host).stream().anyMatch(path -> path.to().equals(peer.peer()));
            if (isPath && bridge.carries(stream)) {
                long boundNs = bridge.lag() == Lag.SKIP ? bridge.lagBoundNs() : EgressCursor.KEEP;
                return new EgressTerms("", bridge.rateBps(), compression(bridge), boundNs);
            }
        }
        return EgressTerms.refused(
                "no bridge of the topology leads stream " + stream.name() + " from " + host + " to " + peer.peer());
    }

    @Override
    public void onRefused(Session peer, int id, String words) {
        if (told.size() < MOST_TOLD && told.add(peer.peer() + " " + words)) {
            events.accept(new BridgeEvent(
                    BridgeEvent.Kind.TROUBLE, peer.peer(), "pulled what it may not: " + words + "; it was told"));
        }
    }

    private static EgressTerms.Compression compression(Bridge bridge) {
        return switch (bridge.compress()) {
            case AUTO -> EgressTerms.Compression.AUTO;
            case ON -> EgressTerms.Compression.ON;
            case OFF -> EgressTerms.Compression.OFF;
        };
    }

    @Override
    public @Nullable PacketLog open(int id) {
        Stream stream = Objects.requireNonNull(streams.get(id));
        String directory = place.host().engine().journal();
        if (directory == null) {
            return null;
        }
        StreamJournal journal = StreamJournal.of(Path.of(directory), stream.name());
        return journal.isThere() ? new JournalPackets(journal.reader()) : null;
    }

    @Override
    public long appended(int id) {
        JournaledStream journaled = journals.of(id);
        return journaled == null ? 0 : journaled.appended();
    }

    @Override
    public boolean isLive(int id) {
        JournaledStream journaled = journals.of(id);
        return journaled != null && journaled.isLive();
    }

    @Override
    public void hold(int id, JournalHold hold) {
        JournaledStream journaled = journals.of(id);
        if (journaled != null) {
            journaled.hold(hold);
        }
    }
}
