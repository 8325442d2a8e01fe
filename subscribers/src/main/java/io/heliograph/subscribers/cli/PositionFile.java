// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.recovery.JoinPlace;
import io.heliograph.engine.stream.Arbiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscriber goes on when it is started again: {@code EPOCH:N} in a file, N being the message that comes next. Each time a
 * new file takes the place of the old one at once, so that there is always a whole one.
 *
 * <p><b>Thread:</b> the main thread.
 */
final class PositionFile {
    /** One that is killed has so much of the stream once more. */
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final @Nullable Path file;
    private long writtenEpoch = Arbiter.NULL_EPOCH;
    private long writtenNext;
    private boolean isWritten;
    private long writtenNs;

    /** @param file null: no position is kept. */
    PositionFile(@Nullable Path file) {
        this.file = file;
    }

    /** Where the one before has come to; null without a file. */
    @Nullable
    JoinPlace read() {
        if (file == null || !Files.exists(file)) {
            return null;
        }
        try {
            String text = Files.readString(file).strip();
            JoinPlace place = JoinPlace.parse(text);
            if (place.kind() != JoinPlace.Kind.IN_EPOCH) {
                throw new IllegalArgumentException("'" + text + "' is no EPOCH:N");
            }
            return place;
        } catch (IOException | IllegalArgumentException unreadable) {
            throw CommandException.wrongCall("--position " + file + ": " + unreadable.getMessage()
                    + "; name another file, or remove it to begin where --from says");
        }
    }

    /** The stream has come so far; written every now and then. */
    void note(long epoch, long next) {
        if (file != null && (!isWritten || SystemNanoClock.INSTANCE.nanoTime() - writtenNs >= INTERVAL_NS)) {
            write(epoch, next);
        }
    }

    /** Writes it now, if it has changed. */
    void write(long epoch, long next) {
        if (file == null || epoch == Arbiter.NULL_EPOCH || (epoch == writtenEpoch && next == writtenNext)) {
            return;
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(fresh, epoch + ":" + next + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException refused) {
            throw CommandException.failed("--position " + file + ": " + refused);
        }
        isWritten = true;
        writtenNs = SystemNanoClock.INSTANCE.nanoTime();
        writtenEpoch = epoch;
        writtenNext = next;
    }
}
