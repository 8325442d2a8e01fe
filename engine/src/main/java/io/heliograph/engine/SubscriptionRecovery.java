// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Repair;
import io.heliograph.config.Stream;
import io.heliograph.engine.SubscriptionOptions.Nak;
import io.heliograph.engine.base.Doorbell;
import io.heliograph.engine.base.ErrorReport;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.recovery.GapSource;
import io.heliograph.engine.recovery.JournalLog;
import io.heliograph.engine.recovery.JournalSource;
import io.heliograph.engine.recovery.RecoveryAgent;
import io.heliograph.engine.recovery.RecoveryContext;
import io.heliograph.engine.recovery.Rung;
import io.heliograph.engine.recovery.remote.LinkSource;
import io.heliograph.engine.recovery.remote.WindowSource;
import io.heliograph.engine.stream.GapRepair;
import io.heliograph.engine.stream.MissingRanges;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The recovery of a subscription, on a thread of its own: from the journals of this host and of others, and from what publishers
 * of other hosts have kept.
 *
 * <p><b>Thread:</b> the one that polls the subscription; the recovery has its own.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class SubscriptionRecovery implements GapRepair {
    /** One who joins and hears of nobody for so long goes on with what the lines have. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    /** Another line brings what this one has lost sooner than a journal does, mostly. */
    private static final long OTHER_LINE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Aeron's NAK takes some 10 ms; of the budget an eighth. */
    private static final int NAK_SHARE = 8;

    private final GapRepair repair;
    private final boolean hasPast;
    private final AgentRunner runner;

    private SubscriptionRecovery(RecoveryAgent agent, boolean hasPast, Doorbell bell, ErrorReport errors) {
        this.repair = agent.repair();
        this.hasPast = hasPast;
        this.runner = new AgentRunner(bell, errors, null, agent);
    }

    /**
     * Starts it.
     *
     * @param stream of the topology.
     * @param copies of each packet that come, by as many lines.
     * @param journals of the stream.
     * @param publishers hosts whose publishers keep what they have sent; one at least, where there is no journal.
     * @param engine of this host, which reaches those of other hosts.
     * @param options where the subscription begins, and who is told that it cannot.
     * @param errors told what other hosts refuse.
     */
    static SubscriptionRecovery start(
            Stream stream,
            int copies,
            JournalPlaces journals,
            List<String> publishers,
            OwnEngine engine,
            SubscriptionOptions options,
            ErrorHandler errors) {
        Doorbell bell = RecoveryAgent.newBell();
        Path own = journals.own();
        long budgetNs = options.budgetNs(stream.budgetNs());
        JournalLog log = own == null ? null : new JournalLog(StreamJournal.of(own, stream.name()));
        RecoveryAgent agent = new RecoveryAgent(
                stream.name(),
                bell,
                new RecoveryContext(stream.id(), budgetNs, PATIENCE_NS),
                answers -> {
                    List<GapSource> none = List.of();
                    return Rung.of(
                            budgetNs,
                            linesNs(stream, copies, options.nak()),
                            log == null ? none : List.of(new JournalSource("own journal", stream.id(), log, answers)),
                            windows(remote(stream, publishers, engine, answers, bell, errors)),
                            List.copyOf(remote(stream, journals.site(), engine, answers, bell, errors)),
                            List.copyOf(remote(stream, journals.origin(), engine, answers, bell, errors)));
                },
                SystemNanoClock.INSTANCE,
                new SplittableRandom(),
                options.from(),
                options.failed(),
                () -> CloseHelper.close(log));
        SubscriptionRecovery recovery = new SubscriptionRecovery(
                agent,
                !journals.isNone(),
                bell,
                new ErrorReport("recovery " + stream.name(), System.err::println, SystemNanoClock.INSTANCE));
        AgentRunner.startOnThread(recovery.runner);
        return recovery;
    }

    private static List<GapSource> windows(List<LinkSource> hosts) {
        return hosts.stream().<GapSource>map(WindowSource::new).toList();
    }

    private static List<LinkSource> remote(
            Stream stream,
            List<String> hosts,
            OwnEngine engine,
            GapSource.SourceAnswers answers,
            Doorbell bell,
            ErrorHandler errors) {
        List<LinkSource> sources = new ArrayList<>();
        for (String host : hosts) {
            sources.add(new LinkSource(
                    host,
                    engine.pathTo(host),
                    answers,
                    bell::ring,
                    words -> errors.onError(new HeliographException("stream " + stream.name() + ": " + words))));
        }
        return sources;
    }

    /** What the other lines, or NAK, have before a journal is asked. */
    private static long linesNs(Stream stream, int copies, Nak nak) {
        if (nak == Nak.ALL || (nak == Nak.DESIGN && stream.repair() == Repair.NAK)) {
            return stream.budgetNs() / NAK_SHARE;
        }
        return copies > 1 ? OTHER_LINE_NS : 0;
    }

    @Override
    public boolean onMissing(MissingRanges missing, long nowNs) {
        return repair.onMissing(missing, nowNs);
    }

    @Override
    public boolean hasPast() {
        return hasPast;
    }

    @Override
    public int poll(Answers answers, int limit) {
        return repair.poll(answers, limit);
    }

    @Override
    public void close() {
        runner.close();
    }
}
