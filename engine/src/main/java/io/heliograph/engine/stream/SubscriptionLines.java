// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.media.DriverLosses;
import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.media.LineJoins;
import org.jspecify.annotations.Nullable;

/**
 * All lines of a subscription, of which those are polled that are joined: over the network, one or all as the stream's policy
 * says, or on the host that sends on them by spies: on the publisher's own all of them, in a site with several ingresses those of
 * the host's own one, and the others over the network.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction but Aeron's, when a line is joined.
 */
final class SubscriptionLines implements AutoCloseable {
    private final SubscriptionLine[] network;
    private final SubscriptionLine[] spies;
    private final int[] spyOf;
    private final long unspied;
    private final LineHealth health;
    private final long all;
    private final long[] joins;
    private final @Nullable LineSubstitute substitute;
    private final SpyWatch spyWatch;
    private final PacketSink sink;
    private final SubscriptionLine[] joined;
    private int joinedCount;
    private boolean isNetwork;
    private boolean isSpied;
    private int turn;

    SubscriptionLines(AeronConnection connection, LinesIn lines, ArbiterContext context, PacketSink sink, long nowNs) {
        this.sink = sink;
        this.network = new SubscriptionLine[lines.network().size()];
        this.spies = new SubscriptionLine[lines.spies().size()];
        this.spyOf = new int[network.length];
        this.joined = new SubscriptionLine[network.length + spies.length];
        for (int i = 0; i < network.length; i++) {
            LineWatch watch = new LineWatch(context.budgetNs(), nowNs);
            network[i] = new SubscriptionLine(connection, lines.network().get(i), i, sink, watch);
            int spy = lines.spyOf(i);
            spyOf[i] = spy;
            if (spy >= 0) {
                LineWatch spyLine = new LineWatch(context.budgetNs(), nowNs);
                spies[spy] = new SubscriptionLine(connection, lines.spies().get(spy), i, sink, spyLine);
            }
        }
        this.health = lines.health();
        this.all = (1L << network.length) - 1;
        this.unspied = all & ~lines.spied();
        this.joins = new long[network.length];
        this.substitute =
                lines.joins() == LineJoins.ALL ? null : new LineSubstitute(lines.joins(), network.length, nowNs);
        this.spyWatch = new SpyWatch(context.reorderNs());
        this.isNetwork = spies.length == 0;
        for (SubscriptionLine spy : spies) {
            spy.want(true);
        }
        for (int i = 0; i < network.length; i++) {
            joins[i] = health.joins(i);
        }
        join(isNetwork ? wanted(nowNs) : unspied, true);
    }

    /** Takes what the lines have, in turns. */
    int poll(int packetLimit, long nowNs) {
        int count = joinedCount;
        int work = 0;
        int line = turn < count ? turn : 0;
        turn = line + 1;
        for (int i = 0; i < count; i++) {
            work += joined[line].poll(packetLimit, nowNs);
            line = line + 1 == count ? 0 : line + 1;
        }
        return work;
    }

    /** Whether the driver still has to answer for a line that is wanted; asks it. */
    boolean isOpening(long nowNs) {
        boolean areSpiesOpening = isOpening(spies, nowNs);
        isOpening(network, nowNs);
        choose(nowNs, areSpiesOpening);
        boolean isAsking = spies.length > 0 && spyWatch.isAsking();
        return isAsking || isOpening(spies, nowNs) || isOpening(network, nowNs);
    }

    private static boolean isOpening(SubscriptionLine[] lines, long nowNs) {
        boolean isOpening = false;
        for (SubscriptionLine line : lines) {
            isOpening |= line.isOpening(nowNs);
        }
        return isOpening;
    }

    /** The slow half of the duty cycle, every few milliseconds. */
    void onTick(long nowNs) {
        for (int i = 0; i < network.length; i++) {
            long due = health.joins(i);
            if (due > joins[i] && joins[i] != 0) {
                network[i].onMended();
            }
            joins[i] = due;
        }
        for (SubscriptionLine spy : spies) {
            spy.onTick(nowNs);
        }
        for (int i = 0; i < network.length; i++) {
            network[i].sourceIsHere(spyOf[i] >= 0 && spies[spyOf[i]].isConnected());
            network[i].onTick(nowNs);
            countLosses(i);
        }
        choose(nowNs, isOpening(spies, nowNs));
    }

