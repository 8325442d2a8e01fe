// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.SubscriptionOptions;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.cli.Durations;
import java.nio.file.Path;
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
            description = "Where to begin: live (the default, and all there is so far).")
    private String from = "live";

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
        if (!from.equals("live")) {
            throw CommandException.wrongCall("--from " + from
                    + ": this version joins live only; leave --from out, and start the subscriber before the publisher"
                    + " to have all of an epoch");
        }
        patienceNs();
        subscription();
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

    SubscriptionOptions subscription() {
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
