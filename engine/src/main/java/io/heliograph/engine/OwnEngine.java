// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.HostPlace;
import io.heliograph.config.Topology;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.link.LinkEvent.Kind;
import io.heliograph.engine.link.LinkNode;
import io.heliograph.engine.link.LinkTransport;
import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.recovery.remote.ReplayPath;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * A program's way to the engine of its own host, over a Unix domain socket: opened when first asked for, and kept. There need not
 * be an engine: then what it would fetch stays missing, which is said once.
 *
 * <p><b>Thread:</b> one owner: the connection's.
 */
final class OwnEngine implements AutoCloseable {
    private final Topology topology;
    private final HostPlace place;
    private final ErrorHandler errors;
    private final AtomicBoolean isTold = new AtomicBoolean();
    private @Nullable LinkTransport transport;
    private @Nullable LinkClient client;

    OwnEngine(Topology topology, HostPlace place, ErrorHandler errors) {
        this.topology = topology;
        this.place = place;
        this.errors = errors;
    }

    /** The way to another host's journals. */
    ReplayPath pathTo(String host) {
        return ReplayPath.through(client(), host);
    }

    private LinkClient client() {
        LinkClient open = client;
        if (open == null) {
            String name = place.host().name();
            LinkTransport threads = LinkTransport.start();
            transport = threads;
            LinkNode node = new LinkNode(name, place.site().name()).errors(errors);
            LinkAddress socket = LinkAddress.beside(DriverDirectories.of(topology.name(), name));
            open = LinkClient.connect(threads, node, name, List.of(socket), this::onEvent);
            client = open;
        }
        return open;
    }

    private void onEvent(LinkEvent event) {
        if (event.kind() == Kind.OPENED) {
            isTold.set(false);
        } else if (event.kind() == Kind.UNREACHED && !isTold.getAndSet(true)) {
            errors.onError(new HeliographException("no engine of host "
                    + place.host().name() + " answers at "
                    + event.address() + ": what is missing cannot be fetched from other hosts' journals; heliograph"
                    + " engine --topology FILE --host " + place.host().name() + " starts it"));
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        if (transport != null) {
            transport.close();
        }
    }
}
