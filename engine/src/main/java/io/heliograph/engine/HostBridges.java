// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Bridge;
import io.heliograph.config.BridgePath;
import io.heliograph.config.HostPlace;
import io.heliograph.config.Lag;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.base.ErrorReport;
import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.bridge.BridgeCard;
import io.heliograph.engine.bridge.EgressAgent;
import io.heliograph.engine.bridge.IngressAgent;
import io.heliograph.engine.bridge.IngressContext;
import io.heliograph.engine.bridge.PullRefusals;
import io.heliograph.engine.bridge.WarmUp;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.link.session.LinkSession;
import io.heliograph.engine.link.session.LinkTimes;
import io.heliograph.engine.priority.Marks;
import io.heliograph.engine.priority.PriorityTimes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The bridges that begin and end on a host: one egress for all that other sites pull from here, and an ingress for each bridge that
 * leads here. Whichever end of a path the topology says connects; streams are pulled by the ingress either way.
 *
 * <p><b>Thread:</b> prepared, started and closed by the engine's owner; the egress has a thread of its own, {@code bridge-out}, and
 * each ingress one, {@code bridge-in}.
 */
final class HostBridges implements AutoCloseable {
    /** Of the three heartbeats that a link may miss before it is dead, so much is waited for before another path is taken. */
    private static final double SILENCE_SHARE = 2.6;

    private final Topology topology;
    private final HostPlace place;
    private final Journals journals;
    private final HostLinks links;
    private final Consumer<BridgeEvent> events;
    private final LinkEvent.Listener listener;
    private final ErrorHandler errors;
    private final EgressAgent egress;
    private final boolean isEgress;
    private final List<End> ends = new ArrayList<>();
    private final List<LinkClient> clients = new ArrayList<>();
    private final List<AgentRunner> runners = new ArrayList<>();

    /** A bridge that leads here: called by the site that it comes from, a second one from there {@code SITE/2}. */
    private record End(String name, IngressAgent agent, OwnSite site, List<BridgePath> paths, List<Stream> streams) {}

    private HostBridges(
            Topology topology,
            HostPlace place,
            Journals journals,
            HostLinks links,
            Consumer<BridgeEvent> events,
            LinkEvent.Listener listener) {
        this.topology = topology;
        this.place = place;
        this.journals = journals;
        this.links = links;
        this.events = events;
        this.listener = listener;
        this.errors = new ErrorReport("bridge", System.err::println, SystemNanoClock.INSTANCE);
        String host = place.host().name();
        this.isEgress = topology.bridges().stream()
                .anyMatch(bridge -> !bridge.pathsFrom(host).isEmpty());
        this.egress = new EgressAgent(
                new EgressJournals(topology, place, journals, events),
                SystemNanoClock.INSTANCE,
                HostClock.INSTANCE,
                errors);
    }

    /** Prepares them, before the links listen and the journals are opened. */
    static HostBridges prepare(
            Topology topology,
            HostPlace place,
            Journals journals,
            HostLinks links,
            Consumer<BridgeEvent> events,
            LinkEvent.Listener listener) {
        HostBridges bridges = new HostBridges(topology, place, journals, links, events, listener);
        if (bridges.isEgress) {
            links.node().pulls(bridges.egress);
            journals.ringing(bridges.egress::bellOf);
            bridges.warmUp();
        }
        String host = place.host().name();
        for (Bridge bridge : topology.bridges()) {
            if (!bridge.pathsTo(host).isEmpty()) {
                bridges.ends.add(bridges.end(bridge, bridge.pathsTo(host)));
            }
        }
        links.state(bridges.statement()::state);
        links.node().services().register(BridgeOffers.NAME, new BridgeOffers(bridges::onOffer));
        links.node().services().register(WarmUp.NAME, WarmUp.SERVICE);
        links.node().services().register(PullRefusals.NAME, new PullRefusals(bridges::onRefused));
        Map<String, IngressAgent> ingresses = new LinkedHashMap<>();
        bridges.ends.forEach(end -> ingresses.put(end.name(), end.agent()));
        links.node().services().register(ControlService.NAME, new ControlService(ingresses, SystemNanoClock.INSTANCE));
        return bridges;
    }

    /** The first stream that a bridge leads away stands for all. */
    private void warmUp() {
        String host = place.host().name();
        topology.bridges().stream()
                .filter(bridge -> !bridge.pathsFrom(host).isEmpty())
                .flatMap(bridge -> topology.streams().stream().filter(bridge::carries))
                .findFirst()
                .ifPresent(stream -> egress.warmUp(stream.id()));
    }

    private End end(Bridge bridge, List<BridgePath> paths) {
        List<Stream> carried = topology.streams().stream()
                .filter(stream ->
                        bridge.carries(stream) && topology.sitesOf(stream).contains(bridge.from()))
                .filter(stream -> !stream.site().equals(place.site().name()))
                .toList();
        Map<Integer, Stream> byId = carried.stream().collect(Collectors.toMap(Stream::id, stream -> stream));
        OwnSite site = new OwnSite(
                place.host(),
                byId,
                journals,
                new LateConnection(topology, place.host(), errors, SystemNanoClock.INSTANCE),
                events,
                SystemNanoClock.INSTANCE,
                HostClock.INSTANCE);
        BridgeCard card = new BridgeCard(
                bridge.from(),
                carried.stream().mapToInt(Stream::id).toArray(),
                paths.stream().map(BridgePath::from).toArray(String[]::new),
                paths.stream().mapToInt(BridgePath::level).toArray());
        IngressAgent agent =
                new IngressAgent(card, context(bridge, paths), site, SystemNanoClock.INSTANCE, HostClock.INSTANCE);
        long before = topology.bridges().stream()
                .takeWhile(other -> !other.equals(bridge))
                .filter(other -> other.from().equals(bridge.from()))
                .filter(other -> !other.pathsTo(place.host().name()).isEmpty())
                .count();
        String name = before == 0 ? bridge.from() : bridge.from() + "/" + (before + 1);
        return new End(name, agent, site, paths, carried);
    }

