// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.config.LinkSecurity;
import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.journal.JournalAppender;
import io.heliograph.engine.journal.JournalContext;
import io.heliograph.engine.journal.JournalHold;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkLimits;
import io.heliograph.engine.link.LinkNode;
import io.heliograph.engine.link.LinkServer;
import io.heliograph.engine.link.LinkTransport;
import io.heliograph.engine.link.session.LinkSession;
import io.heliograph.engine.link.session.LinkTimes;
import io.heliograph.engine.link.session.Session;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Hosts with journals on one side and an ingress on the other, with real links between them on loopback; the lines are a {@link
 * SimulatedLog} a stream, which throws at whatever is out of order.
 */
final class BridgePair implements AutoCloseable, IngressSite {
    static final LinkTimes PATIENT = new LinkTimes(100_000_000L, 20, 5_000_000_000L, 30_000_000_000L, 1_000_000_000L);

    final List<String> warnings = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<Host> hosts = new ArrayList<>();
    final Map<Integer, Sink> sinks = new ConcurrentHashMap<>();
    final IngressAgent ingress;
    private final LinkTransport transport = LinkTransport.start();
    private final List<LinkClient> clients = new ArrayList<>();
    private final AgentRunner runner;
    private final int[] streams;

    /** What a stream's lines have taken. */
    static final class Sink implements BridgeOutput {
        final SimulatedLog log = new SimulatedLog();
        final AtomicLong next = new AtomicLong(1);
        volatile boolean isOpen = true;

        Sink(Place from) {
            log.epoch = from.epoch();
            log.next = from.next();
            log.isEnded = from.isEnded();
        }

        @Override
        public boolean isOpen() {
            return isOpen;
        }

        @Override
        public boolean publish(MutableDirectBuffer packet, int offset, int length) {
            log.append(packet, offset, length);
            next.set(log.next);
            return true;
        }

        @Override
        public int doWork(long nowNs, boolean isAlive) {
            return 0;
        }

        @Override
        public void close() {}
    }

    /** An egress host: its journals, and the link that it listens on. */
    final class Host implements EgressLibrary, AutoCloseable {
        final Path directory;
        final String name;
        final Map<Integer, JournalAppender> appenders = new HashMap<>();
        final Map<Integer, AtomicLong> appended = new ConcurrentHashMap<>();
        final List<JournalHold> holds = new CopyOnWriteArrayList<>();
        /** The packet at which the journal is damaged, each time that it is read; 0: it is sound. */
        volatile int failAt;

        /** On what terms one stream alone goes; else as all do. */
        final Map<Integer, EgressTerms> termsOf = new ConcurrentHashMap<>();

        volatile EgressTerms terms = new EgressTerms("", 0, EgressTerms.Compression.OFF, EgressCursor.KEEP);
        final EgressAgent egress =
                new EgressAgent(this, SystemNanoClock.INSTANCE, HostClock.INSTANCE, BridgePair.this::onError);
        private final AgentRunner egressRunner;

        @Nullable
        LinkServer server;

        Host(String name, Path directory) {
            this.name = name;
            this.directory = directory;
            for (int stream : streams) {
                JournalContext context = JournalContext.of(directory.resolve("s" + stream), "s" + stream, stream)
                        .minFree(0);
                appenders.put(stream, StreamJournal.appender(context, warnings::add));
                appended.put(stream, new AtomicLong());
            }
            egressRunner = new AgentRunner(egress.bell(), BridgePair.this::onError, null, egress);
            AgentRunner.startOnThread(egressRunner);
            listen();
        }

        void listen() {
            LinkNode node = new LinkNode(name, "ny")
                    .times(PATIENT)
                    .security(LinkSecurity.NONE)
                    .errors(BridgePair.this::onError)
                    .pulls(egress);
            server = LinkServer.bind(
                    transport,
                    node,
                    List.of(LinkAddress.tcp("127.0.0.1", 0)),
                    LinkLimits.DEFAULT,
                    event -> events.add(event.toString()));
        }

