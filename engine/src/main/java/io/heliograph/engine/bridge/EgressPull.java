// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.journal.JournalHold;
import io.heliograph.engine.link.session.LinkSession;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One stream that a peer pulls: batches are filled on the egress's thread and sent on the link's, some of them on their way
 * between the two.
 *
 * <p><b>Thread:</b> {@link #send} and {@link #end} the session's; the rest the egress's.
 */
final class EgressPull implements JournalHold {
    /** Batches on their way: what a connection takes at once, and as much again that is filled meanwhile. */
    private static final int MOST_BATCHES = 16;

    /** While many streams have some. */
    private static final int MOST_OF_MANY = 2;

    /** So many pulls are many. */
    private static final int MANY = 16;

    final LinkSession session;
    final int stream;
    final int number;
    final EgressTerms terms;
    final EgressPath path;
    final Compressing compressing;
    private final String peer;
    private final long askedEpoch;
    private final long askedSequence;
    private final BiConsumer<EgressPull, Batch> done;
    private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
    private final AtomicInteger underway = new AtomicInteger();
    private boolean isSending;
    private boolean isOver;
    private volatile long heldEpoch;
    private volatile long heldSequence;

    /** Whether it has a turn to come. */
    final AtomicBoolean isRung = new AtomicBoolean();

    @Nullable
    PacketLog log;

    @Nullable
    EgressCursor cursor;

    long seen;
    boolean hasMore = true;
    boolean isClosed;
    boolean hasBeaten;
    long beatAtNs;
    long openAtNs;

    EgressPull(
            LinkSession session,
            int stream,
            int number,
            long epoch,
            long sequence,
            EgressTerms terms,
            EgressPath path,
            BiConsumer<EgressPull, Batch> done,
            long nowNs) {
        this.session = session;
        this.peer = session.peer();
        this.stream = stream;
        this.number = number;
        this.askedEpoch = epoch;
        this.askedSequence = sequence;
        this.terms = terms;
        this.path = path;
        this.compressing = new Compressing(terms.compression());
        this.done = done;
        this.heldEpoch = epoch;
        this.heldSequence = sequence;
        this.beatAtNs = nowNs;
        this.openAtNs = nowNs;
    }

    /** Begins to read. */
    void open(PacketLog from) {
        log = from;
        cursor = new EgressCursor(stream, from, terms.lagBoundNs(), askedEpoch, askedSequence);
    }

    /** Whether another batch may be filled, beside so many pulls. */
    boolean isReady(int pulls) {
        return underway.get() < (pulls < MANY ? MOST_BATCHES : MOST_OF_MANY);
    }

    /** Hands a batch over to the link. */
    void offer(Batch batch) {
        underway.incrementAndGet();
        session.execute(() -> {
            waiting.add(batch);
            send();
        });
    }

    /** What has gone out is not needed any more; what is on its way may be: it is as old as the oldest batch. */
    void onFilled(long epoch, long sequence) {
        heldEpoch = epoch;
        heldSequence = sequence;
    }

    /** Sends what waits, as far as credit and connection take it. */
    void send() {
        // What is sent may be gone at once, and the session then says that there is room: while it is being sent.
        if (!isSending) {
            isSending = true;
            while (!waiting.isEmpty() && send(waiting.element())) {
                waiting.remove();
            }
            isSending = false;
        }
    }

    private boolean send(Batch batch) {
        long outcome =
                isOver ? Outcome.CLOSED : session.streams().send(batch.frame(), batch.bytes(), () -> onDone(batch));
        if (outcome == Outcome.BACK_PRESSURED) {
            if (!session.isWritable()) {
                path.onPushedBack();
            }
            return false;
        }
        if (outcome < 0) {
            onDone(batch);
        }
        return true;
    }

    private void onDone(Batch batch) {
        underway.decrementAndGet();
        done.accept(this, batch);
    }

    /** The peer wants no more of it. */
    void end() {
        isOver = true;
        send();
    }

    @Override
    public String who() {
        return "the bridge to " + peer;
    }

    @Override
    public long epoch() {
        return heldEpoch;
    }

    @Override
    public long sequence() {
        return heldSequence;
    }
}
