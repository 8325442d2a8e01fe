// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.SubscriptionOptions;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.cli.Durations;
import io.heliograph.engine.recovery.JoinPlace;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of the role {@code subscribe} beside topology and host, as a picocli mixin.
 *
 * <p><b>Thread:</b> the main thread.
 *
 * <p><b>Failure:</b> {@link #check()} refuses what makes no sense, with exit code 2.
 */
final class SubscribeOptions {
    private static final int INSTRUMENTS = 8_192;
    private static final int ORDERS = 131_072;

    @Option(
            names = {"-s", "--stream"},
            paramLabel = "NAME",
            required = true,
            description = "Which stream of the topology; of one with partitions all of them, or one as NAME/0.")
    private String stream = "";

    @Option(
            names = "--driver",
            paramLabel = "WHICH",
            defaultValue = "host",
            description =
                    "The media driver: host (its engine's, the default), embedded (one of its own), or a directory.")
    private String driver = "host";

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "How long to wait for the engine, as 5s or 500ms (default 0s: not).")
    private String patience = "0s";

    @Option(
            names = "--skew",
            paramLabel = "TIME",
            description = {
                "Tell of a line that is constantly later than another by more than this, as 20ms; 0s: never.",
                "Default: half of the stream's reorder time."
            })
    private @Nullable String skew;

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            defaultValue = "live",
            description = {
                "Where to begin: live (the default), start (message 1 of the epoch), a sequence of the epoch, EPOCH:N, or a",
                "time in UTC such as 2026-11-21T14:30:00Z: the first message sent then or later. All but live need a journal",
                "of the stream, on this host, or on one that its engine reaches by a link."
            })
    private String from = "live";

    @Option(
            names = "--position",
            paramLabel = "FILE",
            description = {
                "Keep EPOCH:N of the message that comes next in this file, and begin there when it exists; else where --from",
                "says. Needs a journal of the stream, like --from."
            })
    private @Nullable Path position;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "End after so many messages, of all partitions together.")
    private @Nullable Long count;

    @Option(names = "--until-end", description = "End when the epoch has ended, of every partition.")
    private boolean untilEnd;

    @Option(names = "--print", description = "Print each message.")
    private boolean isPrint;

    @Option(
            names = "--json",
            description = "One JSON object a line on standard output: gaps, changes of quality, a summary at the end.")
    private boolean isJson;

    @Option(
            names = "--book",
            paramLabel = "FILE.csv",
            description = "At the end, write all levels of all books: symbol,side,price,size,orders.")
    private @Nullable Path book;

    @Option(
            names = "--bbo",
            paramLabel = "FILE.csv",
            description = {
                "Write each change of a best bid or offer: sequence,symbol,bidPrice,bidSize,askPrice,askSize.",
                "An empty side has price 0 and size 0."
            })
    private @Nullable Path bbo;

    void check() {
        patienceNs();
        skewed();
        place();
        if (count != null && count < 1) {
            throw CommandException.wrongCall("--count " + count + ": 1 and up");
        }
        if (book != null && book.equals(bbo)) {
            throw CommandException.wrongCall("--book and --bbo name the same file " + book + ": give each its own");
        }
    }

    DriverChoice driver() {
        return switch (driver) {
            case "host" -> DriverChoice.host();
            case "embedded" -> DriverChoice.embedded();
            default -> DriverChoice.directory(Path.of(driver));
        };
    }

    long patienceNs() {
        return Durations.parseNs("--wait", patience);
    }

    /** How to subscribe to streams on a host; one that begins in the past needs their journals there, or within reach. */
    SubscriptionOptions subscription(Topology topology, String host, List<Stream> streams, Consumer<String> failed) {
        JoinPlace kept = new PositionFile(position).read();
        JoinPlace place = kept == null ? place() : kept;
        if (place == null && position == null) {
            return skewed();
        }
        if (streams.size() > 1 && (position != null || !JoinPlace.START.equals(place))) {
            throw CommandException.wrongCall(
                    "--position, and --from other than live and start, are for one stream: name one"
                            + " partition, as --stream " + streams.get(0).name());
        }
        for (Stream each : streams) {
            if (!SubscriptionOptions.hasJournal(topology, host, each)) {
                throw CommandException.wrongCall(
                        (position == null ? "--from " + from : "--position " + position) + ": host "
                                + host + " keeps no journal of stream " + each.name()
                                + ", nor does a host whose engine has a link=; name one in journal= of the stream,"
                                + " with a journal= directory at its engine");
            }
        }
        return place == null ? skewed() : skewed().from(place, failed);
    }

    PositionFile position() {
        return new PositionFile(position);
    }

    private @Nullable JoinPlace place() {
        if (from.equals("live")) {
            return null;
        }
        try {
            return JoinPlace.parse(from);
        } catch (IllegalArgumentException none) {
            throw CommandException.wrongCall("--from " + none.getMessage());
        }
    }

    private SubscriptionOptions skewed() {
        return skew == null
                ? SubscriptionOptions.DEFAULT
                : SubscriptionOptions.DEFAULT.skewNs(Durations.parseNs("--skew", skew));
    }

    String stream() {
        return stream;
    }

    /** 0 for no end. */
    long count() {
        return count == null ? 0 : count;
    }

    boolean untilEnd() {
        return untilEnd;
    }

    boolean isPrint() {
        return isPrint;
    }

    boolean isJson() {
        return isJson;
    }

    @Nullable
    Path book() {
        return book;
    }

    @Nullable
    Path bbo() {
        return bbo;
    }

    boolean needsBooks() {
        return book != null || bbo != null;
    }

    int expectedInstruments() {
        return INSTRUMENTS;
    }

    int expectedOrders() {
        return ORDERS;
    }
}
