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
    static final long INTERVAL_NS = 100_000L;

    private final HeliographContext context;
    private final DemoSignals signals;
    private final ItchSource source;
    private final long rate;
    private final int receivers;
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
    private volatile long startNs;
    private volatile boolean isStarted;

    /** @param receivers how many say that they are ready before anything is sent. */
    DemoPublisher(
            HeliographContext context,
            DemoSignals signals,
            ItchSource source,
            long rate,
            long midnightEpochNs,
            int receivers) {
        this.receivers = receivers;
        this.context = context;
        this.signals = signals;
        this.source = source;
        this.rate = rate;
        this.normaliser = new ItchNormaliser(midnightEpochNs);
    }

    @Override
    public void run() {
        try (Heliograph heliograph = Heliograph.connect(context);
                StreamPublication publication = heliograph.addPublication(
                        DemoPlace.STREAM, PublicationOptions.DEFAULT.numbering(Numbering.newEpoch()))) {
            epoch = publication.epoch();
            awaitReceivers(heliograph, publication);
            startNs = clock.nanoTime();
            isStarted = true;
            while (!signals.isCancelled() && !isSourceOver) {
                int work = heliograph.doWork() + publication.doWork();
                idle.idle(work + sendDue(publication, clock.nanoTime() - startNs));
            }
            tookNs = clock.nanoTime() - startNs;
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

    /** From the first message to the last. */
    long tookNs() {
        return tookNs;
    }

    /** Since the first message was due; 0 as long as receivers are missing. */
    long playedNs() {
        return isStarted ? clock.nanoTime() - startNs : 0;
    }

    /** How long ago the message that was sent last was due. */
    long lagNs() {
        return playedNs() - (long) (sent * 1e9 / rate);
    }

    private void awaitReceivers(Heliograph heliograph, StreamPublication publication) {
        long deadlineNs = clock.nanoTime() + PATIENCE_NS;
        while (!signals.isCancelled() && (signals.ready() < receivers || !publication.isFullyConnected())) {
            idle.idle(heliograph.doWork() + publication.doWork());
            if (clock.nanoTime() - deadlineNs >= 0) {
                throw CommandException.failed("after " + PATIENCE_NS / 1_000_000_000L + " s " + signals.ready() + " of "
                        + receivers + " receivers hear both lines: is multicast on loopback blocked by a firewall?");
            }
        }
    }

    private int sendDue(StreamPublication publication, long elapsedNs) {
        if (elapsedNs < nextSendNs) {
            return 0;
        }
        long due = (long) (elapsedNs / 1e9 * rate);
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
            nextSendNs = elapsedNs + INTERVAL_NS;
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
