// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.perf.demo.BridgeWatch.Carrying;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The part that the bridge's first path plays: it is cut, mended when the second path has carried the stream for a while, and taken
 * back by the engine, by itself, when it has been there for 5 s, or longer where it had been lost before.
 *
 * <p><b>Thread:</b> one owner: the main thread.
 */
final class PathPart {
    static final long PATIENCE_SECONDS = 60;

    /** What part of the messages is sent when the path is cut, and mended: hundredths. */
    private static final int CUT = 30;

    private static final int MENDED = 40;

    /** A cut lasts so long at least, whatever was sent meanwhile. */
    private static final long CUT_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);

    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final PathRelay path;
    private final BridgeWatch bridge;
    private final Silence silence;
    private final DemoSignals signals;
    private BridgeStory story = BridgeStory.NONE;
    private Act act = Act.WHOLE;
    private long cutNs;
    private long mendedNs;

    private enum Act {
        WHOLE,
        CUT,
        MOVED,
        MENDED,
        OVER
    }

    /** @param silence of a subscriber in the second site. */
    PathPart(PathRelay path, BridgeWatch bridge, Silence silence, DemoSignals signals) {
        this.path = path;
        this.bridge = bridge;
        this.silence = silence;
        this.signals = signals;
    }

    /**
     * Lets happen what is due.
     *
     * @param part of the messages that were sent, hundredths.
     * @param sent messages.
     */
    void play(long part, long sent) {
        long nowNs = clock.nanoTime();
        Carrying carrying = bridge.carrying();
        switch (act) {
            case WHOLE -> {
                if (part >= CUT) {
                    cut(sent);
                }
            }
            case CUT -> {
                if (carrying.host().equals(DemoPlace.SECOND)) {
                    act = Act.MOVED;
                    story = story.moved(Math.max(1, carrying.sinceNs() - cutNs));
                    signals.say("bridge: path 2 carries the stream, " + BridgeStory.milliseconds(story.movedNs())
                            + " after the cut");
                } else if (nowNs - cutNs > PATIENCE_NS) {
                    end();
                }
            }
            case MOVED -> {
                if (part >= MENDED && nowNs - cutNs >= CUT_NS) {
                    mend(sent);
                }
            }
            case MENDED -> awaitReturn(carrying, nowNs);
            case OVER -> {}
        }
    }

    /** Whether there is nothing more to wait for. */
    boolean isOver() {
        return act == Act.OVER;
    }

    BridgeStory story() {
        return story;
    }

    /** What both paths are doing, in words. */
    String words() {
        return "path 1 " + words(DemoPlace.FIRST) + "; path 2 " + words(DemoPlace.SECOND);
    }

    private String words(String host) {
        if (bridge.carrying().host().equals(host)) {
            return "carries the stream";
        }
        if (host.equals(DemoPlace.SECOND)) {
            return "stands by";
        }
        return switch (act) {
            case WHOLE -> "stands by";
            case CUT, MOVED -> "is cut";
            case MENDED -> story.connectedNs() == 0 ? "is mended, not connected yet" : "is back, and has to last";
            case OVER -> "is not taken back";
        };
    }

    private void cut(long sent) {
        act = Act.CUT;
        story = story.cut(sent);
        silence.watch();
        cutNs = clock.nanoTime();
        path.cut();
        signals.say("bridge: path 1 is cut");
    }

    private void mend(long sent) {
        act = Act.MENDED;
        story = story.mended(sent, silence.longestNs());
        mendedNs = clock.nanoTime();
        path.mend();
        signals.say("bridge: path 1 is mended");
    }

    private void awaitReturn(Carrying carrying, long nowNs) {
        long connectedNs = bridge.connectedNs() - mendedNs;
        if (story.connectedNs() == 0 && connectedNs > 0) {
            story = story.connected(connectedNs);
            signals.say("bridge: path 1 is connected, and taken back once it has lasted");
        }
        if (carrying.host().equals(DemoPlace.FIRST)) {
            story = story.back(Math.max(1, carrying.sinceNs() - mendedNs));
            act = Act.OVER;
            signals.say("bridge: path 1 carries the stream again, " + BridgeStory.seconds(story.backNs())
                    + " after it was mended");
        } else if (nowNs - mendedNs > PATIENCE_NS) {
            end();
        }
    }

    private void end() {
        act = Act.OVER;
        signals.say("bridge: " + story.missing());
    }
}
