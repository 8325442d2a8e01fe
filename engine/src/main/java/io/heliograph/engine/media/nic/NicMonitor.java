// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import io.heliograph.config.Nic;
import io.heliograph.engine.base.LineKey;
import io.heliograph.engine.media.population.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SleepingIdleStrategy;

/**
 * Watches the NICs of a host, on an agent of its own: asks the kernel, exchanges probes with the other engines of the site,
 * decides, states the result in the driver's counters, and tells each change. With the probes it exchanges how many subscribers
 * the hosts have on the lines on which that is counted.
 *
 * <p><b>Thread:</b> one owner: the agent's; a look every 10 ms ({@link #idleStrategy}).
 *
 * <p><b>Allocation:</b> a little, in the search for addresses and with each probe received.
 *
 * <p><b>Failure:</b> without a driver nothing is stated and the watch goes on; the health is stated when one is there.
 */
public final class NicMonitor implements Agent {
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int NAMED_LIMIT = 3;

    private final NanoClock clock;
    private final NicEvent.Listener listener;
    private final List<HostNic> nics = new ArrayList<>();
    private final Optional<ProbeSite> site;
    private final PathBoard board;
    private final DriverClient client;
    private final Population population;
    private final int peerCount;
    private long probeAtNs;

    /**
     * A monitor that has looked once.
     *
     * @param context what it is given.
     */
    public NicMonitor(NicMonitorContext context) {
        this.clock = context.clock();
        this.listener = context.listener();
        long nowNs = clock.nanoTime();
        this.probeAtNs = nowNs;
        this.client = new DriverClient(context.driverDirectory(), nowNs, context.errorHandler());
        this.site = ProbeSite.of(context.topologyName(), context.place());
        List<Nic> all = context.place().host().nics();
        this.board =
                new PathBoard(site.map(found -> found.peers().presence()).orElse(new boolean[all.size()][0]), nowNs);
        this.peerCount = site.map(found -> found.peers().count()).orElse(0);
        int host = LineKey.host(context.topologyName(), context.place().host().name());
        this.population = new Population(context.counted(), host, peerCount, context.errorHandler(), nowNs);
        for (int i = 0; i < all.size(); i++) {
            Nic nic = all.get(i);
            int index = i;
            NicProbes probes = site.map(found -> new NicProbes(nic, index, found, population, context.errorHandler()))
                    .orElse(null);
            nics.add(new HostNic(nic, index, probes, context, nowNs));
        }
    }

    /**
     * How its agent waits between two looks.
     *
     * @return for the agent's runner.
     */
    public static IdleStrategy idleStrategy() {
        return new SleepingIdleStrategy(LOOK_INTERVAL_NS);
    }

    @Override
    public String roleName() {
        return "nic-monitor";
    }

    /** Tells the state that each NIC has at the start. */
    @Override
    public void onStart() {
        nics.forEach(nic -> listener.onNic(nic.event("")));
    }

    /**
     * One look at everything.
     *
     * @return 0: between two looks the agent waits, whatever it saw.
     */
    @Override
    public int doWork() {
        long nowNs = clock.nanoTime();
        for (int i = 0; i < nics.size(); i++) {
            nics.get(i).look(board, nowNs);
        }
        if (nowNs - probeAtNs >= 0) {
            probeAtNs = nowNs + PathBoard.INTERVAL_NS;
            population.count(client.client());
            nics.forEach(nic -> nic.sendProbes(board, nowNs));
        }
        for (int i = 0; i < nics.size(); i++) {
            HostNic nic = nics.get(i);
            boolean isChanged = nic.judge(board, nowNs);
            nic.state(client, board, nowNs);
            if (isChanged) {
                listener.onNic(nic.event(detail(nic.watch(), i, nowNs)));
            }
        }
        population.state(client.client(), nowNs);
        // Last: a driver that ends just now can hold this up.
        client.doWork(nowNs);
        return 0;
    }

    /** Stops stating anything: readers take every NIC for up. */
    @Override
    public void onClose() {
        CloseHelper.quietCloseAll(nics);
        client.close();
    }

    private String detail(NicWatch watch, int nic, long nowNs) {
        return switch (watch.state()) {
            case DOWN -> detailOfDown(watch, nic, nowNs);
            case SUSPECT -> names(nic, nowNs);
            case UP, UNKNOWN -> "";
        };
    }

    private String detailOfDown(NicWatch watch, int nic, long nowNs) {
        String hold = "back after " + TimeUnit.NANOSECONDS.toMillis(watch.holdNs()) + " ms without fault";
        String names = watch.cause() == NicFault.PEERS ? names(nic, nowNs) : "";
        return names.isEmpty() ? hold : names + "; " + hold;
    }

    /** Who is cut off, the first few. */
    private String names(int nic, long nowNs) {
        List<String> names = new ArrayList<>();
        for (int peer = 0; peer < peerCount && names.size() < NAMED_LIMIT; peer++) {
            if (board.isCut(nic, peer, nowNs)) {
                names.add(site.orElseThrow().peers().name(peer));
            }
        }
        return names.isEmpty() ? "" : "not connected with " + String.join(", ", names);
    }
}
