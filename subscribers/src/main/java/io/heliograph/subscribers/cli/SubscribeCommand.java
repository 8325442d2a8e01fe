// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.config.Topology;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.HeliographException;
import io.heliograph.engine.cli.Command;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.cli.DriverWait;
import io.heliograph.engine.cli.Interruption;
import io.heliograph.engine.cli.JsonLine;
import io.heliograph.engine.cli.Progress;
import io.heliograph.engine.cli.TopologyOptions;
import io.heliograph.engine.media.DriverException;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.subscribers.book.Books;
import io.heliograph.subscribers.record.BookFiles;
import io.heliograph.subscribers.record.LineFile;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/**
 * The role {@code subscribe}: receives a stream, builds its books, writes and prints what was asked for, and ends with a
 * summary.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "subscribe",
        description = {
            "Receives a stream from all its lines, arbitrated: builds order books, writes them, measures latency.",
            "Ends after --count messages, with the epoch (--until-end), or by Ctrl-C.",
            "Exit code 0 when everything came, 1 when messages are lost for good or a seal does not match."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: heliograph subscribe --topology config/samples/loopback.xml --host host1 --stream itch"
                    + " --until-end --book book.csv --bbo bbo.csv"
        })
public final class SubscribeCommand implements Command {
    private static final int PACKET_LIMIT = 64;
    private static final int CYCLES_PER_LOOK = 256;

    @Mixin
    private TopologyOptions topologyOptions = new TopologyOptions();

    @Mixin
    private SubscribeOptions options = new SubscribeOptions();

    private boolean isSummedUp;

    @Override
    public Integer call() {
        try {
            return subscribe();
        } catch (RuntimeException failed) {
            sumUp(Summary.failed(options.stream(), String.valueOf(failed.getMessage())));
            throw failed;
        }
    }

    private int subscribe() {
        options.check();
        Topology topology = topologyOptions.topology();
        String host = topologyOptions.place(topology).host().name();
        topologyOptions.stream(topology, options.stream());
        try (Interruption interruption = Interruption.install();
                OutputFile book = OutputFile.open("--book", options.book());
                OutputFile bbo = OutputFile.open("--bbo", options.bbo());
                Progress progress = Progress.standard("subscribe " + options.stream(), "messages")) {
            HeliographContext context =
                    new HeliographContext().topology(topology).host(host).driver(options.driver());
            Notices notices = new Notices(System.out, System.err, progress, options);
            Tap tap = new Tap(options, notices, beginBest(bbo), options.isPrint() ? this::print : null);
            notices.onEpochStart(tap::onEpochStart);
            Summary summary = receive(context, tap, notices, new Loop(interruption, progress, book, bbo));
            if (summary == null) {
                sumUp(Summary.failed(options.stream(), "interrupted while waiting for the engine"));
                return Interruption.EXIT_CODE;
            }
            writeBook(book, tap);
            book.finish();
            bbo.finish();
            progress.clear();
            isSummedUp = true;
            summary.print(System.out, options.isJson());
            String failure = summary.failure();
            if (failure != null) {
                System.err.println("subscribe " + options.stream() + ": " + failure);
            }
            return interruption.exitCode(failure == null ? 0 : 1);
        }
    }

    /** A run that failed has its summary too, where a program reads it. */
    private void sumUp(JsonLine failed) {
        if (options.isJson() && !isSummedUp) {
            isSummedUp = true;
            failed.print(System.out);
        }
    }

    private @Nullable Summary receive(HeliographContext context, Tap tap, Notices notices, Loop loop) {
        try (Heliograph heliograph = DriverWait.connect(
                        "subscribe " + options.stream(), context, options.patienceNs(), loop.interruption)
                .orElse(null)) {
            if (heliograph == null) {
                return null;
            }
            try (StreamSubscription subscription =
                    heliograph.addSubscription(options.stream(), notices, options.subscription())) {
                notices.lineNames(index -> subscription.line(index).name());
                loop.run(heliograph, subscription, tap);
                return new Summary(options.stream(), subscription, tap);
            }
        } catch (DriverException | HeliographException refused) {
            throw CommandException.failed(String.valueOf(refused.getMessage()));
        }
    }

    private static @Nullable LineFile beginBest(OutputFile bbo) {
        LineFile lines = bbo.lines();
        if (lines != null) {
            BookFiles.beginBest(lines);
        }
        return lines;
    }

    private static void writeBook(OutputFile file, Tap tap) {
        LineFile lines = file.lines();
        Books books = tap.books();
        if (lines != null && books != null) {
            BookFiles.book(lines, books, tap.instruments());
        }
    }

    private void print(long sequence, String message) {
        if (options.isJson()) {
            new JsonLine()
                    .put("type", "message")
                    .put("stream", options.stream())
                    .put("sequence", sequence)
                    .put("message", message)
                    .print(System.out);
        } else {
            System.out.println(sequence + " " + message);
        }
    }

    /** The duty cycle, until there is a reason to end. */
    private final class Loop {
        private final Interruption interruption;
        private final Progress progress;
        private final OutputFile book;
        private final OutputFile bbo;
        private final IdleStrategy idle = new YieldingIdleStrategy();

        Loop(Interruption interruption, Progress progress, OutputFile book, OutputFile bbo) {
            this.interruption = interruption;
            this.progress = progress;
            this.book = book;
            this.bbo = bbo;
        }

        void run(Heliograph heliograph, StreamSubscription subscription, Tap tap) {
            int cycle = 0;
            while (!interruption.isRequested() && !tap.isComplete() && !isEnded(subscription)) {
                int work = heliograph.doWork() + subscription.poll(tap, PACKET_LIMIT);
                idle.idle(work);
                if ((++cycle & (CYCLES_PER_LOOK - 1)) == 0) {
                    progress.update(tap.messages(), options.count());
                    book.check();
                    bbo.check();
                    if (work == 0) {
                        bbo.flush();
                    }
                }
            }
        }

        private boolean isEnded(StreamSubscription subscription) {
            return options.untilEnd() && subscription.isEnded();
        }
    }
}
