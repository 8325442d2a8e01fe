// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.engine.cli.JsonLine;
import io.heliograph.engine.cli.Progress;
import io.heliograph.engine.stream.DropReason;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.subscribers.book.BookOutcome;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Tells at once what happens to a stream beside its messages: on standard error in words, and with {@code --json} as an
 * object on standard output.
 *
 * <p><b>Thread:</b> the one that polls.
 */
final class Notices implements StreamListener {
    private final PrintStream out;
    private final PrintStream err;
    private final Progress progress;
    private final String stream;
    private final boolean isJson;
    private final boolean hasBooks;
    private final boolean isUntilEnd;
    private boolean isOver;
    private long endEpoch;
    private long endNext;
    private Runnable onEpochStart = () -> {};
    private IntFunction<String> lineNames = Integer::toString;

    Notices(PrintStream out, PrintStream err, Progress progress, SubscribeOptions options, String stream) {
        this.out = out;
        this.err = err;
        this.progress = progress;
        this.stream = stream;
        this.isJson = options.isJson();
        this.hasBooks = options.needsBooks();
        this.isUntilEnd = options.untilEnd();
    }

    /** Who else has to know that a numbering begins. */
    void onEpochStart(Runnable action) {
        onEpochStart = action;
    }

    /** What people call a line, by its place. */
    void lineNames(IntFunction<String> names) {
        lineNames = names;
    }

    /** Whether it ends with the epoch that has ended: what comes behind, perhaps in the same cycle, is nobody's business. */
    boolean isOver() {
        return isOver;
    }

    /** The epoch that it ended with. */
    long endEpoch() {
        return endEpoch;
    }

    /** The sequence behind the last message of that. */
    long endNext() {
        return endNext;
    }

    @Override
    public void onGap(long epoch, long first, long last) {
        if (isOver) {
            return;
        }
        if (last == UNKNOWN_END) {
            say("gap: epoch " + epoch + ", messages " + first + " to an end that nobody knows are lost");
        } else {
            say("gap: epoch " + epoch + ", messages " + first + " to " + last + " are lost (" + (last - first + 1)
                    + ")");
        }
        if (isJson) {
            JsonLine line = begin("gap").put("epoch", epoch).put("first", first);
            if (last == UNKNOWN_END) {
                line.put("last", (String) null).print(out);
            } else {
                line.put("last", last).put("lost", last - first + 1).print(out);
            }
        }
    }

    @Override
    public void onEpochStart(long epoch, long next) {
        if (isOver) {
            return;
        }
        onEpochStart.run();
        if (next > 1) {
            say("joined epoch " + epoch + " at message " + next
                    + (hasBooks ? ": the books lack what came before it" : ""));
        }
        if (isJson) {
            begin("epoch").put("epoch", epoch).put("next", next).print(out);
        }
    }

    @Override
    public void onEpochEnd(long epoch, long last) {
        if (isOver) {
            return;
        }
        isOver = isUntilEnd;
        endEpoch = epoch;
        endNext = last + 1;
        if (isJson) {
            begin("end").put("epoch", epoch).put("last", last).print(out);
        }
    }

    @Override
    public void onQuality(Quality was, Quality is) {
        if (is == Quality.STALE || was == Quality.STALE) {
            say("quality: " + is
                    + (is == Quality.STALE ? ": no line brings anything, not even a heartbeat" : " again"));
        }
        if (isJson) {
            begin("quality").put("was", was.name()).put("is", is.name()).print(out);
        }
    }

    /** It catches up, and is so far behind: said now and then. */
    void behind(long messages) {
        say(String.format(Locale.ROOT, "catching up, %,d messages behind", messages));
        if (isJson) {
            begin("behind").put("messages", messages).print(out);
        }
    }

    @Override
    public void onSealMismatch(long epoch, long first, long last, int line) {
        say("seal: epoch " + epoch + ", messages " + first + " to " + last
                + " differ from what the publisher sealed; the seal came on line " + lineNames.apply(line));
        if (isJson) {
            begin("seal")
                    .put("epoch", epoch)
                    .put("first", first)
                    .put("last", last)
                    .put("line", lineNames.apply(line))
                    .print(out);
        }
    }

    @Override
    public void onSkew(int line, long lateNs, boolean isSilent) {
        String late = String.format(Locale.ROOT, "%,.1f ms", lateNs / 1e6);
        say("line " + lineNames.apply(line)
                + (isSilent
                        ? ": has brought nothing for " + late + " while another line goes on"
                        : ": is constantly later than another line, by " + late + " and more")
                + "; what the others lose it may not make good for");
        if (isJson) {
            begin("skew")
                    .put("line", lineNames.apply(line))
                    .put("isLate", true)
                    .put("isSilent", isSilent)
                    .put("lateNs", lateNs)
                    .print(out);
        }
    }

    @Override
    public void onSkewEnd(int line) {
        say("line " + lineNames.apply(line) + ": keeps up with the others again");
        if (isJson) {
            begin("skew")
                    .put("line", lineNames.apply(line))
                    .put("isLate", false)
                    .put("isSilent", false)
                    .put("lateNs", 0L)
                    .print(out);
        }
    }

    @Override
    public void onDropped(int line, DropReason reason) {
        say("line " + lineNames.apply(line) + ": dropped " + reason.words() + "; further ones are only counted");
        if (isJson) {
            begin("dropped")
                    .put("line", lineNames.apply(line))
                    .put("reason", reason.name().toLowerCase(Locale.ROOT))
                    .print(out);
        }
    }

    /** The first message of a kind of trouble at the books. */
    void trouble(long sequence, BookOutcome outcome, String symbol, long orderId) {
        say("book: message " + sequence + " " + outcome.words() + " (instrument " + symbol + ", order "
                + Long.toUnsignedString(orderId) + "); further ones are only counted");
        if (isJson) {
            begin("trouble")
                    .put("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .put("sequence", sequence)
                    .put("symbol", symbol)
                    .put("orderId", Long.toUnsignedString(orderId))
                    .print(out);
        }
    }

    private JsonLine begin(String type) {
        return new JsonLine().put("type", type).put("stream", stream);
    }

    private void say(String words) {
        progress.clear();
        err.println("subscribe " + stream + ": " + words);
    }
}
