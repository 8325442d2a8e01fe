// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.HeliographException;
import io.heliograph.engine.PartitionedSubscription;
import io.heliograph.engine.SubscriptionOptions;
import io.heliograph.engine.cli.Command;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.cli.DriverWait;
import io.heliograph.engine.cli.Interruption;
import io.heliograph.engine.cli.JsonLine;
import io.heliograph.engine.cli.Progress;
import io.heliograph.engine.cli.TopologyOptions;
import io.heliograph.engine.media.DriverException;
import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.subscribers.book.Books;
import io.heliograph.subscribers.record.BookFiles;
import io.heliograph.subscribers.record.LineFile;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
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
            "Of a stream with partitions all of them at once, or one: --stream NAME/0.",
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
    private volatile @Nullable String joinFailure;

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
        List<Stream> partitions = topologyOptions.partitions(topology, options.stream());
        try (Interruption interruption = Interruption.install();
                OutputFile book = OutputFile.open("--book", options.book());
                OutputFile bbo = OutputFile.open("--bbo", options.bbo());
                Progress progress = Progress.standard("subscribe " + options.stream(), "messages")) {
            HeliographContext context =
                    new HeliographContext().topology(topology).host(host).driver(options.driver());
            MessageLimit limit = new MessageLimit(options.count());
            LineFile best = beginBest(bbo);
            List<Part> parts = partitions.stream()
                    .map(partition -> part(partition.name(), limit, best, progress))
                    .toList();
            SubscriptionOptions subscribed =
                    options.subscription(topology, host, partitions, words -> joinFailure = words);
            Summary summary = receive(context, parts, subscribed, new Loop(interruption, progress, book, bbo, limit));
            String refused = joinFailure;
            if (refused != null) {
                throw CommandException.failed("--from: " + refused);
            }
            if (summary == null) {
                sumUp(Summary.failed(options.stream(), "interrupted while waiting for the engine"));
                return Interruption.EXIT_CODE;
            }
            writeBook(book, parts);
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

    /** What is done with a stream, or with a partition of one. */
    private record Part(String stream, Notices notices, Tap tap) {}

    private Part part(String stream, MessageLimit limit, @Nullable LineFile best, Progress progress) {
        Notices notices = new Notices(System.out, System.err, progress, options, stream);
        Tap.Printer printer = options.isPrint() ? (sequence, message) -> print(stream, sequence, message) : null;
        Tap tap = new Tap(options, limit, notices, best, printer);
        notices.onEpochStart(tap::onEpochStart);
        return new Part(stream, notices, tap);
    }

    /** A run that failed has its summary too, where a program reads it. */
    private void sumUp(JsonLine failed) {
        if (options.isJson() && !isSummedUp) {
            isSummedUp = true;
            failed.print(System.out);
        }
    }

    private @Nullable Summary receive(
            HeliographContext context, List<Part> parts, SubscriptionOptions subscribed, Loop loop) {
        try (Heliograph heliograph = DriverWait.connect(
                        "subscribe " + options.stream(), context, options.patienceNs(), loop.interruption)
                .orElse(null)) {
            if (heliograph == null) {
                return null;
            }
            try (PartitionedSubscription subscription = PartitionedSubscription.open(
                    heliograph, options.stream(), index -> parts.get(index).notices(), subscribed)) {
                List<Received> received = new ArrayList<>();
                for (int i = 0; i < parts.size(); i++) {
                    StreamSubscription partition = subscription.partition(i);
                    parts.get(i)
                            .notices()
                            .lineNames(index -> partition.line(index).name());
                }
                loop.run(heliograph, subscription, parts);
                for (int i = 0; i < parts.size(); i++) {
                    Part part = parts.get(i);
                    received.add(new Received(part.stream(), subscription.partition(i), part.tap()));
                }
                return new Summary(options.stream(), received);
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

    private static void writeBook(OutputFile file, List<Part> parts) {
        LineFile lines = file.lines();
        if (lines == null) {
            return;
        }
        List<BookFiles.Part> built = new ArrayList<>();
        for (Part part : parts) {
            Books books = part.tap().books();
            if (books != null) {
                built.add(new BookFiles.Part(books, part.tap().instruments()));
            }
        }
        BookFiles.book(lines, built);
    }

    private void print(String stream, long sequence, String message) {
        if (options.isJson()) {
            new JsonLine()
                    .put("type", "message")
                    .put("stream", stream)
                    .put("sequence", sequence)
                    .put("message", message)
                    .print(System.out);
        } else {
            String where = stream.equals(options.stream()) ? "" : stream + " ";
            System.out.println(where + sequence + " " + message);
        }
    }

    /** The duty cycle, until there is a reason to end. */
    private final class Loop {
        private final Interruption interruption;
        private final Progress progress;
        private final OutputFile book;
        private final OutputFile bbo;
        private final MessageLimit limit;
        private final PositionFile position = options.position();
        private final IdleStrategy idle = new YieldingIdleStrategy();

        Loop(Interruption interruption, Progress progress, OutputFile book, OutputFile bbo, MessageLimit limit) {
            this.limit = limit;
            this.interruption = interruption;
            this.progress = progress;
            this.book = book;
            this.bbo = bbo;
        }

        void run(Heliograph heliograph, PartitionedSubscription subscription, List<Part> parts) {
            MessageHandler[] taps = parts.stream().map(Part::tap).toArray(MessageHandler[]::new);
            BehindWatch behind = new BehindWatch(SystemNanoClock.INSTANCE);
            StreamSubscription first = subscription.partition(0);
            int cycle = 0;
            while (joinFailure == null && !interruption.isRequested() && !limit.isReached() && !isEnded(parts)) {
                int work = heliograph.doWork() + subscription.poll(taps, PACKET_LIMIT);
                idle.idle(work);
                if ((++cycle & (CYCLES_PER_LOOK - 1)) == 0) {
                    progress.update(limit.messages(), options.count());
                    book.check();
                    bbo.check();
                    if (!parts.get(0).notices().isOver()) {
                        position.note(first.epoch(), first.nextSequence());
                    }
                    for (int i = 0; i < parts.size(); i++) {
                        behind.look(
                                subscription.partition(i).behind(), parts.get(i).notices());
                    }
                    if (work == 0) {
                        bbo.flush();
                    }
                }
            }
            Notices notices = parts.get(0).notices();
            if (notices.isOver()) {
                position.write(notices.endEpoch(), notices.endNext());
            } else {
                position.write(first.epoch(), first.nextSequence());
            }
        }

        /** By what was told: the subscription itself may have gone on to the next epoch in the same cycle. */
        private static boolean isEnded(List<Part> parts) {
            for (int i = 0; i < parts.size(); i++) {
                if (!parts.get(i).notices().isOver()) {
                    return false;
                }
            }
            return true;
        }
    }
}
