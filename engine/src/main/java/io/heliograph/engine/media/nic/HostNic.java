// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import io.heliograph.config.Nic;
import java.net.NetworkInterface;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * One NIC under watch: brings together what the kernel, its probes and the board of paths say of it.
 *
 * <p><b>Thread:</b> one owner: the monitor's.
 */
final class HostNic implements AutoCloseable {
    /**
     * How often the group of probes is joined anew while no peer is heard: a switch's port forwards some time after its
     * carrier is there, and what was joined before then it has not seen; its next query may be ten seconds away.
     */
    private static final long JOIN_INTERVAL_NS = 500_000_000L;

    private final Nic nic;
    private final int index;
    private final KernelNic kernel;
    private final @Nullable NicProbes probes;
    private final NicWatch watch;
    private final NicCounters counters;
    private final GoodUntil goodUntil;
    private NicFault kernelFault;
    private long joinedNs;

    /**
     * @param nic of the host.
     * @param index of it among the host's.
     * @param probes null where there are no peers.
     * @param context of the monitor.
     * @param nowNs the time.
     */
    HostNic(Nic nic, int index, @Nullable NicProbes probes, NicMonitorContext context, long nowNs) {
        ErrorHandler errorHandler = context.errorHandler();
        this.nic = nic;
        this.index = index;
        this.probes = probes;
        this.kernel = new KernelNic(nic.address(), nowNs, errorHandler);
        this.counters = new NicCounters(context.place().host().name(), nic.name(), errorHandler);
        this.kernelFault = kernel.look(nowNs);
        this.watch = new NicWatch(context.times(), nowNs, kernelFault);
        this.goodUntil = new GoodUntil(nowNs);
        this.joinedNs = nowNs;
    }

    /** Asks the kernel and puts in the probes that came. */
    int look(PathBoard board, long nowNs) {
        kernelFault = kernel.look(nowNs);
        NicProbes own = probes;
        if (own == null) {
            return 0;
        }
        if (kernelFault != NicFault.NONE) {
            own.close();
            joinedNs = nowNs;
            return 0;
        }
        return own.receive(board, nowNs);
    }

    void sendProbes(PathBoard board, long nowNs) {
        NicProbes own = probes;
        NetworkInterface on = kernel.networkInterface();
        if (own != null && on != null && kernelFault == NicFault.NONE) {
            if (board.isFailing(index, nowNs) && nowNs - joinedNs >= JOIN_INTERVAL_NS) {
                own.close();
                joinedNs = nowNs;
            }
            own.send(board, on, nowNs);
        }
    }

    /** Whether the state has changed by all that was seen. */
    boolean judge(PathBoard board, long nowNs) {
        NicFault fault = fault(board, nowNs);
        goodUntil.onLook(nowNs, fault, board.namedNs(index), board.hasPeers(index, nowNs));
        return watch.onLook(nowNs, fault);
    }

    void state(DriverClient client, PathBoard board, long nowNs) {
        counters.take(client.client());
        long refused = probes == null ? 0 : probes.refused();
        counters.set(
                watch,
                board.connected(index, nowNs),
                board.cut(index, nowNs),
                refused,
                goodUntil.ns(),
                kernel.sentPerSecond());
    }

    NicEvent event(String detail) {
        NetworkInterface on = kernel.networkInterface();
        return new NicEvent(
                nic.name(),
                nic.address().toString(),
                on == null ? "" : on.getName(),
                watch.state(),
                watch.cause(),
                watch.downs(),
                detail);
    }

    NicWatch watch() {
        return watch;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(probes, kernel);
    }

    private NicFault fault(PathBoard board, long nowNs) {
        if (kernelFault != NicFault.NONE) {
            return kernelFault;
        }
        NicProbes own = probes;
        if (own != null && own.isSendFailing()) {
            return NicFault.SEND;
        }
        return board.isFailing(index, nowNs) ? NicFault.PEERS : NicFault.NONE;
    }
}
