// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.IntakeEvent.Kind;
import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.intake.IntakeRing;
import io.heliograph.engine.intake.RingAgent;
import io.heliograph.engine.intake.RingLayout;
import io.heliograph.engine.stream.StreamPublication;
import java.util.Locale;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * One stream of many writers in the engine: its ring from the start, its publication as soon as a driver is there.
 *
 * <p><b>Thread:</b> made by the engine's owner, then one owner: the thread of {@link ManyWriters}.
 */
final class RingStream implements AutoCloseable {
    private static final long RETRY_INTERVAL_NS = 1_000_000_000L;

    private final String stream;
    private final IntakeRing ring;
    private final Consumer<IntakeEvent> events;
    private final NanoClock clock;
    private @Nullable StreamPublication publication;
    private @Nullable RingAgent agent;
    private String told = "";
    private boolean isCorruptTold;
    private long retryAtNs;

    RingStream(String stream, IntakeRing ring, Consumer<IntakeEvent> events, NanoClock clock) {
        this.stream = stream;
        this.ring = ring;
        this.events = events;
        this.clock = clock;
        this.retryAtNs = clock.nanoTime();
        tell(
                Kind.OPENED,
                String.format(
                        Locale.ROOT,
                        "writers put messages into %s, %,d cells of %d octets%s",
                        ring.path(),
                        ring.capacity(),
                        RingLayout.CELL_LENGTH,
                        ring.isReplaced() ? "; made anew: the one before was corrupt, what was in it is lost" : ""));
    }

    int doWork(Heliograph heliograph) {
        RingAgent running = agent;
        if (running == null) {
            return publish(heliograph);
        }
        String corruption = ring.corruption();
        if (corruption != null && !isCorruptTold) {
            isCorruptTold = true;
            tell(Kind.CORRUPT, corruption);
        }
        return running.doWork();
    }

    /** Whether all that writers have committed was sent; true too for a ring from which nothing can be taken. */
    boolean isDrained() {
        return agent == null || ring.isEmpty() || ring.corruption() != null;
    }

    /** Tells the end of the epoch; false when it has to be called again. */
    boolean end() {
        StreamPublication ended = publication;
        return ended == null || ended.endEpoch() != Outcome.BACK_PRESSURED;
    }

    boolean isLingering() {
        StreamPublication ended = publication;
        return ended != null && ended.isLingering();
    }

    void lingerOn() {
        StreamPublication ended = publication;
        if (ended != null) {
            ended.doWork();
        }
    }

    @Override
    public void close() {
        StreamPublication ended = publication;
        if (agent != null) {
            agent.close();
        }
        if (ended != null) {
            tell(
                    Kind.ENDED,
                    String.format(
                            Locale.ROOT,
                            "ended at message %,d of epoch %d; %,d claims given up",
                            ended.nextSequence() - 1,
                            ended.epoch(),
                            ring.abandoned()));
            ended.close();
        }
        ring.close();
    }

    private int publish(Heliograph heliograph) {
        long nowNs = clock.nanoTime();
        if (nowNs - retryAtNs < 0 || !heliograph.isAlive()) {
            return 0;
        }
        retryAtNs = nowNs + RETRY_INTERVAL_NS;
        try {
            String[] numbering = {""};
            StreamPublication opened = heliograph.publish(
                    stream,
                    PublicationOptions.DEFAULT.numbering(
                            Numbering.DEFAULT.telling((isFirst, words) -> numbering[0] = words)));
            publication = opened;
            agent = new RingAgent(ring, opened, heliograph.connection(), clock);
            tell(
                    Kind.PUBLISHED,
                    "published in epoch " + opened.epoch() + " on " + opened.lineCount() + " lines; " + numbering[0]);
            return 1;
        } catch (HeliographException refused) {
            String why = String.valueOf(refused.getMessage());
            if (!why.equals(told)) {
                told = why;
                tell(Kind.WAITING, "cannot be published, tried again every second: " + why);
            }
            return 0;
        }
    }

    private void tell(Kind kind, String detail) {
        events.accept(new IntakeEvent(kind, stream, ring.path(), detail));
    }
}