    /** Spies lose nothing that a driver would note; but what they bring counts where octets are made messages. */
    private void countLosses(int index) {
        DriverLosses losses = network[index].losses();
        long octets = spyOf[index] >= 0 ? spies[spyOf[index]].losses().broughtOctets() : 0;
        octets += losses.broughtOctets();
        sink.onDriverLosses(index, losses.losses(), losses.lostOctets(), network[index].isReliable() ? octets : 0);
    }

    private void choose(long nowNs, boolean areSpiesOpening) {
        boolean isChanged = false;
        if (spies.length > 0) {
            boolean isHeard = false;
            boolean isConnected = false;
            for (SubscriptionLine spy : spies) {
                isHeard |= spy.takeHeard();
                isConnected |= spy.isConnected() || spy.isTaken();
            }
            boolean wasNetwork = isNetwork;
            boolean wasSpied = isSpied;
            isSpied = isConnected;
            isNetwork = spyWatch.onTick(nowNs, !areSpiesOpening, isConnected, isHeard);
            if (isNetwork && !wasNetwork && substitute != null) {
                substitute.restart(nowNs);
            }
            isChanged = wasSpied != isSpied;
        }
        join(isNetwork ? wanted(nowNs) : unspied, isChanged);
    }

    /** The lines that are to be joined over the network. */
    private long wanted(long nowNs) {
        LineSubstitute one = substitute;
        if (one == null) {
            return all;
        }
        sink.onTick(nowNs);
        long refused = 0;
        long heard = 0;
        for (int i = 0; i < network.length; i++) {
            refused |= network[i].isRefused() ? 1L << i : 0;
            boolean isHeard = network[i].takeHeard() && sink.isWithStreams(i);
            heard |= isHeard ? 1L << i : 0;
        }
        long wanted = one.onTick(nowNs, health.up(), refused, heard);
        sink.patience(one.isMoving(nowNs));
        return wanted;
    }

    private void join(long wanted, boolean isOtherwise) {
        boolean isChanged = isOtherwise;
        for (int i = 0; i < network.length; i++) {
            boolean isWanted = (wanted & 1L << i) != 0;
            isChanged |= network[i].isWanted() != isWanted;
            network[i].want(isWanted);
        }
        if (isChanged) {
            follow();
        }
    }

    /** Spies without a publication are not polled: they have nothing, and the tick sees when they get one. */
    private void follow() {
        int count = 0;
        for (SubscriptionLine spy : spies) {
            if (isSpied) {
                joined[count++] = spy;
            }
        }
        for (SubscriptionLine line : network) {
            if (line.isWanted()) {
                joined[count++] = line;
            }
        }
        joinedCount = count;
    }

    /** Whether the stream comes by spies alone, without any network. */
    boolean isLocal() {
        return !isNetwork && unspied == 0;
    }

    /** Whether a line comes by a spy, and is not wanted over the network. */
    boolean isSpied(int index) {
        return !isNetwork && spyOf[index] >= 0;
    }

    /** Whether a line is one that was chosen to be joined over the network, for as long as that is heard. */
    boolean isChosen(int index) {
        LineSubstitute one = substitute;
        return !isSpied(index) && (one == null || (one.own() & 1L << index) != 0);
    }

    int count() {
        return network.length;
    }

    boolean isConnected(int index) {
        return (network[index].isWanted() && network[index].isConnected())
                || (spyOf[index] >= 0 && spies[spyOf[index]].isConnected());
    }

    long rejoins(int index) {
        return network[index].rejoins();
    }

    long rejectedImages(int index) {
        return network[index].rejectedImages();
    }

    @Override
    public void close() {
        for (SubscriptionLine line : network) {
            line.want(false);
        }
        for (SubscriptionLine spy : spies) {
            spy.want(false);
        }
    }
}
