// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.simulation;

import static io.heliograph.perf.simulation.SimulatedReceiver.STREAM;

import io.heliograph.engine.recovery.GapSource;
import io.heliograph.engine.recovery.JoinPlace;
import io.heliograph.engine.recovery.ReplayLog;
import io.heliograph.engine.recovery.Rung;
import io.heliograph.engine.stream.ArbiterContext;
import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.StreamListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A host with a journal or a subscriber: its lines, its links to the journals, when it is cut off and when it is down.
 *
 * <p><b>Thread:</b> one owner: the test's.
 */
final class SimulatedHost {
    private static final long BUDGET_NS = 1_000 * Agenda.MS;
    private static final long JOURNAL_BUDGET_NS = 10_000 * Agenda.MS;
    private static final long REORDER_NS = 250 * Agenda.MS;

    private final String name;
    private final Agenda agenda;
    private final Random random;
    private final boolean isFirst;
    private final boolean isJournal;
    private final SimulatedPath[] paths;
    private final long linkNs;
    private final List<SimulatedLink> links = new ArrayList<>();
    private Truth truth;
    private @Nullable SimulatedReceiver receiver;
    private @Nullable SimulatedJournal journal;
    private boolean isLive;
    private long cutUntilNs;

    SimulatedHost(
            String name, Agenda agenda, Random random, int lines, boolean isFirst, boolean isJournal, int mostDarkMs) {
        this.name = name;
        this.agenda = agenda;
        this.random = random;
        this.isFirst = isFirst;
        this.isJournal = isJournal;
        this.truth = new Truth(name, agenda);
        this.linkNs = random.nextInt(20) * Agenda.MS / 2;
        this.paths = new SimulatedPath[lines];
        for (int i = 0; i < lines; i++) {
            paths[i] = new SimulatedPath(agenda, random, isFirst, mostDarkMs);
        }
    }

    String name() {
        return name;
    }

    boolean isJournal() {
        return isJournal;
    }

    Truth truth() {
        return truth;
    }

    List<SimulatedLink> links() {
        return links;
    }

    SimulatedJournal journal() {
        if (journal == null) {
            throw new IllegalStateException(name + " has no journal");
        }
        return journal;
    }

    /** Whether links to it and from it work. */
    boolean isReachable() {
        return receiver != null && agenda.nowNs() >= cutUntilNs;
    }

    void cutOff(long ns) {
        cutUntilNs = Math.max(cutUntilNs, agenda.nowNs() + ns);
    }

    /** A packet on all lines. */
    void send(byte[] packet) {
        for (int i = 0; i < paths.length; i++) {
            int line = i;
            paths[i].send(packet, agenda.nowNs() < cutUntilNs, arrived -> deliver(line, arrived));
        }
    }

    /** A packet has arrived on a line. */
    void deliver(int line, byte[] packet) {
        if (receiver != null) {
            receiver.onArrival(line, packet);
        }
    }

    void cycle() {
        if (receiver != null) {
            receiver.cycle(agenda.nowNs());
        }
        if (journal != null && receiver != null) {
            journal.server().onTick(agenda.nowNs());
        }
    }

    void startJournal(List<SimulatedHost> journals, @Nullable Consumer<byte[]> lines, @Nullable JoinPlace place) {
        journal = new SimulatedJournal(truth, lines);
        receiver = receiver(journals, journal, journal, place, JOURNAL_BUDGET_NS);
    }

    void startSubscriber(List<SimulatedHost> journals, @Nullable JoinPlace place) {
        isLive = place == null;
        receiver = receiver(journals, truth, truth, place, BUDGET_NS);
    }

    /** Killed, and back after a while where it was. */
    void restartSubscriber(List<SimulatedHost> journals, long downNs) {
        if (receiver == null) {
            return;
        }
        receiver = null;
        agenda.in(downNs, () -> {
            boolean isBegun = truth.epoch() >= 0;
            truth.onRestart();
            JoinPlace place = isBegun ? JoinPlace.at(truth.epoch(), truth.next()) : isLive ? null : JoinPlace.START;
            receiver = receiver(journals, truth, truth, place, BUDGET_NS);
        });
    }

    void restartJournal(List<SimulatedHost> journals, long downNs) {
        if (receiver == null) {
            return;
        }
        receiver = null;
        truth = new Truth(name, agenda);
        journal().onCrash(truth);
        agenda.in(downNs, () -> {
            boolean isEmpty = journal().log().lastEpoch() == ReplayLog.NO_EPOCH;
            JoinPlace place = isEmpty
                    ? JoinPlace.START
                    : JoinPlace.at(journal().log().lastEpoch(), journal().log().next());
            receiver = receiver(journals, journal(), journal(), place, JOURNAL_BUDGET_NS);
        });
    }

    private SimulatedReceiver receiver(
            List<SimulatedHost> journals,
            StreamListener listener,
            MessageHandler handler,
            @Nullable JoinPlace place,
            long budgetNs) {
        Function<GapSource.SourceAnswers, List<Rung>> rungs = answers -> {
            List<GapSource> site = new ArrayList<>();
            for (SimulatedHost other : journals) {
                if (!other.equals(this)) {
                    SimulatedLink link = new SimulatedLink(
                            name + " at " + other.name,
                            agenda,
                            linkNs + other.linkNs,
                            other::journal,
                            () -> other.isReachable() && isReachable(),
                            answers);
                    links.add(link);
                    site.add(link);
                }
            }
            return Rung.of(budgetNs, paths.length > 1 ? budgetNs / 50 : 0, site, List.of());
        };
        ArbiterContext context = ArbiterContext.of(STREAM, paths.length)
                .times(REORDER_NS, budgetNs)
                .window(1 << 12, 1 << 19)
                .join(place != null && !isFirst ? ArbiterContext.Join.REPLAY : ArbiterContext.Join.LIVE);
        return new SimulatedReceiver(context, budgetNs, listener, handler, rungs, random, isFirst ? null : place);
    }
}