        void append(int stream, byte[] packet) {
            UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(packet.length));
            buffer.putBytes(0, packet);
            append(stream, buffer, packet.length);
        }

        void append(int stream, DirectBuffer packet, int length) {
            appenders.get(stream).append(packet, 0, length);
            appended.get(stream).lazySet(appended.get(stream).get() + 1);
            egress.bell().ring();
        }

        @Override
        public EgressTerms terms(Session peer, int stream) {
            return termsOf.getOrDefault(stream, terms);
        }

        @Override
        public @Nullable PacketLog open(int stream) {
            StreamJournal journal = new StreamJournal(directory.resolve("s" + stream));
            return journal.isThere() ? new FailingLog(new JournalPackets(journal.reader()), failAt) : null;
        }

        @Override
        public long appended(int stream) {
            return appended.get(stream).get();
        }

        @Override
        public boolean isLive(int stream) {
            return true;
        }

        @Override
        public void hold(int stream, JournalHold hold) {
            holds.add(hold);
        }

        @Override
        public void close() {
            CloseHelper.close(server);
            CloseHelper.close(egressRunner);
            CloseHelper.closeAll(appenders.values());
        }
    }

    BridgePair(Path directory, IngressContext context, int hostCount, int streamCount) {
        streams = new int[streamCount];
        for (int i = 0; i < streamCount; i++) {
            streams[i] = i + 1;
        }
        String[] names = new String[hostCount];
        int[] levels = new int[hostCount];
        for (int i = 0; i < hostCount; i++) {
            names[i] = "ny" + (i + 1);
            levels[i] = context.use() == IngressContext.Use.FAILOVER ? i + 1 : 1;
            hosts.add(new Host(names[i], directory.resolve(names[i])));
        }
        ingress = new IngressAgent(
                new BridgeCard("ny", streams, names, levels),
                context,
                this,
                SystemNanoClock.INSTANCE,
                HostClock.INSTANCE);
        runner = new AgentRunner(ingress.bell(), this::onError, null, ingress);
        AgentRunner.startOnThread(runner);
    }

    /** Where a host listens. */
    int port(int path) {
        LinkAddress address =
                Objects.requireNonNull(hosts.get(path).server).addresses().get(0);
        return Integer.parseInt(address.toString().replaceAll(".*:", ""));
    }

    /** Connects a path, for as long as the pair lives. */
    LinkClient connect(int path) {
        return connect(path, port(path));
    }

    /** The same, through something that listens there. */
    LinkClient connect(int path, int port) {
        Host host = hosts.get(path);
        LinkNode node = new LinkNode("ldn1", "ldn")
                .times(PATIENT)
                .security(LinkSecurity.NONE)
                .errors(this::onError);
        node.services().register(PullRefusals.NAME, new PullRefusals(ingress::onRefused));
        LinkSession[] last = new LinkSession[1];
        LinkClient client = LinkClient.connect(
                transport,
                node,
                host.name,
                List.of(LinkAddress.tcp("127.0.0.1", port)),
                event -> events.add(event.toString()),
                session -> {
                    if (last[0] != null) {
                        ingress.onClosed(path, last[0]);
                    }
                    last[0] = session;
                    if (session != null) {
                        ingress.onOpen(path, session);
                    }
                });
        clients.add(client);
        return client;
    }

    @Override
    public Place end(int stream) {
        return new Place(1, 1, false);
    }

    @Override
    public BridgeOutput open(int stream, Place from) {
        return sinks.computeIfAbsent(stream, id -> new Sink(from));
    }

    @Override
    public int doWork() {
        return 0;
    }

    @Override
    public void say(String words) {
        events.add(words);
    }

    @Override
    public void warn(String words) {
        warnings.add(words);
    }

    private void onError(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        warnings.add(trace.toString());
    }

    long next(int stream) {
        Sink sink = sinks.get(stream);
        return sink == null ? 0 : sink.next.get();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(clients);
        CloseHelper.close(runner);
        CloseHelper.closeAll(hosts);
        transport.close();
    }
}
