// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.Numbering;
import io.heliograph.engine.PublicationOptions;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.publishers.itch50.ItchType;
import io.heliograph.publishers.normalise.ItchNormaliser;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The publisher of the demo: normalises the source and publishes it at a fixed rate, held by deadlines, once all
 * who are there from the start hear every line. What is due every {@value #INTERVAL_NS} ns is sent together, as a feed comes in packets too.
 *
 * <p><b>Thread:</b> its own; others read what is volatile, and everything else once the thread has ended.
 */
final class DemoPublisher implements Runnable {
    private static final long PATIENCE_NS = 30_000_000_000L;
    private static final int BATCH = 256;

    /** What is due is sent together so often: at each message's own time, each would be a packet and cost two system calls. */
    static final long INTERVAL_NS = 500_000L;

    private final HeliographContext context;
    private final DemoSignals signals;
    private final ItchSource source;
    private final DemoPace pace;
    private final long longestNs;
    private final List<String> wanted;
    private final ItchNormaliser normaliser;
    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
    private final ExpandableArrayBuffer body = new ExpandableArrayBuffer();
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final IdleStrategy idle = DemoIdle.strategy();
    private long nextSendNs;
    private int pendingLength;
    private boolean isSourceOver;
    private volatile long epoch;
    private volatile long sent;
    private volatile long tookNs;
    private volatile long playedNs;

    /** @param wanted who is ready before anything is sent. */
    DemoPublisher(
            HeliographContext context,
            DemoSignals signals,
            ItchSource source,
            DemoPlan plan,
            long midnightEpochNs,
            List<String> wanted) {
        this.wanted = List.copyOf(wanted);
        this.context = context;
        this.signals = signals;
        this.source = source;
        this.longestNs = plan.longestNs();
        this.pace = new DemoPace(plan, source.total(), signals);
        this.normaliser = new ItchNormaliser(midnightEpochNs);
    }

    @Override
    public void run() {
        try (Heliograph heliograph = Heliograph.connect(context);
                StreamPublication publication = heliograph.addPublication(
                        DemoPlace.STREAM, PublicationOptions.DEFAULT.numbering(Numbering.newEpoch()))) {
            epoch = publication.epoch();
            awaitReceivers(heliograph, publication);
            pace.start(clock.nanoTime());
            while (!signals.isCancelled() && !isSourceOver && playedNs < longestNs) {
                int work = heliograph.doWork() + publication.doWork();
                long nowNs = clock.nanoTime();
                playedNs = pace.playedNs(nowNs);
                idle.idle(work + sendDue(publication, nowNs));
            }
            tookNs = playedNs;
            while (!signals.isCancelled() && publication.endEpoch() < 0) {
                idle.idle(heliograph.doWork() + publication.doWork());
            }
            while (!signals.isCancelled() && publication.isLingering()) {
                idle.idle(heliograph.doWork() + publication.doWork());
            }
        }
    }

    /** The numbering that messages belong to; 0 before there is one. */
    long epoch() {
        return epoch;
    }

    /** ITCH messages by their type letter; only once the thread has ended. */
    Map<String, Long> byType() {
        Map<String, Long> byType = new TreeMap<>();
        for (int letter = 'A'; letter <= 'z'; letter++) {
            long count = ItchType.length(letter) == 0 ? 0 : normaliser.decoder().count(letter);
            if (count > 0) {
                byType.put(Character.toString(letter), count);
            }
        }
        return byType;
    }

    /** Messages that were accepted. */
    long sent() {
        return sent;
    }

    /** From the first message to the last, without what it waited for the bridge; 0 as long as it is not over. */
    long tookNs() {
        return tookNs;
    }

    /** Since the first message was due, without what it waited for the bridge; 0 before. */
    long playedNs() {
        return playedNs;
    }

    private void awaitReceivers(Heliograph heliograph, StreamPublication publication) {
        long deadlineNs = clock.nanoTime() + PATIENCE_NS;
        while (!signals.isCancelled() && (!signals.missing(wanted).isEmpty() || !publication.isFullyConnected())) {
            idle.idle(heliograph.doWork() + publication.doWork());
            if (clock.nanoTime() - deadlineNs >= 0) {
                throw CommandException.failed("after " + PATIENCE_NS / 1_000_000_000L + " s these are not ready: "
                        + String.join(", ", signals.missing(wanted))
                        + "; is multicast on loopback blocked by a firewall?");
            }
        }
    }

    private int sendDue(StreamPublication publication, long nowNs) {
        if (nextSendNs != 0 && nowNs - nextSendNs < 0) {
            return 0;
        }
        long due = pace.due(nowNs, sent);
        long before = sent;
        int batch = 0;
        while (before + batch < due && batch < BATCH && makeNext()) {
            if (publication.offer(body, 0, pendingLength) < 0) {
                break;
            }
            pendingLength = 0;
            batch++;
        }
        if (batch > 0) {
            publication.flush();
            sent = before + batch;
        }
        if (sent >= due) {
            nextSendNs = nowNs + INTERVAL_NS;
        }
        return batch;
    }

    private boolean makeNext() {
        if (pendingLength == 0) {
            int length = source.next(message, 0);
            isSourceOver = length == 0;
            if (!isSourceOver) {
                pendingLength = normaliser.normalise(message, 0, length, body, 0);
            }
        }
        return !isSourceOver;
    }
}
