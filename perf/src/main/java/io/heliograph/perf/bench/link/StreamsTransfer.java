// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import io.heliograph.config.LinkSecurity;
import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.bridge.BridgeCard;
import io.heliograph.engine.bridge.EgressAgent;
import io.heliograph.engine.bridge.IngressAgent;
import io.heliograph.engine.bridge.IngressContext;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.link.LinkLimits;
import io.heliograph.engine.link.LinkNode;
import io.heliograph.engine.link.LinkServer;
import io.heliograph.engine.link.LinkTransport;
import io.heliograph.engine.link.netty.Sockets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The link half of a bridge of some streams over one plain connection: out of their journals, and up to where packets would be
 * published.
 *
 * <p><b>Thread:</b> one owner, which appends; the transfer runs on two of the links, one of the egress and one of the ingress.
 */
public final class StreamsTransfer implements AutoCloseable {
    private static final String NODE = "bench";
    private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LOOK_NS = 200_000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final ManyJournals journals;
    private final LinkTransport transport;
    private final LinkNode node;
    private final LinkServer server;
    private final AgentRunner egress;

    /**
     * What a round has cost.
     *
     * @param flatOutCpuNs of the four threads, a packet, while packets were appended as fast as that goes.
     * @param pacedCpuNs the same, while packets came evenly.
     */
    public record Costs(double flatOutCpuNs, double pacedCpuNs) {}

    /**
     * An egress with empty journals.
     *
     * @param directory of the journals.
     * @param streams how many.
     */
    public StreamsTransfer(Path directory, int streams) {
        this.journals = new ManyJournals(directory, streams);
        this.transport = LinkTransport.start(Sockets.best(), 2);
        EgressAgent agent =
                new EgressAgent(journals, SystemNanoClock.INSTANCE, HostClock.INSTANCE, Throwable::printStackTrace);
        journals.ringing(agent::bellOf);
        this.node = new LinkNode(NODE, "").security(LinkSecurity.NONE).pulls(agent);
        this.egress = new AgentRunner(agent.bell(), Throwable::printStackTrace, null, agent);
        AgentRunner.startOnThread(egress);
        this.server = LinkServer.bind(
                transport, node, List.of(LinkAddress.tcp("127.0.0.1", 0)), LinkLimits.DEFAULT, LinkEvent.Listener.NONE);
    }

    /**
     * Connects, brings a packet of each stream, then as many as are wanted at once, then goes on at a steady pace.
     *
     * @param packets of all streams together that are appended as fast as that goes.
     * @param rate packets a second afterwards, of all streams together.
     * @param forNs how long.
     * @return the costs.
     */
    public Costs round(int packets, int rate, long forNs) {
        CountingSite site = new CountingSite(journals);
        IngressAgent agent = new IngressAgent(
                new BridgeCard("", journals.streams(), new String[] {NODE}, new int[] {1}),
                IngressContext.of(IngressContext.Use.FAILOVER, false),
                site,
                SystemNanoClock.INSTANCE,
                HostClock.INSTANCE);
        AgentRunner ingress = new AgentRunner(agent.bell(), Throwable::printStackTrace, null, agent);
        AgentRunner.startOnThread(ingress);
        LinkClient client =
                LinkClient.connect(transport, node, NODE, server.addresses(), LinkEvent.Listener.NONE, session -> {
                    if (session != null) {
                        agent.onOpen(0, session);
                    }
                });
        try {
            append(site, journals.streams().length);
            long startNs = LinkThreads.cpuNs();
            append(site, packets);
            double flatOutCpuNs = (double) (LinkThreads.cpuNs() - startNs) / packets;
            LockSupport.parkNanos(SETTLE_NS);
            long before = LinkThreads.cpuNs();
            int count = (int) (rate * forNs / TimeUnit.SECONDS.toNanos(1));
            Pace pace = new Pace(rate);
            for (int i = 0; i < count; i++) {
                pace.await();
                journals.append();
            }
            site.await(count, PATIENCE_NS, LOOK_NS);
            return new Costs(flatOutCpuNs, (double) (LinkThreads.cpuNs() - before) / count);
        } finally {
            client.close();
            ingress.close();
        }
    }

    private void append(CountingSite site, int packets) {
        for (int i = 0; i < packets; i++) {
            journals.append();
        }
        site.await(packets, PATIENCE_NS, LOOK_NS);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(server, egress, transport, journals);
    }
}
