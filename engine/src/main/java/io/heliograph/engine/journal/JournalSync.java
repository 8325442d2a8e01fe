// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import io.heliograph.engine.journal.JournalProgress.Appended;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Brings what was appended onto the disk, as often as the topology says.
 *
 * <p><b>Thread:</b> one owner, who may wait for the disk as long as that takes: another one than the appender's and the keeper's.
 *
 * <p><b>Failure:</b> what it cannot do it says once in a line, and tries again.
 */
public final class JournalSync implements Agent, AutoCloseable {
    private final JournalContext context;
    private final JournalProgress progress;
    private final Consumer<String> warnings;
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private @Nullable FileChannel file;
    /** Of the file; those before are on the disk. */
    private int cycle = -1;

    private @Nullable Appended synced;
    private long syncAtNs;
    private String told = "";

    JournalSync(JournalContext context, JournalProgress progress, Consumer<String> warnings) {
        this.context = context;
        this.progress = progress;
        this.warnings = warnings;
        this.syncAtNs = clock.nanoTime();
    }

    @Override
    public int doWork() {
        long nowNs = clock.nanoTime();
        if (context.syncNs() <= 0 || nowNs - syncAtNs < 0) {
            return 0;
        }
        syncAtNs = nowNs + context.syncNs();
        return attempt();
    }

    @Override
    public String roleName() {
        return "journal-sync " + context.stream();
    }

    @Override
    public void onClose() {
        close();
    }

    /** Brings what was appended onto the disk once more, where that is asked for. Idempotent. */
    @Override
    public void close() {
        if (context.syncNs() > 0) {
            attempt();
        }
        try {
            closeFile();
        } catch (IOException failed) {
            tell(failed);
        }
    }

    /** Linux writes with a file all of its pages that were changed by anybody's mapping. */
    private int sync() throws IOException {
        Appended all = progress.appended();
        if (all.cycle() < 0 || all.equals(synced)) {
            return 0;
        }
        FileChannel open = file;
        if (open == null || all.cycle() != cycle) {
            open = opened(all.cycle());
        }
        open.force(false);
        synced = all;
        progress.onSynced(all);
        return 1;
    }

    /** All cycles between the one that was written to last and this one may have been begun and left since. */
    private FileChannel opened(int current) throws IOException {
        for (int each : Cycles.in(context.directory())) {
            Path live = Cycles.live(context.directory(), each);
            if (each >= cycle && each < current && Files.exists(live)) {
                try (FileChannel left = FileChannel.open(live, StandardOpenOption.WRITE)) {
                    left.force(false);
                }
            }
        }
        closeFile();
        FileChannel open = FileChannel.open(Cycles.live(context.directory(), current), StandardOpenOption.WRITE);
        file = open;
        cycle = current;
        return open;
    }

    private void closeFile() throws IOException {
        FileChannel open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    private int attempt() {
        try {
            return sync();
        } catch (IOException | RuntimeException failed) {
            tell(failed);
            return 0;
        }
    }

    private void tell(Exception failed) {
        String why = JournalQueue.inOneLine(failed);
        if (!why.equals(told)) {
            told = why;
            warnings.accept("journal of stream " + context.stream() + " (" + context.directory() + "): sync: " + why);
        }
    }
}
