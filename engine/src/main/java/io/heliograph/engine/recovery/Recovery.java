// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.stream.MissingRanges;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * All that fetches what one subscription missed: first the way from a place in the past to its lines, where it has one
 * ({@link JoinPlace}), then a ladder for every gap, and again the way to its lines when they fall silent.
 *
 * <p>A state machine: what is missing, pages and time come in; asks and packets go out.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the recovery.
 */
public final class Recovery implements GapSource.SourceAnswers {
    private final RecoveryFigures figures = new RecoveryFigures();
    private final Ladder ladder;
    private final RecoveryContext context;
    private final Sources sources;
    private final RepairOutput out;
    private final RandomGenerator random;
    private @Nullable Joining joining;
    private long nowNs;

    /**
     * A recovery that has heard nothing yet.
     *
     * @param context of the stream.
     * @param rungs makes those who are asked, who give their answers to this.
     * @param out takes what was fetched.
     * @param random for the times at which to ask again.
     * @param place where the subscription begins; null: live.
     * @param failed told, in words, when it cannot begin there.
     */
    @SuppressWarnings("this-escape") // The sources keep it for later.
    public Recovery(
            RecoveryContext context,
            Function<GapSource.SourceAnswers, List<Rung>> rungs,
            RepairOutput out,
            RandomGenerator random,
            @Nullable JoinPlace place,
            Consumer<String> failed) {
        this.context = context;
        this.out = out;
        this.random = random;
        this.sources = new Sources(rungs.apply(this));
        this.ladder = new Ladder(context, sources, out, random, figures);
        this.joining = place == null ? null : new Joining(context, sources, out, random, figures, place, failed);
    }

    /**
     * What the subscription lacks now.
     *
     * @param missing valid within the call only.
     * @param now the time, ns of a monotonic clock.
     */
    public void onMissing(MissingRanges missing, long now) {
        nowNs = now;
        if (missing.isCatchingUp() && (joining == null || joining.isDone())) {
            joining = Joining.ofSilent(context, sources, out, random, figures, missing);
        }
        if (joining != null && !joining.isDone()) {
            joining.onMissing(missing, now);
        }
        ladder.onMissing(missing, now);
    }

    /**
     * Time has passed: asks what is to be asked now.
     *
     * @param now ns of the same clock.
     */
    public void onTick(long now) {
        nowNs = now;
        if (joining != null && !joining.isDone()) {
            joining.onTick(now);
        }
        ladder.onTick(now);
    }

    /**
     * Takes the answers that have come by other threads.
     *
     * @param now ns of the same clock.
     * @return how many there were.
     */
    public int poll(long now) {
        nowNs = now;
        int answers = 0;
        for (int i = 0; i < sources.count(); i++) {
            answers += sources.source(i).poll();
        }
        return answers;
    }

    /**
     * Whether nothing is missing and nothing is asked for.
     *
     * @return true until something is.
     */
    public boolean isIdle() {
        return ladder.isIdle() && (joining == null || joining.isDone());
    }

    /**
     * What was done.
     *
     * @return live figures.
     */
    public RecoveryFigures figures() {
        return figures;
    }

    @Override
    public void onPage(long id, boolean isLast, DirectBuffer page, int offset, int length) {
        if (joining == null || !joining.onPage(id, isLast, page, offset, length, nowNs)) {
            ladder.onPage(id, isLast, page, offset, length, nowNs);
        }
    }

    @Override
    public void onFailed(long id, String words) {
        if (joining == null || !joining.onFailed(id, nowNs)) {
            ladder.onFailed(id, nowNs);
        }
    }
}
