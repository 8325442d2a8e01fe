// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import io.heliograph.config.LinkSecurity;
import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.link.session.LinkCounters;
import io.heliograph.engine.link.session.LinkPermissions;
import io.heliograph.engine.link.session.LinkTimes;
import io.heliograph.engine.link.session.PullHandler;
import io.heliograph.engine.link.session.ServiceRegistry;
import io.heliograph.engine.link.tls.NodeCertificates;
import java.util.Optional;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * What a node is to its peers: name, site, certificates, services, and whom it talks to. Servers and clients of a node share it.
 *
 * <p><b>Thread:</b> set up by one, before the first server or client; then read by any.
 */
public final class LinkNode {
    private final String name;
    private final String site;
    private final ServiceRegistry services = new ServiceRegistry();
    private final LinkCounters counters = new LinkCounters();
    private LinkPolicy policy = node -> Optional.of(LinkPermissions.ALL);
    private LinkSecurity security = LinkSecurity.AUTO;
    private @Nullable NodeCertificates certificates;
    private PullHandler pulls = PullHandler.NONE;
    private LinkBuffers buffers = LinkBuffers.NONE;
    private LinkTimes times = LinkTimes.DEFAULT;
    private ErrorHandler errors = error -> System.err.println("link: " + error);
    private NanoClock clock = SystemNanoClock.INSTANCE;
    private EpochNanoClock wall = HostClock.INSTANCE;

    /**
     * A node that talks to everybody, with TLS off loopback.
     *
     * @param name as in the topology and in its certificate.
     * @param site as in the topology; may be empty.
     */
    public LinkNode(String name, String site) {
        this.name = name;
        this.site = site;
    }

    /**
     * Says whom the node talks to.
     *
     * @param value by name.
     * @return this.
     */
    public LinkNode policy(LinkPolicy value) {
        policy = value;
        return this;
    }

    /**
     * Says which links are TLS.
     *
     * @param value the topology's.
     * @return this.
     */
    public LinkNode security(LinkSecurity value) {
        security = value;
        return this;
    }

    /**
     * Says what the node proves its name with.
     *
     * @param value null: it has no links with TLS.
     * @return this.
     */
    public LinkNode certificates(@Nullable NodeCertificates value) {
        certificates = value;
        return this;
    }

    /**
     * Says who answers PULLs.
     *
     * @param value of all sessions.
     * @return this.
     */
    public LinkNode pulls(PullHandler value) {
        pulls = value;
        return this;
    }

    /**
     * Says how large socket buffers are.
     *
     * @param value the topology's.
     * @return this.
     */
    public LinkNode buffers(LinkBuffers value) {
        buffers = value;
        return this;
    }

    /**
     * Says how patient sessions are.
     *
     * @param value of all sessions.
     * @return this.
     */
    public LinkNode times(LinkTimes value) {
        times = value;
        return this;
    }

    /**
     * Says who is told of what services and callbacks throw.
     *
     * @param value any thread calls it.
     * @return this.
     */
    public LinkNode errors(ErrorHandler value) {
        errors = value;
        return this;
    }

    /**
     * Says what time it is.
     *
     * @param monotonic for everything but what goes to peers.
     * @param epoch wall clock.
     * @return this.
     */
    public LinkNode clocks(NanoClock monotonic, EpochNanoClock epoch) {
        clock = monotonic;
        wall = epoch;
        return this;
    }

    /**
     * The node's services: more can be registered at any time.
     *
     * @return the registry.
     */
    public ServiceRegistry services() {
        return services;
    }

    /**
     * What the node's links have seen.
     *
     * @return the counters.
     */
    public LinkCounters counters() {
        return counters;
    }

    /**
     * Its name.
     *
     * @return as in the topology.
     */
    public String name() {
        return name;
    }

    String site() {
        return site;
    }

    LinkPolicy policy() {
        return policy;
    }

    PullHandler pulls() {
        return pulls;
    }

    LinkBuffers buffers() {
        return buffers;
    }

    LinkTimes times() {
        return times;
    }

    ErrorHandler errors() {
        return errors;
    }

    NanoClock clock() {
        return clock;
    }

    EpochNanoClock wall() {
        return wall;
    }

    /** Whether a link at this address is TLS. */
    boolean isTls(LinkAddress address) {
        if (address instanceof LinkAddress.Unix || security == LinkSecurity.NONE) {
            return false;
        }
        return security == LinkSecurity.TLS || !address.isLoopback();
    }

    /** The certificates for a link that is TLS. */
    NodeCertificates certificatesFor(LinkAddress address) {
        NodeCertificates own = certificates;
        if (own == null) {
            throw new LinkException(
                    "a link at " + address + " is TLS and " + name
                            + " has no certificates; heliograph certs makes them,"
                            + " or write security=\"none\" in the topology to do without",
                    null);
        }
        return own;
    }
}
