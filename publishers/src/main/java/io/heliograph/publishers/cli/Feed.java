// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.base.Outcome;
import io.heliograph.publishers.binaryfile.BinaryFileException;
import io.heliograph.publishers.itch50.Itch50Decoder;
import io.heliograph.publishers.itch50.ItchMessage;
import io.heliograph.publishers.normalise.ItchNormaliser;
import io.heliograph.publishers.replay.FeedSource;
import io.heliograph.publishers.replay.Pacer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One source on its way into the stream: takes its messages at their pace, in bounded batches.
 *
 * <p>A message that ITCH does not know, or of a wrong length, is published as a venue message, counted, and said once; one
 * that is too long for a stream is left out, counted, and said once.
 *
 * <p><b>Thread:</b> one owner: the thread that runs it. The end and the failure may be read by any thread.
 *
 * <p><b>Allocation:</b> none per message but the first that is wrong.
 */
final class Feed {
    private static final int BATCH = 256;
    private static final int TIMESTAMP_OFFSET = 3;
    private static final long TIMESTAMP_MASK = 0xFFFF_FFFF_FFFFL;

    private final FeedSource source;
    private final ItchNormaliser normaliser;
    private final Pacer pacer;
    private final FeedSink sink;
    private final Consumer<String> notices;
    private boolean hasMessage;
    private boolean isUnknownSaid;
    private boolean isLengthSaid;
    private long timestampNs;
    private long dueNs;
    private long backPressured;
    private long tooLong;
    private volatile boolean isEnded;
    private volatile @Nullable String failure;

    Feed(FeedSource source, ItchNormaliser normaliser, Pacer pacer, FeedSink sink, Consumer<String> notices) {
        this.source = source;
        this.normaliser = normaliser;
        this.pacer = pacer;
        this.sink = sink;
        this.notices = notices;
    }

    /**
     * Sends what is due, a batch at most.
     *
     * @param nowNs by the monotonic clock.
     * @return messages sent or passed over; 0 when none is due, the sink pushes back or the source has ended.
     */
    int run(long nowNs) {
        int sent = 0;
        while (sent < BATCH && (hasMessage || advance())) {
            if (sink.pass(source)) {
                hasMessage = false;
                sent++;
                continue;
            }
            if (dueNs - nowNs > 0) {
                break;
            }
            long outcome = sink.accept(source, normaliser);
            if (outcome == Outcome.TOO_LONG) {
                leaveOut();
                continue;
            }
            if (outcome < 0) {
                backPressured++;
                break;
            }
            hasMessage = false;
            pacer.onSent(timestampNs);
            sent++;
        }
        return sent;
    }

    /** When the message at hand is due; meaningful when {@link #run} returned 0. */
    long dueNs() {
        return dueNs;
    }

    boolean isEnded() {
        return isEnded;
    }

    /** What broke the source off; null when it ended by itself or has not ended. */
    @Nullable
    String failure() {
        return failure;
    }

    long backPressured() {
        return backPressured;
    }

    /** Messages that no stream carries. */
    long tooLong() {
        return tooLong;
    }

    /** Ends a feed whose thread has died: nothing more comes of it, and nobody may wait for it. */
    void breakOff(Throwable died) {
        failure = source.name() + ": its feed ended by an unexpected "
                + died.getClass().getSimpleName() + ": " + died.getMessage();
        isEnded = true;
    }

    FeedSource source() {
        return source;
    }

    Itch50Decoder decoder() {
        return normaliser.decoder();
    }

    private boolean advance() {
        sayWhatIsWrong();
        try {
            if (isEnded || !source.next()) {
                isEnded = true;
                return false;
            }
        } catch (BinaryFileException brokenOff) {
            failure = brokenOff.getMessage();
            isEnded = true;
            return false;
        }
        hasMessage = true;
        if (!pacer.isUnpaced()) {
            timestampNs = timestampNs();
            dueNs = pacer.dueNs(timestampNs);
        } else {
            dueNs = pacer.dueNs(0);
        }
        return true;
    }

    /** The message's own time; that of the one before where it has none. */
    private long timestampNs() {
        if (source.length() < ItchMessage.HEADER_LENGTH) {
            return timestampNs;
        }
        return source.buffer().getLong(source.offset() + TIMESTAMP_OFFSET, ByteOrder.BIG_ENDIAN) & TIMESTAMP_MASK;
    }

    private void leaveOut() {
        hasMessage = false;
        if (tooLong++ == 0) {
            notices.accept(source.name() + ": " + source.place() + ": a message of " + source.length()
                    + " octets is longer than a stream carries; left out, and counted from now on without a word");
        }
    }

    /** Looks at the counts after a message, while the source still knows its place. */
    private void sayWhatIsWrong() {
        if (!isUnknownSaid && decoder().unknownTypeCount() > 0) {
            isUnknownSaid = true;
            notices.accept(source.name() + ": " + source.place() + ": a message type that ITCH 5.0 does not know"
                    + "; published as it is and counted from now on without a word");
        }
        if (!isLengthSaid && decoder().wrongLengthCount() > 0) {
            isLengthSaid = true;
            notices.accept(source.name() + ": " + source.place() + ": a message whose length is not its type's"
                    + "; published as it is and counted from now on without a word");
        }
    }
}
