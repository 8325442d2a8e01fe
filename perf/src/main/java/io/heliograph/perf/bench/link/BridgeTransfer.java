// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import io.heliograph.config.LinkSecurity;
import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.bridge.BridgeCard;
import io.heliograph.engine.bridge.BridgeOutput;
import io.heliograph.engine.bridge.EgressAgent;
import io.heliograph.engine.bridge.EgressCursor;
import io.heliograph.engine.bridge.EgressLibrary;
import io.heliograph.engine.bridge.EgressTerms;
import io.heliograph.engine.bridge.IngressAgent;
import io.heliograph.engine.bridge.IngressContext;
import io.heliograph.engine.bridge.IngressSite;
import io.heliograph.engine.bridge.JournalPackets;
import io.heliograph.engine.bridge.PacketLog;
import io.heliograph.engine.journal.JournalHold;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.link.LinkLimits;
import io.heliograph.engine.link.LinkNode;
import io.heliograph.engine.link.LinkServer;
import io.heliograph.engine.link.LinkTransport;
import io.heliograph.engine.link.netty.Sockets;
import io.heliograph.engine.link.session.LinkSession;
import io.heliograph.engine.link.session.Session;
import io.heliograph.engine.link.tls.NodeCertificates;
import io.heliograph.engine.stream.PacketHandler;
import io.heliograph.engine.wire.PacketFlyweight;
import java.nio.file.Path;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The link half of a bridge: out of a journal on the disk, over a link, up to where packets would be published; there they are counted and
 * thrown away. The journal is read again and again, each time under another epoch.
 *
 * <p><b>Thread:</b> one owner; the transfer runs on two of the links, one of the egress and one of the ingress.
 */
public final class BridgeTransfer implements AutoCloseable {
    private final Path directory;
    private final LinkTransport transport;
    private final LinkNode node;
    private final LinkServer server;
    private final AgentRunner egress;

    /**
     * An egress with a journal.
     *
     * @param directory of the journal that {@link ReplayTransfer} has written.
     * @param sockets of this kind.
     * @param name of the node at both ends.
     * @param certificates of both ends; null: plain.
     */
    public BridgeTransfer(Path directory, Sockets sockets, String name, @Nullable NodeCertificates certificates) {
        this.directory = directory;
        this.transport = LinkTransport.start(sockets, 2);
        EgressAgent agent = new EgressAgent(
                new OneJournal(), SystemNanoClock.INSTANCE, HostClock.INSTANCE, Throwable::printStackTrace);
        this.node = new LinkNode(name, "")
                .security(certificates == null ? LinkSecurity.NONE : LinkSecurity.TLS)
                .certificates(certificates)
                .pulls(agent);
        this.egress = new AgentRunner(agent.bell(), Throwable::printStackTrace, null, agent);
        AgentRunner.startOnThread(egress);
        this.server = LinkServer.bind(
                transport, node, List.of(LinkAddress.tcp("127.0.0.1", 0)), LinkLimits.DEFAULT, LinkEvent.Listener.NONE);
    }

    /**
     * Transfers over a new connection.
     *
     * @param forNs how long it is measured.
     * @param way from the egress.
     * @return MB/s of packets that arrived.
     */
    public double megabytesPerSecond(long forNs, Way way) {
        LinkAddress.Tcp listening = (LinkAddress.Tcp) server.addresses().get(0);
        try (Way.Course course = way.to(listening.socket())) {
            return megabytesPerSecond(forNs, way, new LinkAddress.Tcp(course.address()));
        }
    }

    private double megabytesPerSecond(long forNs, Way way, LinkAddress address) {
        TransferClock clock = new TransferClock();
        IngressAgent agent = new IngressAgent(
                new BridgeCard("", new int[] {BenchJournal.STREAM}, new String[] {node.name()}, new int[] {1}),
                IngressContext.of(IngressContext.Use.FAILOVER, false).withOnTheWay(way.window()),
                new Nowhere(clock),
                SystemNanoClock.INSTANCE,
                HostClock.INSTANCE);
        AgentRunner ingress = new AgentRunner(agent.bell(), Throwable::printStackTrace, null, agent);
        AgentRunner.startOnThread(ingress);
        LinkClient client = LinkClient.connect(
                transport,
                node,
                node.name(),
                List.of(address),
                LinkEvent.Listener.NONE,
                session -> open(agent, session));
        try {
            return clock.megabytesPerSecond(forNs, way.settleNs());
        } finally {
            client.close();
            ingress.close();
        }
    }

    private static void open(IngressAgent agent, @Nullable LinkSession session) {
        if (session != null) {
            agent.onOpen(0, session);
        }
    }

    @Override
    public void close() {
        server.close();
        egress.close();
        transport.close();
    }

    /** The one journal that there is. */
    private final class OneJournal implements EgressLibrary {
        private long looks;

        @Override
        public EgressTerms terms(Session peer, int stream) {
            return new EgressTerms("", 0, EgressTerms.Compression.OFF, EgressCursor.KEEP);
        }

        @Override
        public PacketLog open(int stream) {
            return new Endless(new JournalPackets(
                    StreamJournal.of(directory, BenchJournal.STREAM_NAME).reader()));
        }

        @Override
        public long appended(int stream) {
            return ++looks;
        }

        @Override
        public boolean isLive(int stream) {
            return false;
        }

        @Override
        public void hold(int stream, JournalHold hold) {}
    }

    /** A journal that begins again where it ends, in the next epoch. */
    private static final class Endless implements PacketLog {
        private final PacketLog log;
        private final UnsafeBuffer octets = new UnsafeBuffer(0, 0);
        private int lap;

        Endless(PacketLog log) {
            this.log = log;
        }

        @Override
        public void seek(long epoch, long sequence) {
            log.seek(epoch, sequence);
        }

        @Override
        public boolean seekTime(long utcNs) {
            return log.seekTime(utcNs);
        }

        @Override
        public int poll(PacketHandler handler, int limit) {
            int count = log.poll(
                    (packet, offset, length) -> {
                        octets.wrap(packet);
                        PacketFlyweight.epoch(octets, offset, PacketFlyweight.epoch(octets, offset) + lap);
                        handler.onPacket(octets, offset, length);
                    },
                    limit);
            if (count == 0) {
                lap++;
                log.seek(0, 1);
            }
            return count;
        }

        @Override
        public long lastEpoch() {
            return log.lastEpoch() + lap;
        }

        @Override
        public long lastSequence() {
            return log.lastSequence();
        }

        @Override
        public void close() {
            log.close();
        }
    }

    /** A site in which nothing is published. */
    private record Nowhere(TransferClock clock) implements IngressSite, BridgeOutput {
        @Override
        public Place end(int stream) {
            return new Place(0, 1, false);
        }

        @Override
        public BridgeOutput open(int stream, Place from) {
            return this;
        }

        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public void say(String words) {}

        @Override
        public void warn(String words) {
            throw new IllegalStateException(words);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean publish(MutableDirectBuffer packet, int offset, int length) {
            clock.add(length);
            return true;
        }

        @Override
        public int doWork(long nowNs, boolean isAlive) {
            return 0;
        }

        @Override
        public void close() {}
    }
}