    private BridgeStatement statement() {
        BridgeStatement statement = new BridgeStatement(place.host().name(), errors);
        if (isEgress) {
            statement.egress(egress.figures());
        }
        for (End end : ends) {
            statement.paths(end.name(), end.agent());
            end.streams()
                    .forEach(stream -> statement.stream(
                            end.name(), stream.name(), stream.id(), end.agent().ingress()));
        }
        return statement;
    }

    private static IngressContext context(Bridge bridge, List<BridgePath> paths) {
        IngressContext.Use use = switch (bridge.select()) {
            case FAILOVER -> IngressContext.Use.FAILOVER;
            case SPREAD -> IngressContext.Use.SPREAD;
            case HEDGE -> IngressContext.Use.HEDGE;
        };
        IngressContext usual = IngressContext.of(use, bridge.lag() == Lag.SKIP);
        PriorityTimes times = usual.times();
        long silenceNs = (long) (LinkTimes.DEFAULT.heartbeatNs() * SILENCE_SHARE);
        return usual.with(new PriorityTimes(silenceNs, times.settleNs(), times.holdDownNs(), times.mostNs()))
                .with(new Marks(bridge.highMark(), bridge.lowMark()))
                .withOnTheWay(onTheWay(use, paths));
    }

    /** What the paths that are used together carry in a round trip. */
    private static long onTheWay(IngressContext.Use use, List<BridgePath> paths) {
        LongStream buffers = paths.stream().mapToLong(BridgePath::bufferOctets);
        return use == IngressContext.Use.FAILOVER ? buffers.max().orElse(0) : buffers.sum();
    }

    /** Starts the threads and connects. */
    void start() {
        if (isEgress) {
            run(new AgentRunner(egress.bell(), errors, null, egress));
        }
        for (End end : ends) {
            run(new AgentRunner(end.agent().bell(), errors, null, end.agent()));
        }
        String host = place.host().name();
        topology.bridges().stream()
                .flatMap(bridge -> bridge.paths().stream())
                .filter(path -> path.opener().equals(host))
                .map(BridgePath::listener)
                .distinct()
                .forEach(this::call);
    }

    private void run(AgentRunner runner) {
        runners.add(runner);
        AgentRunner.startOnThread(
                runner, work -> new Thread(work, runner.agent().roleName()));
    }

    private void call(String peer) {
        List<LinkAddress> addresses =
                topology.host(peer).map(found -> found.host().engine().links()).orElse(List.of()).stream()
                        .map(link -> LinkAddress.tcp(link.address().getHostAddress(), link.port()))
                        .toList();
        Called called = new Called(peer);
        clients.add(LinkClient.connect(links.transport(), links.node(), peer, addresses, listener, called::onSession));
    }

    /** What becomes of the connections to a peer that this host calls. On the links' thread. */
    private final class Called {
        private final String peer;
        private @Nullable LinkSession open;

        Called(String peer) {
            this.peer = peer;
        }

        void onSession(@Nullable LinkSession session) {
            LinkSession before = open;
            open = session;
            if (before != null) {
                each(peer, before, false);
            }
            if (session != null) {
                each(peer, session, true);
                if (isToOffer(peer)) {
                    BridgeOffers.offer(session, SystemNanoClock.INSTANCE, this::onRefused);
                }
            }
        }

        private void onRefused(String words) {
            events.accept(new BridgeEvent(BridgeEvent.Kind.TROUBLE, peer, "is not pulled over: " + words));
        }
    }

    /** Whether a peer pulls over a connection that this host makes. */
    private boolean isToOffer(String peer) {
        String host = place.host().name();
        return topology.bridges().stream()
                .flatMap(bridge -> bridge.pathsFrom(host).stream())
                .anyMatch(path -> path.to().equals(peer) && path.opener().equals(host));
    }

    /** A connection that the peer made and wants to be pulled over has come, or has gone. On the links' thread. */
    private void onOffer(LinkSession session, boolean isOpen) {
        each(session.peer(), session, isOpen);
    }

    /** A peer does not give a stream. On the links' thread. */
    private void onRefused(LinkSession session, int stream, String words) {
        ends.forEach(end -> end.agent().onRefused(session, stream, words));
    }

    private void each(String peer, LinkSession session, boolean isOpen) {
        for (End end : ends) {
            for (int path = 0; path < end.paths().size(); path++) {
                if (end.paths().get(path).from().equals(peer)) {
                    if (isOpen) {
                        end.agent().onOpen(path, session);
                    } else {
                        end.agent().onClosed(path, session);
                    }
                }
            }
        }
    }

    /** The connections first, then who uses them. Idempotent. */
    @Override
    public void close() {
        CloseHelper.closeAll(errors, clients);
        CloseHelper.closeAll(errors, runners);
        ends.forEach(end -> CloseHelper.close(errors, end.site()));
        clients.clear();
        runners.clear();
        ends.clear();
    }
}
