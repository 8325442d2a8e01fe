// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Journaling;
import io.heliograph.config.Stream;
import io.heliograph.config.settings.Retain;
import io.heliograph.engine.JournalEvent.Kind;
import io.heliograph.engine.journal.JournalAgent;
import io.heliograph.engine.journal.JournalAppender;
import io.heliograph.engine.journal.JournalContext;
import io.heliograph.engine.journal.JournalException;
import io.heliograph.engine.journal.JournalHold;
import io.heliograph.engine.journal.JournalKeeper;
import io.heliograph.engine.journal.JournalSync;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * One stream whose journal the engine keeps: the journal is opened at once, the stream subscribed to as soon as a driver is
 * there. What cannot be opened or goes wrong is said, and tried again; the stream does not wait for it.
 *
 * <p><b>Thread:</b> made by the engine's owner, then one owner: the thread of {@link Journals}; {@link #keep} by its keepers', {@link #sync}
 * by the one that waits for the disk.
 */
final class JournaledStream implements AutoCloseable {
    private static final long RETRY_INTERVAL_NS = TimeUnit.SECONDS.toNanos(5);

    /** What a stream is while its publisher is heard. */
    private static final Set<Quality> LIVING =
            EnumSet.of(Quality.LIVE, Quality.GAP, Quality.CATCHING_UP, Quality.RECOVERING);

    private final Stream stream;
    private final StreamJournal journal;
    private final Consumer<JournalEvent> events;
    private final NanoClock clock;
    private @Nullable JournalAppender appender;
    private @Nullable StreamSubscription subscription;
    private @Nullable JournalAgent agent;
    private @Nullable JournalKeeper keeper;
    private final Object keeperLock = new Object();
    private final List<JournalHold> holds = new CopyOnWriteArrayList<>();
    private final AtomicLong appended = new AtomicLong();
    private volatile boolean isLive;
    private volatile boolean isListening;
    private volatile @Nullable Runnable bell;
    private volatile @Nullable JournalSync sync;
    private @Nullable JournalSync syncing;
    private long retryAtNs;
    private String told = "";

    JournaledStream(Stream stream, Path directory, Consumer<JournalEvent> events, NanoClock clock) {
        this.stream = stream;
        this.journal = StreamJournal.of(directory, stream.name());
        this.events = events;
        this.clock = clock;
        this.retryAtNs = clock.nanoTime();
    }

    /** Opens what is not open, then appends what has come. */
    int doWork(@Nullable Heliograph heliograph) {
        JournalAgent running = agent;
        if (running == null) {
            return open(heliograph);
        }
        try {
            int work = running.doWork();
            onWork(work);
            return work;
        } catch (RuntimeException | InternalError | OutOfMemoryError broken) {
            // Whatever one journal has, the others of the host go on.
            shut();
            trouble(words(broken) + "; tried again every 5 s");
            return 1;
        }
    }

    private void onWork(int work) {
        StreamSubscription from = subscription;
        isLive = from != null && LIVING.contains(from.quality());
        if (work > 0) {
            appended.lazySet(appended.get() + work);
            Runnable ring = bell;
            if (ring != null) {
                ring.run();
            }
        }
    }

    /** Whether it hears the stream's lines, or will those that are opened from now on: any thread. */
    boolean isListening() {
        return isListening;
    }

    /** A number that is another one once something was appended: any thread. */
    long appended() {
        return appended.get();
    }

    /** Whether the stream's publisher is heard: any thread. */
    boolean isLive() {
        return isLive;
    }

    /** Run whenever something was appended: before the first is. */
    void ringing(Runnable of) {
        bell = of;
    }

    /** Somebody needs what is in the journal for longer than it would be kept; the same one's earlier need is over. Any thread. */
    void hold(JournalHold hold) {
        synchronized (keeperLock) {
            holds.removeIf(before -> {
                boolean isSame = before.who().equals(hold.who());
                if (isSame && keeper != null) {
                    keeper.release(before);
                }
                return isSame;
            });
            holds.add(hold);
            if (keeper != null) {
                keeper.hold(hold);
            }
        }
    }

    /** Looks after the journal's files. */
    int keep() {
        synchronized (keeperLock) {
            return keeper == null ? 0 : keeper.doWork();
        }
    }

    /** Brings the journal onto the disk, however long that takes: nobody waits for this. */
    int sync() {
        JournalSync wanted = sync;
        if (wanted != syncing) {
            CloseHelper.quietClose(syncing);
            syncing = wanted;
        }
        return wanted == null ? 0 : wanted.doWork();
    }

    /** By the thread that syncs, when the others have ended. */
    void closeSync() {
        CloseHelper.quietClose(syncing);
        syncing = null;
    }

    @Override
    public void close() {
        JournalAppender open = appender;
        String state = open == null ? "" : where(open);
        shut();
        isLive = false;
        if (!state.isEmpty()) {
            tell(Kind.CLOSED, "closed at " + state);
        }
    }

    private int open(@Nullable Heliograph heliograph) {
        if (clock.nanoTime() - retryAtNs < 0) {
            return 0;
        }
        retryAtNs = clock.nanoTime() + RETRY_INTERVAL_NS;
        try {
            JournalAppender open = appender;
            if (open == null) {
                open = openJournal();
            }
            if (heliograph == null || !heliograph.isAlive()) {
                retryAtNs = clock.nanoTime();
                return 0;
            }
            StreamSubscription subscribed = heliograph.addSubscription(
                    stream.name(), StreamListener.NONE, SubscriptionOptions.DEFAULT.keepingJournal());
            if (open.epoch() >= 0) {
                subscribed.goOnFrom(open.epoch(), open.nextSequence());
            }
            subscription = subscribed;
            agent = new JournalAgent(subscribed, open, heliograph.connection(), clock);
            isListening = true;
            told = "";
            return 1;
        } catch (RuntimeException | InternalError | OutOfMemoryError refused) {
            retryAtNs = clock.nanoTime() + RETRY_INTERVAL_NS;
            trouble(words(refused) + "; tried again every 5 s");
            return 0;
        }
    }

    private JournalAppender openJournal() {
        Journaling journaling = stream.journaling();
        Retain retain = journaling.retain();
        long ageMs = retain.ageNs() == Long.MAX_VALUE
                ? JournalContext.KEEP_ALL
                : TimeUnit.NANOSECONDS.toMillis(retain.ageNs());
        JournalContext context = JournalContext.of(journal.directory(), stream.name(), stream.id())
                .retain(ageMs, retain.octets())
                .sync(journaling.syncNs());
        JournalAppender open = StreamJournal.appender(context, this::trouble);
        appender = open;
        synchronized (keeperLock) {
            JournalKeeper made = open.keeper();
            holds.forEach(made::hold);
            keeper = made;
        }
        sync = journaling.syncNs() > 0 ? open.sync() : null;
        tell(Kind.OPENED, "opened in " + journal.directory() + " at " + where(open));
        return open;
    }

    /** Everything is opened again later. */
    private void shut() {
        synchronized (keeperLock) {
            CloseHelper.quietClose(keeper);
            keeper = null;
        }
        sync = null;
        isListening = false;
        CloseHelper.quietCloseAll(agent, subscription, appender);
        agent = null;
        subscription = null;
        appender = null;
        retryAtNs = clock.nanoTime() + RETRY_INTERVAL_NS;
    }

    private static String words(Throwable trouble) {
        boolean isExpected = trouble instanceof JournalException || trouble instanceof HeliographException;
        return isExpected ? String.valueOf(trouble.getMessage()) : trouble.toString();
    }

    private static String where(JournalAppender open) {
        return open.epoch() < 0
                ? "its start"
                : String.format(Locale.ROOT, "message %,d of epoch %d", open.nextSequence() - 1, open.epoch());
    }

    private void trouble(String what) {
        if (!what.equals(told)) {
            told = what;
            tell(Kind.TROUBLE, what);
        }
    }

    private void tell(Kind kind, String detail) {
        events.accept(new JournalEvent(kind, stream.name(), journal.directory(), detail));
    }
}
