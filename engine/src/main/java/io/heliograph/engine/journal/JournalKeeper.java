// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Looks after a journal's files from the side, so that appending waits for no page: touches pages before they are written, watches
 * the disk's free space, removes cycles that need not be kept.
 *
 * <p><b>Thread:</b> one owner, another one than the appender's.
 *
 * <p><b>Failure:</b> what it cannot do it says once in a line; the journal goes on, unless the disk is nearly full.
 */
public final class JournalKeeper implements Agent, AutoCloseable {
    private static final long TOUCH_INTERVAL_NS = 2_000_000L;
    private static final long SPACE_INTERVAL_NS = 50_000_000L;
    private static final long RETENTION_INTERVAL_NS = 5_000_000_000L;

    private final JournalContext context;
    private final JournalProgress progress;
    private final Consumer<String> warnings;
    private final Retention retention;
    private final PageTouch pages = new PageTouch();
    private final List<JournalHold> holds = new CopyOnWriteArrayList<>();
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private @Nullable FileStore disk;
    private long touchAtNs;
    private long spaceAtNs;
    private long retentionAtNs;
    private String told = "";

    JournalKeeper(JournalContext context, JournalProgress progress, Consumer<String> warnings) {
        this.context = context;
        this.progress = progress;
        this.warnings = warnings;
        this.retention = new Retention(context, warnings);
        long nowNs = clock.nanoTime();
        touchAtNs = nowNs;
        spaceAtNs = nowNs;
        // Who needs something has time to say so.
        retentionAtNs = nowNs + RETENTION_INTERVAL_NS;
    }

    /**
     * Somebody needs what is in the journal for longer than it would be kept.
     *
     * @param hold asked before a cycle is removed, on this keeper's thread.
     */
    public void hold(JournalHold hold) {
        holds.add(hold);
    }

    /**
     * He needs it no longer.
     *
     * @param hold as it was given.
     */
    public void release(JournalHold hold) {
        holds.remove(hold);
    }

    @Override
    public int doWork() {
        long nowNs = clock.nanoTime();
        int work = 0;
        if (nowNs - spaceAtNs >= 0) {
            spaceAtNs = nowNs + SPACE_INTERVAL_NS;
            work += attempt(this::watchSpace);
        }
        if (nowNs - touchAtNs >= 0) {
            touchAtNs = nowNs + TOUCH_INTERVAL_NS;
            work += attempt(this::touch);
        }
        if (nowNs - retentionAtNs >= 0) {
            retentionAtNs = nowNs + RETENTION_INTERVAL_NS;
            work += attempt(this::retain);
        }
        return work;
    }

    @Override
    public String roleName() {
        return "journal-keeper " + context.stream();
    }

    @Override
    public void onClose() {
        close();
    }

    /** Idempotent. */
    @Override
    public void close() {
        CloseHelper.quietClose(pages);
    }

    /** Removes what need not be kept, now. */
    int retain() throws IOException {
        return retention.apply(progress.cycle(), holds, free() < 2 * context.minFreeBytes());
    }

    /** Looks at the free space, now. */
    int watchSpace() throws IOException {
        long free = free();
        boolean isStopped = !progress.stopped().isEmpty();
        if (!isStopped && free < context.minFreeBytes()) {
            retain();
            free = free();
        }
        if (!isStopped && stopWhenFull(free)) {
            return 1;
        }
        // Twice as much before it goes on, so that it does not stop again at once.
        if (isStopped && free >= 2 * context.minFreeBytes()) {
            progress.goOn();
            warnings.accept("journal of stream " + context.stream() + ": goes on, " + (free >> 20) + " MiB are free");
            return 1;
        }
        return 0;
    }

    /** Looks before anything is written: a disk that is full already is a fault of memory to who writes. */
    void watchOpening() throws IOException {
        stopWhenFull(free());
    }

    private boolean stopWhenFull(long free) {
        if (free >= context.minFreeBytes()) {
            return false;
        }
        String why = String.format(
                Locale.ROOT,
                "journal of stream %s: STOPPED, %,d MiB are free on the disk of %s and %,d MiB are kept free; make room,"
                        + " or shorten retain=: it goes on by itself, with a gap; the stream goes on",
                context.stream(),
                free >> 20,
                context.directory(),
                context.minFreeBytes() >> 20);
        progress.stop(why);
        warnings.accept(why);
        return true;
    }

    private int touch() throws IOException {
        int current = progress.cycle();
        return current < 0 || !progress.stopped().isEmpty()
                ? 0
                : pages.touch(Cycles.live(context.directory(), current), progress.position());
    }

    private long free() throws IOException {
        FileStore store = disk;
        if (store == null) {
            Path directory = context.directory();
            store = Files.getFileStore(directory);
            disk = store;
        }
        return store.getUsableSpace();
    }

    private int attempt(Task task) {
        try {
            return task.run();
        } catch (IOException | RuntimeException failed) {
            String why = JournalQueue.inOneLine(failed);
            if (!why.equals(told)) {
                told = why;
                warnings.accept(
                        "journal of stream " + context.stream() + " (" + context.directory() + "): keeper: " + why);
            }
            return 0;
        }
    }

    /** One of the keeper's tasks. */
    @FunctionalInterface
    private interface Task {
        int run() throws IOException;
    }
}
