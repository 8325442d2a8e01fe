// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.BridgeEvent;
import io.heliograph.engine.EngineListener;
import io.heliograph.engine.IntakeEvent;
import io.heliograph.engine.JournalEvent;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.media.DriverEvent;
import io.heliograph.engine.media.nic.NicEvent;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * What the engines say: which path of the bridge carries the stream, and since when, and what is wrong. That connections come and go
 * is what the demo is about, and is not said.
 *
 * <p><b>Thread:</b> told by any of the engines' threads, read by any.
 */
final class BridgeWatch implements EngineListener {
    /** As the ingress says it: {@code from ny: pulled over ny2; ny1: not connected}. */
    private static final Pattern CARRYING = Pattern.compile("pulled over ([^;]+)");

    private final DemoSignals signals;
    private final String firstPath;
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private volatile Carrying carrying = new Carrying("", 0);
    private volatile long connectedNs;

    /**
     * Of one engine.
     *
     * @param signals takes words for people.
     * @param port where the engine calls the first path's other end: connections that the other end has made are of no path.
     */
    BridgeWatch(DemoSignals signals, int port) {
        this.signals = signals;
        this.firstPath = ":" + port;
    }

    /**
     * Which host the stream comes from.
     *
     * @param host of the first site; empty or other words where it comes from none.
     * @param sinceNs when that was said, monotonic.
     */
    record Carrying(String host, long sinceNs) {}

    /** Which path carries the stream. */
    Carrying carrying() {
        return carrying;
    }

    /** When the first path was connected last, monotonic; 0: never. */
    long connectedNs() {
        return connectedNs;
    }

    @Override
    public void onBridge(BridgeEvent event) {
        Matcher found = CARRYING.matcher(event.detail());
        if (event.isTrouble()) {
            signals.say(event.toString());
        } else if (found.find()) {
            carrying = new Carrying(found.group(1), clock.nanoTime());
        }
    }

    @Override
    public void onLink(LinkEvent event) {
        if (event.kind() == LinkEvent.Kind.OPENED && event.address().endsWith(firstPath)) {
            connectedNs = clock.nanoTime();
        }
    }

    @Override
    public void onJournal(JournalEvent event) {
        if (event.isTrouble()) {
            signals.say(event.toString());
        }
    }

    @Override
    public void onClaimed() {}

    @Override
    public void onNic(NicEvent event) {}

    @Override
    public void onDriver(DriverEvent event) {}

    @Override
    public void onIntake(IntakeEvent event) {}
}
