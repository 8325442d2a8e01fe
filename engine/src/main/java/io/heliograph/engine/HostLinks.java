// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.aeron.Aeron;
import io.heliograph.config.Host;
import io.heliograph.config.HostPlace;
import io.heliograph.config.LinkSecurity;
import io.heliograph.config.Topology;
import io.heliograph.engine.base.ErrorReport;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkBuffers;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.link.LinkEvent.Kind;
import io.heliograph.engine.link.LinkException;
import io.heliograph.engine.link.LinkLimits;
import io.heliograph.engine.link.LinkNode;
import io.heliograph.engine.link.LinkServer;
import io.heliograph.engine.link.LinkTransport;
import io.heliograph.engine.link.TopologyPolicy;
import io.heliograph.engine.link.tls.CertificateException;
import io.heliograph.engine.link.tls.NodeCertificates;
import io.heliograph.engine.media.nic.DriverClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The links of a host's engine: listens at the addresses that the topology names and at a Unix domain socket beside the driver's
 * directory, reads certificates again when they change, and states what the links have seen.
 *
 * <p>An address that cannot be listened at, because its NIC is down or its port taken, costs itself only: it is said and tried
 * again each 5 s; the same reason is said once.
 *
 * <p><b>Thread:</b> opened and closed by the engine's owner; connections run on the thread {@code link}, the rest on {@code links}.
 */
final class HostLinks implements Agent, AutoCloseable {
    private static final long LOOK_NS = 1_000_000_000L;
    private static final long RETRY_NS = 5_000_000_000L;
    private static final long IDLE_MS = 50;

    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final LinkTransport transport = LinkTransport.start();
    private final LinkNode node;
    private final LinkEvent.Listener listener;
    private final @Nullable NodeCertificates certificates;
    private final Map<LinkAddress, String> deaf = new LinkedHashMap<>();
    private final List<LinkServer> servers = new ArrayList<>();
    private final DriverClient driver;
    private final LinkStatement statement;
    private final ErrorHandler errors;
    private Consumer<@Nullable Aeron> further = client -> {};
    private @Nullable AgentRunner runner;
    private String saidOfCertificates = "";
    private long lookAtNs;
    private long retryAtNs;

    private HostLinks(
            Topology topology,
            HostPlace place,
            Path directory,
            Path driverDirectory,
            @Nullable NodeCertificates certificates,
            LinkEvent.Listener listener) {
        Host host = place.host();
        this.listener = listener;
        this.certificates = certificates;
        this.errors = new ErrorReport("links", System.err::println, clock);
        this.node = new LinkNode(host.name(), place.site().name())
                .security(topology.security())
                .certificates(certificates)
                .policy(new TopologyPolicy(topology))
                .buffers(LinkBuffers.of(topology, host.name()))
                .errors(errors);
        this.driver = new DriverClient(driverDirectory, clock.nanoTime(), errors);
        this.statement = new LinkStatement(host.name(), node.counters(), errors);
        this.lookAtNs = clock.nanoTime() + LOOK_NS;
        this.retryAtNs = clock.nanoTime() + RETRY_NS;
        addresses(host).forEach(address -> deaf.put(address, ""));
        deaf.put(LinkAddress.beside(directory), "");
    }

    /**
     * Prepares the links; nobody is reached before {@link #start}.
     *
     * @throws CertificateException when a link is TLS and there are no certificates for it.
     */
    static HostLinks prepare(
            Topology topology,
            HostPlace place,
            Path directory,
            Path driverDirectory,
            EngineOptions options,
            LinkEvent.Listener listener) {
        boolean needsCertificates = topology.security() != LinkSecurity.NONE
                && addresses(place.host()).stream()
                        .anyMatch(address -> topology.security() == LinkSecurity.TLS || !address.isLoopback());
        NodeCertificates certificates = needsCertificates
                ? NodeCertificates.load(options.certificates(), place.host().name())
                : null;
        return new HostLinks(topology, place, directory, driverDirectory, certificates, listener);
    }

    /** What the host is to its peers: services are registered there. */
    LinkNode node() {
        return node;
    }

    /** The threads of the links, for clients of other hosts' links. */
    LinkTransport transport() {
        return transport;
    }

    /** States more in the driver's counters than what the links have seen; before they listen. */
    void state(Consumer<@Nullable Aeron> more) {
        further = further.andThen(more);
    }

    /** Listens. */
    void start() {
        listen();
        AgentRunner started = new AgentRunner(new SleepingMillisIdleStrategy(IDLE_MS), errors, null, this);
        runner = started;
        AgentRunner.startOnThread(started, work -> new Thread(work, roleName()));
    }

    @Override
    public int doWork() {
        long nowNs = clock.nanoTime();
        int work = driver.doWork(nowNs);
        statement.state(driver.client());
        further.accept(driver.client());
        if (nowNs - lookAtNs >= 0) {
            lookAtNs = nowNs + LOOK_NS;
            lookAtCertificates();
        }
        if (!deaf.isEmpty() && nowNs - retryAtNs >= 0) {
            retryAtNs = nowNs + RETRY_NS;
            listen();
        }
        return work;
    }

    @Override
    public String roleName() {
        return "links";
    }

    @Override
    public void onClose() {
        driver.close();
    }

    /** Says BYE to all. Idempotent. */
    @Override
    public void close() {
        CloseHelper.close(errors, runner);
        runner = null;
        CloseHelper.closeAll(errors, servers);
        servers.clear();
        transport.close();
    }

    private void listen() {
        for (LinkAddress address : List.copyOf(deaf.keySet())) {
            try {
                servers.add(LinkServer.bind(transport, node, List.of(address), LinkLimits.DEFAULT, listener));
                deaf.remove(address);
            } catch (LinkException cannot) {
                String why = String.valueOf(cannot.getMessage());
                if (!why.equals(deaf.put(address, why))) {
                    listener.onLink(new LinkEvent(Kind.DEAF, "", address.toString(), why));
                }
            }
        }
    }

    private void lookAtCertificates() {
        NodeCertificates own = certificates;
        if (own == null) {
            return;
        }
        try {
            if (own.reloadIfChanged()) {
                saidOfCertificates = "";
                listener.onLink(new LinkEvent(
                        Kind.CERTIFICATES, "", "", "valid until " + own.notAfter() + ", " + own.provider()));
            }
        } catch (CertificateException unusable) {
            String what = String.valueOf(unusable.getMessage());
            if (!what.equals(saidOfCertificates)) {
                saidOfCertificates = what;
                listener.onLink(new LinkEvent(Kind.BAD_CERTIFICATES, "", "", what));
            }
        }
    }

    private static List<LinkAddress> addresses(Host host) {
        return host.engine().links().stream()
                .map(place -> LinkAddress.tcp(place.address().getHostAddress(), place.port()))
                .toList();
    }
}
