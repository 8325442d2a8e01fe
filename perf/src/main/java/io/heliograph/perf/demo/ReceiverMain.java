// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.config.TopologyReader;
import io.heliograph.engine.recovery.JoinPlace;
import io.heliograph.perf.bench.control.ControlLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Entry of the process of a subscriber that is killed: plays it, and says on standard output what it does, a {@link ControlLine}
 * each. The end of standard input ends it.
 *
 * <p><b>Thread:</b> the main thread says, the subscriber has its own.
 */
public final class ReceiverMain {
    /** Where it begins without a checkpoint: with what comes next, or with the first message. */
    static final String FROM_LIVE = "live";

    static final String FROM_START = "start";

    private static final int LOOK_MS = 100;
    private static final int FAILED = 1;

    private final PrintStream answers;
    private final DemoSignals signals;
    private final DemoSubscriber subscriber;
    private @Nullable SubscriberSnapshot told;
    private boolean isReadyTold;

    private ReceiverMain(PrintStream answers, DemoSubscriber subscriber, DemoSignals signals) {
        this.answers = answers;
        this.subscriber = subscriber;
        this.signals = signals;
    }

    /**
     * Plays the subscriber.
     *
     * @param args its name, the demo's directory, how many symbols and messages there are, and where it begins without a checkpoint.
     */
    public static void main(String[] args) {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Path state = Path.of(args[1]);
        DemoSignals signals = new DemoSignals();
        int symbols = Integer.parseInt(args[2]);
        long messages = Long.parseLong(args[3]);
        DemoSubscriber subscriber = new DemoSubscriber(
                new DemoPart(args[0], DemoPlace.FIRST, args[4].equals(FROM_START) ? JoinPlace.START : null),
                DemoPlace.context(TopologyReader.read(DemoPlace.file(state)), state, DemoPlace.FIRST),
                signals,
                new DemoPlan(null, 0, symbols, messages, 1, 0),
                new Corruption(0),
                new Checkpoint(DemoPlace.checkpoint(state)));
        System.exit(new ReceiverMain(answers, subscriber, signals).play());
    }

    private int play() {
        Thread parent = new Thread(this::awaitParentsEnd, "commands");
        parent.setDaemon(true);
        parent.start();
        DemoThread thread = new DemoThread(subscriber.name(), subscriber);
        thread.start();
        IdleStrategy idle = new SleepingMillisIdleStrategy(LOOK_MS);
        while (thread.isAlive()) {
            tell();
            idle.idle();
        }
        tell();
        try {
            thread.check();
        } catch (RuntimeException failed) {
            System.err.println(subscriber.name() + ": " + failed.getMessage());
            return FAILED;
        }
        say(subscriber
                .latency()
                .line("done")
                .with("resumed", subscriber.resumedNext())
                .with("caughtUp", subscriber.caughtUpNs()));
        return 0;
    }

    private void tell() {
        signals.words().removeIf(text -> {
            say(new ControlLine("say").with("text", text));
            return true;
        });
        if (!isReadyTold && signals.missing(List.of(subscriber.name())).isEmpty()) {
            isReadyTold = true;
            say(new ControlLine("ready"));
        }
        SubscriberSnapshot seen = subscriber.snapshot();
        if (!seen.equals(told)) {
            told = seen;
            say(SnapshotLine.of(seen));
        }
    }

    private void say(ControlLine line) {
        answers.println(line);
        answers.flush();
    }

    private void awaitParentsEnd() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
        } catch (IOException broken) {
            System.err.println(subscriber.name() + ": standard input broke: " + broken.getMessage());
        }
        signals.cancel();
    }
}
