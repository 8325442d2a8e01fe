// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Repair;
import io.heliograph.config.Stream;
import io.heliograph.engine.SubscriptionOptions.Nak;
import io.heliograph.engine.base.ErrorReport;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.recovery.JournalLog;
import io.heliograph.engine.recovery.JournalSource;
import io.heliograph.engine.recovery.RecoveryAgent;
import io.heliograph.engine.recovery.RecoveryContext;
import io.heliograph.engine.recovery.Rung;
import io.heliograph.engine.stream.GapRepair;
import io.heliograph.engine.stream.MissingRanges;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The recovery of a subscription, on a thread of its own: from the journal of this host.
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
    private final AgentRunner runner;

    private SubscriptionRecovery(RecoveryAgent agent, ErrorReport errors) {
        this.repair = agent.repair();
        this.runner = new AgentRunner(RecoveryAgent.idleStrategy(), errors, null, agent);
    }

    /**
     * Starts it.
     *
     * @param stream of the topology.
     * @param lines how many this host hears.
     * @param journals the directory of this host's journals.
     * @param options where the subscription begins, and who is told that it cannot.
     */
    static SubscriptionRecovery start(Stream stream, int lines, Path journals, SubscriptionOptions options) {
        JournalLog log = new JournalLog(StreamJournal.of(journals, stream.name()));
        RecoveryAgent agent = new RecoveryAgent(
                stream.name(),
                new RecoveryContext(stream.id(), stream.budgetNs(), PATIENCE_NS),
                answers -> Rung.of(
                        stream.budgetNs(),
                        linesNs(stream, lines, options.nak()),
                        List.of(new JournalSource("own journal", stream.id(), log, answers)),
                        List.of()),
                SystemNanoClock.INSTANCE,
                new SplittableRandom(),
                options.from(),
                options.failed(),
                log::close);
        SubscriptionRecovery recovery = new SubscriptionRecovery(
                agent, new ErrorReport("recovery " + stream.name(), System.err::println, SystemNanoClock.INSTANCE));
        AgentRunner.startOnThread(recovery.runner);
        return recovery;
    }

    /** What the other lines, or NAK, have before a journal is asked. */
    private static long linesNs(Stream stream, int lines, Nak nak) {
        if (nak == Nak.ALL || (nak == Nak.DESIGN && stream.repair() == Repair.NAK)) {
            return stream.budgetNs() / NAK_SHARE;
        }
        return lines > 1 ? OTHER_LINE_NS : 0;
    }

    @Override
    public void onMissing(MissingRanges missing, long nowNs) {
        repair.onMissing(missing, nowNs);
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
