// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Host;
import io.heliograph.config.HostPlace;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.base.ErrorReport;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.link.LinkPool;
import io.heliograph.engine.link.PoolLimits;
import io.heliograph.engine.link.session.Session;
import io.heliograph.engine.recovery.JournalLog;
import io.heliograph.engine.recovery.ReplayLibrary;
import io.heliograph.engine.recovery.ReplayLog;
import io.heliograph.engine.recovery.ResendPlace;
import io.heliograph.engine.recovery.remote.FetchService;
import io.heliograph.engine.recovery.remote.ReplayPath;
import io.heliograph.engine.recovery.remote.ReplayService;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * What an engine's links serve of its journals: {@code replay} to other hosts, and {@code fetch} from other hosts to the
 * processes of its own.
 *
 * <p><b>Thread:</b> started and closed by the engine's owner; journals are read on a thread of its own, {@code replay}.
 */
final class HostReplay implements AutoCloseable {
    private final LinkPool pool;
    private final AgentRunner runner;
    private final PublisherLines lines;

    private HostReplay(LinkPool pool, AgentRunner runner, PublisherLines lines) {
        this.pool = pool;
        this.runner = runner;
        this.lines = lines;
    }

    /** Registers the services, before the links listen. */
    static HostReplay start(
            Topology topology, HostPlace place, HostLinks links, NicRoutes routes, LinkEvent.Listener listener) {
        ErrorReport errors = new ErrorReport("replay", System.err::println, SystemNanoClock.INSTANCE);
        Map<Integer, Stream> streams =
                topology.streams().stream().collect(Collectors.toMap(Stream::id, stream -> stream));
        PublisherLines lines =
                new PublisherLines(id -> ring(topology, place.host(), streams.get(id)), SystemNanoClock.INSTANCE);
        ReplayService replay = new ReplayService(
                new Library(topology, place, streams, lines),
                (session, id) -> mayPull(session, streams.get(id)),
                SystemNanoClock.INSTANCE,
                errors);
        LinkPool pool = new LinkPool(
                links.transport(),
                links.node(),
                peer -> routes.order(addresses(topology, peer)),
                PoolLimits.DEFAULT,
                listener);
        routes.onLost(pool::drop);
        Map<String, ReplayPath> paths = new HashMap<>();
        FetchService fetch = new FetchService(
                peer -> paths.computeIfAbsent(peer, name -> ReplayPath.direct(pool, name)),
                peer -> objection(topology, place.host(), peer),
                SystemNanoClock.INSTANCE);
        links.node().services().register(ReplayService.NAME, replay);
        links.node().services().register(FetchService.NAME, fetch);
        ReplayStatement statement = new ReplayStatement(place.host().name(), replay.figures(), fetch::asked, errors);
        links.state(statement::state);
        AgentRunner runner = new AgentRunner(replay.bell(), errors, null, replay);
        AgentRunner.startOnThread(runner, work -> new Thread(work, replay.roleName()));
        return new HostReplay(pool, runner, lines);
    }

    @Override
    public void close() {
        pool.close();
        CloseHelper.close(runner);
        lines.close();
    }

    private static boolean mayPull(Session session, @Nullable Stream stream) {
        // A stream that the topology does not have is refused for that.
        return stream == null || session.permissions().mayPull(stream.name());
    }

    private static List<LinkAddress> addresses(Topology topology, String peer) {
        return topology.host(peer).map(found -> found.host().engine().links()).orElse(List.of()).stream()
                .map(link -> LinkAddress.tcp(link.address().getHostAddress(), link.port()))
                .toList();
    }

    private static String objection(Topology topology, Host own, String peer) {
        if (topology.host(peer).isEmpty()) {
            return "the topology has no host " + peer;
        }
        if (peer.equals(own.name())) {
            return peer + " is this host: ask its service " + ReplayService.NAME;
        }
        return addresses(topology, peer).isEmpty()
                ? "host " + peer + " has no link= at its engine in the topology: nobody can ask it"
                : "";
    }

    /** A carrier's subscriptions ask nobody, so nothing is sent again for them. */
    private static @Nullable Path ring(Topology topology, Host host, @Nullable Stream stream) {
        if (stream == null || stream.carrier() != null || !stream.publishers().contains(host.name())) {
            return null;
        }
        return RepeatRing.of(topology.name(), host.name(), stream.name());
    }

    /** The journals that a host keeps, and the lines of what its programs publish. */
    private record Library(Topology topology, HostPlace place, Map<Integer, Stream> streams, PublisherLines lines)
            implements ReplayLibrary {
        @Override
        public @Nullable ReplayLog open(int id) {
            Stream stream = streams.get(id);
            Host host = place.host();
            if (stream == null || !stream.journaling().hosts().contains(host.name())) {
                return null;
            }
            Path directory = Path.of(Objects.requireNonNull(host.engine().journal()));
            return new JournalLog(StreamJournal.of(directory, stream.name()));
        }

        @Override
        public boolean hasLines(int id) {
            return lines.has(id);
        }

        @Override
        public @Nullable ResendPlace kept(int id) {
            return lines.kept(id);
        }

        @Override
        public boolean sendKept(int id, long first, long end, long patienceNs) {
            return lines.sendRange(id, first, end, SystemNanoClock.INSTANCE.nanoTime() + patienceNs);
        }

        @Override
        public boolean isKeptSent(int id) {
            return lines.isTaken(id);
        }

        @Override
        public boolean isBesideLines(String peer) {
            return topology.host(peer)
                    .filter(found -> found.site().name().equals(place.site().name()))
                    .isPresent();
        }

        @Override
        public boolean send(int id, DirectBuffer packet, int offset, int length) {
            return lines.send(id, packet, offset, length);
        }
    }
}
