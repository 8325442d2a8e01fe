// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.cli.CommandException;
import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.subscribers.book.Book;
import io.heliograph.subscribers.book.BookListener;
import io.heliograph.subscribers.book.BookOutcome;
import io.heliograph.subscribers.book.Books;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber in a process of its own, which can be killed as {@code kill -9} does it, and started again: what it then has is its
 * checkpoint.
 *
 * <p><b>Thread:</b> the main thread; a reader takes what the process says.
 */
final class ProcessReceiver implements DemoReceiver {
    private static final long PATIENCE_MS = 5_000;

    private final String name;
    private final DemoPlan plan;
    private final Path state;
    private final DemoSignals signals;
    private final ChangeLog changes = new ChangeLog();
    private final Books books;
    private volatile @Nullable Process process;
    private volatile boolean isKilled;
    private long killedAt;
    private long backAt;
    private long pid;
    private volatile SubscriberSnapshot snapshot = SubscriberSnapshot.NONE.without("starting");
    private volatile @Nullable ControlLine done;
    private volatile @Nullable Exception broken;

    ProcessReceiver(String name, DemoPlan plan, Path state, DemoSignals signals) {
        this.name = name;
        this.plan = plan;
        this.state = state;
        this.signals = signals;
        this.books = DemoSubscriber.books(plan, new NoListener());
    }

    /** Starts it: it joins where the stream is, before the first message. */
    void start() {
        start(ReceiverMain.FROM_LIVE);
    }

    private void start(String from) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(ManagementFactory.getRuntimeMXBean().getClassPath());
        command.add(ReceiverMain.class.getName());
        command.addAll(
                List.of(name, state.toString(), Integer.toString(plan.symbols()), Long.toString(plan.limit()), from));
        try {
            Process started = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            DemoPlace.words(state).toFile()))
                    .start();
            process = started;
            pid = started.pid();
            Thread reader = new Thread(() -> listen(started), "words of " + name);
            reader.setDaemon(true);
            reader.start();
        } catch (IOException failed) {
            throw CommandException.failed("cannot start " + command.get(0) + ": " + failed.getMessage());
        }
    }

    /** Ends it at once, with no chance to do anything. */
    void kill(long sent) {
        Process running = process;
        if (running != null) {
            isKilled = true;
            running.destroyForcibly();
            done = null;
            killedAt = sent;
            snapshot = snapshot.without("killed");
            signals.say(String.format(Locale.ROOT, "%s: process %d is killed, with SIGKILL", name, pid));
        }
    }

    /** Starts it again after it was killed: it goes on behind its checkpoint, and where it had written none, at the start. */
    void comeBack(long sent) {
        isKilled = false;
        backAt = sent;
        snapshot = snapshot.without("starting");
        start(ReceiverMain.FROM_START);
        signals.say(String.format(Locale.ROOT, "%s: comes back as process %d", name, pid));
    }

    boolean isKilled() {
        return isKilled;
    }

    /** Whether it has been killed and is there again. */
    boolean isBack() {
        return backAt != 0;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SubscriberSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public boolean isPlaying() {
        Exception why = broken;
        if (why != null) {
            throw CommandException.failed(name + ": its process said what was not understood: " + why);
        }
        if (!isKilled && !isAlive() && done == null) {
            throw CommandException.failed(name + ": its process ended before its time");
        }
        return done == null || isAlive();
    }

    @Override
    public boolean isAlive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    @Override
    public SubscriberEnd end() {
        ControlLine last = done;
        if (last == null) {
            throw new IllegalStateException(name + " has not ended");
        }
        new Checkpoint(DemoPlace.checkpoint(state)).read(changes, books);
        return new SubscriberEnd(name, snapshot, books, changes, LatencySummary.of(last), story(last));
    }

    private String story(ControlLine last) {
        long tookMs = TimeUnit.NANOSECONDS.toMillis(last.number("caughtUp"));
        return String.format(
                Locale.ROOT,
                "%s was killed at message %,d, came back at %,d, and went on with its books of message %,d: %,d messages from"
                        + " the journal, %s",
                name,
                killedAt,
                backAt,
                last.number("resumed") - 1,
                snapshot.replayed(),
                tookMs == 0 ? "the epoch had ended before it was live" : "live after " + tookMs / 1e3 + " s");
    }

    /** Ends the process, if it has not ended: asks it to, and kills it when it does not. */
    void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        CloseHelper.quietClose(running.getOutputStream());
        try {
            if (!running.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                running.destroyForcibly().waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupted) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void listen(Process of) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(of.getInputStream(), StandardCharsets.UTF_8))) {
            for (String text = reader.readLine(); text != null && isHeard(of); text = reader.readLine()) {
                onLine(ControlLine.parse(text));
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            if (isHeard(of)) {
                broken = unreadable;
            }
        }
    }

    private boolean isHeard(Process of) {
        return of == process && !isKilled;
    }

    private void onLine(ControlLine line) {
        switch (line.verb()) {
            case "ready" -> signals.ready(name);
            case "say" -> signals.say(line.text("text"));
            case SnapshotLine.VERB -> snapshot = SnapshotLine.read(line);
            case "done" -> done = line;
            default -> throw new IllegalArgumentException(line.verb());
        }
    }

    /** What comes out of a checkpoint was told when it happened. */
    private static final class NoListener implements BookListener {
        @Override
        public void onBestChange(Book book) {}

        @Override
        public void onTrouble(BookOutcome outcome, int instrument, long orderId) {}
    }
}
