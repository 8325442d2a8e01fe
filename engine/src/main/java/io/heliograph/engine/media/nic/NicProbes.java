// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import io.heliograph.config.Nic;
import io.heliograph.config.net.Ipv4;
import io.heliograph.engine.media.population.Population;
import io.heliograph.engine.wire.ProbeFlyweight;
import io.heliograph.engine.wire.SubscribersFlyweight;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The probes of one NIC, and beside them what is stated of subscribers: puts in those that came, sends those that are due.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Failure:</b> a datagram that is no probe of a peer on this NIC is dropped and counted; a send that fails is counted,
 * and two in succession are a fault of the NIC; a socket that cannot be opened is told and tried again with the next probe.
 */
final class NicProbes implements AutoCloseable {
    /** So many sends that fail one after another are no accident. */
    private static final int FAILED_SENDS_LIMIT = 2;

    private static final int RECEIVE_LIMIT = 256;

    private final Nic nic;
    private final int index;
    private final int own;
    private final int topology;
    private final ProbeRoute route;
    private final ProbePeers.OnNic peers;
    private final Population population;
    private final ErrorHandler errorHandler;
    private final ByteBuffer octets = ByteBuffer.allocateDirect(2 * ProbeFlyweight.MAX_LENGTH);
    private final UnsafeBuffer probe = new UnsafeBuffer(octets);
    private @Nullable ProbeSocket socket;
    private int failedSends;
    private long refused;

    /**
     * @param nic of the host.
     * @param index of it among the host's.
     * @param site what all probes of the site share.
     * @param population stated with the probes, and told of what others state.
     * @param errorHandler told of sockets that cannot be opened.
     */
    NicProbes(Nic nic, int index, ProbeSite site, Population population, ErrorHandler errorHandler) {
        this.nic = nic;
        this.index = index;
        this.own = Ipv4.bits(nic.address().address());
        this.topology = site.topology();
        this.route = site.route(nic, index);
        this.peers = site.peers().onNic(index);
        this.population = population;
        this.errorHandler = errorHandler;
    }

    boolean isSendFailing() {
        return failedSends >= FAILED_SENDS_LIMIT;
    }

    /** Datagrams that were no probes of peers on this NIC. */
    long refused() {
        return refused;
    }

    /** Puts what has come into the board. */
    int receive(PathBoard board, long nowNs) {
        ProbeSocket open = socket;
        int count = 0;
        try {
            while (open != null && count < RECEIVE_LIMIT) {
                SocketAddress source = open.receive(octets.clear());
                if (source == null) {
                    return count;
                }
                count++;
                onDatagram(board, (InetSocketAddress) source, octets.position(), nowNs);
            }
        } catch (IOException broken) {
            close();
        }
        return count;
    }

    /** Sends the probes that are due, on the interface that has the address now. */
    void send(PathBoard board, NetworkInterface on, long nowNs) {
        List<ProbePeers.Peer> all = peers.peers();
        for (int from = 0; from < all.size(); from += ProbeFlyweight.MAX_HEARD) {
            int to = Math.min(all.size(), from + ProbeFlyweight.MAX_HEARD);
            int first = from == 0 ? 0 : all.get(from).address();
            int last = to == all.size() ? -1 : all.get(to).address() - 1;
            ProbeFlyweight.init(probe, 0, topology, own, first, last);
            for (int i = from; i < to; i++) {
                if (board.isHeard(index, all.get(i).index(), nowNs)) {
                    ProbeFlyweight.add(probe, 0, all.get(i).address());
                }
            }
            send(on, ProbeFlyweight.length(ProbeFlyweight.count(probe, 0)));
        }
        for (int from = 0; population.isToBeStated(from); ) {
            from = population.write(probe, topology, own, from);
            send(on, SubscribersFlyweight.length(SubscribersFlyweight.count(probe, 0)));
        }
    }

    /** Until the next send: the NIC is down. */
    @Override
    public void close() {
        CloseHelper.quietClose(socket);
        socket = null;
        failedSends = 0;
    }

    private void send(NetworkInterface on, int length) {
        ProbeSocket open = socket == null ? open(on) : socket;
        if (open == null) {
            return;
        }
        try {
            open.send(octets.clear().limit(length));
            failedSends = 0;
        } catch (IOException refusedBySystem) {
            failedSends++;
        }
    }

    private @Nullable ProbeSocket open(NetworkInterface on) {
        try {
            socket = ProbeSocket.open(route, on);
        } catch (IOException | RuntimeException failed) {
            errorHandler.onError(new IOException(
                    "no probes on NIC " + nic.name() + " (" + nic.address() + "): " + failed.getMessage(), failed));
        }
        return socket;
    }

    private void onDatagram(PathBoard board, InetSocketAddress source, int length, long nowNs) {
        boolean isStatement = SubscribersFlyweight.isMeant(probe, 0, length);
        boolean isWhole = isStatement
                ? SubscribersFlyweight.check(probe, 0, length) == SubscribersFlyweight.OK
                : ProbeFlyweight.check(probe, 0, length) == ProbeFlyweight.OK;
        // Both kinds have topology and sender in the same places.
        boolean isRight = isWhole
                && ProbeFlyweight.topology(probe, 0) == topology
                && source.getAddress() instanceof Inet4Address from
                && Ipv4.bits(from) == ProbeFlyweight.sender(probe, 0);
        int sender = isRight ? ProbeFlyweight.sender(probe, 0) : 0;
        if (isRight && sender == own) {
            return;
        }
        int peer = isRight ? peers.peerOf(sender) : -1;
        if (peer < 0) {
            // All addresses of loopback are one interface, where each NIC hears the others' probes too.
            refused += nic.address().isLoopback() ? 0 : 1;
        } else if (isStatement) {
            population.onStatement(peer, probe, 0, nowNs);
        } else if (ProbeFlyweight.covers(probe, 0, own)) {
            board.onProbe(index, peer, ProbeFlyweight.names(probe, 0, own), nowNs);
        } else {
            board.onProbe(index, peer, nowNs);
        }
    }
}
