// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.recovery.JoinPlace;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Who plays in the demo: the engines of both sites, a publisher and four subscribers in the first site, of whom the third joins late and the fourth is a process
 * that is killed and comes back, a fifth in the second site, each other one on a thread of its own; and the first path of the bridge.
 *
 * <p><b>Thread:</b> the main thread.
 */
final class DemoCast implements AutoCloseable {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);

    /** What part of the messages is sent when the fourth is killed, the third joins, the fourth comes back: hundredths. */
    private static final int KILLED = 25;

    private static final int LATE = 45;
    private static final int BACK = 50;
    private static final int WHOLE = 100;

    /** What the publisher waits for beside subscribers. */
    private static final String SITES = "journals and bridge";

    /** The generated day's date; a file's own is not known, and books do not depend on it. */
    private static final LocalDate DAY = LocalDate.of(2026, 1, 5);

    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final DemoPlan plan;
    private final DemoSignals signals = new DemoSignals();
    private final DemoSites sites;
    private final ThreadReceiver corrupted;
    private final ThreadReceiver late;
    private final ProcessReceiver killed;
    private final List<DemoReceiver> receivers;
    private final DemoThread publishing;
    private final DemoPublisher publisher;
    private final PathPart path;
    private final long total;

    /** All of them; those who are there from the start are started. */
    DemoCast(DemoPlan plan, ItchSource source, DemoPlace place) {
        this.plan = plan;
        total = source.total();
        ThreadReceiver first = receiver(DemoPart.near(1, null), place, 0);
        corrupted = receiver(DemoPart.near(2, null), place, plan.corrupt());
        late = receiver(DemoPart.near(3, JoinPlace.START), place, 0);
        killed = new ProcessReceiver(DemoPart.near(4, null).name(), plan, place.state(), signals);
        ThreadReceiver far = receiver(DemoPart.far(5), place, 0);
        receivers = List.of(first, corrupted, late, killed, far);
        // A process takes longest to start.
        killed.start();
        sites = sites(place);
        path = new PathPart(place.path(), sites.bridge(), far.silence(), signals);
        List<String> wanted = new ArrayList<>(List.of(SITES));
        receivers.stream().filter(receiver -> receiver != late).forEach(receiver -> wanted.add(receiver.name()));
        long midnightEpochNs = TimeUnit.SECONDS.toNanos(
                DAY.atStartOfDay(ZoneId.of("America/New_York")).toEpochSecond());
        publisher = new DemoPublisher(
                DemoPlace.context(place.topology(), place.state(), DemoPlace.FIRST),
                signals,
                source,
                plan,
                midnightEpochNs,
                wanted);
        publishing = new DemoThread("publisher", publisher);
        List.of(first, corrupted, far).forEach(ThreadReceiver::start);
        publishing.start();
    }

    private DemoSites sites(DemoPlace place) {
        try {
            return new DemoSites(place, signals);
        } catch (RuntimeException refused) {
            killed.stop();
            throw refused;
        }
    }

    private ThreadReceiver receiver(DemoPart part, DemoPlace place, long corrupt) {
        return new ThreadReceiver(part, place, signals, plan, new Corruption(corrupt));
    }

    /** Lets happen what is due, and says whether somebody still has something to do; throws what has ended one before its time. */
    boolean play() {
        sites.doWork();
        signals.journaled(sites.journaled());
        if (sites.isReady()) {
            signals.ready(SITES);
        }
        playParts(part(), publisher.sent());
        if (path.isOver()) {
            signals.release();
        }
        publishing.check();
        boolean isPlaying = publishing.isAlive();
        for (DemoReceiver receiver : receivers) {
            isPlaying |= receiver.isPlaying();
        }
        return isPlaying;
    }

    /** How much of the feed is over, hundredths: by messages, or by time where that ends it. */
    long part() {
        if (publisher.tookNs() != 0) {
            return WHOLE;
        }
        long bySent = publisher.sent() * WHOLE / Math.max(1, total);
        return Math.max(bySent, publisher.playedNs() / Math.max(1, plan.longestNs() / WHOLE));
    }

    private void playParts(long part, long sent) {
        if (part >= KILLED && !killed.isKilled() && !killed.isBack()) {
            killed.kill(sent);
        } else if (part >= LATE && !late.isStarted()) {
            signals.say(late.name() + ": joins, from message 1 on");
            late.startLate(sent);
        } else if (part >= BACK && killed.isKilled()) {
            killed.comeBack(sent);
        }
        path.play(part, sent);
    }

    DemoPublisher publisher() {
        return publisher;
    }

    PathPart path() {
        return path;
    }

    List<JournalWatch> journals() {
        return sites.journals();
    }

    List<SubscriberSnapshot> snapshots() {
        return receivers.stream().map(DemoReceiver::snapshot).toList();
    }

    /** What they have when all is over. */
    List<SubscriberEnd> ends() {
        return receivers.stream().map(DemoReceiver::end).toList();
    }

    boolean wasCorrupted() {
        return corrupted.wasCorrupted();
    }

    /** What they have to say since the last time. */
    void words(Consumer<String> listener) {
        signals.words().removeIf(line -> {
            listener.accept(line);
            return true;
        });
    }

    /** Ends what still runs and waits for it: drivers remove their directories. Their books stay. */
    @Override
    public void close() {
        signals.cancel();
        killed.stop();
        IdleStrategy idle = new SleepingMillisIdleStrategy();
        long deadlineNs = clock.nanoTime() + PATIENCE_NS;
        while (isAlive() && clock.nanoTime() - deadlineNs < 0) {
            idle.idle();
        }
        sites.doWork();
        sites.close();
    }

    private boolean isAlive() {
        return publishing.isAlive() || receivers.stream().anyMatch(DemoReceiver::isAlive);
    }
}
