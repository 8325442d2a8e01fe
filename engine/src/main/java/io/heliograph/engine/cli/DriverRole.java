// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.Profile;
import io.heliograph.config.Topology;
import io.heliograph.engine.media.ChannelSettings;
import io.heliograph.engine.media.Driver;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.media.DriverException;
import io.heliograph.engine.media.ThreadedDriver;
import java.nio.file.Path;
import org.agrona.SystemUtil;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * The role {@code driver}: a media driver alone, until it is interrupted. The engine starts it as a process of its own; by
 * hand it serves programs that name its directory.
 *
 * <p><b>Thread:</b> the main thread, which waits; the driver has its own.
 */
@CommandLine.Command(
        name = "driver",
        description = "Runs a media driver alone. The engine does it by itself.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: heliograph driver --directory /dev/shm/mine --profile low-latency",
            "Example: heliograph driver --topology config/samples/loopback.xml --host host1"
        })
public final class DriverRole implements Command {
    private static final long IDLE_NS = 100_000_000L;

    @ArgGroup(multiplicity = "1")
    private Where where = new Where();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "default (one thread that backs off) or low-latency (three that spin).",
            converter = ProfileConverter.class)
    private @Nullable Profile profile;

    @Option(
            names = "--term-length",
            paramLabel = "BYTES",
            description = "Of publications that do not say: a power of two (default 1m).",
            converter = LengthConverter.class)
    private int termLength = ChannelSettings.TERM_LENGTH;

    @Option(
            names = "--window-length",
            paramLabel = "BYTES",
            description = "Of subscriptions that do not say: at most half a term (default 256k).",
            converter = LengthConverter.class)
    private int windowLength = ChannelSettings.WINDOW_LENGTH;

    @Option(names = "--json", description = "One JSON object a line on standard output.")
    private boolean isJson;

    @Option(
            names = "--watched",
            hidden = true,
            description = "An engine ends it: Ctrl-C, which reaches both, is the engine's.")
    private boolean isWatched;

    /** The directory, or the host whose directory it is. */
    static final class Where {
        @Option(names = "--directory", paramLabel = "DIR", required = true, description = "Where clients find it.")
        private @Nullable Path directory;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable TopologyOptions options;
    }

    /** Made by the service loader. */
    public DriverRole() {}

    @Override
    public Integer call() {
        if (isWatched) {
            InterruptSignal.ignore();
        }
        DriverContext context = context();
        Path directory = directory(context);
        try (Interruption interruption = Interruption.install()) {
            run(directory, context, interruption);
            return interruption.exitCode(0);
        }
    }

    private DriverContext context() {
        try {
            return new DriverContext().termLength(termLength).windowLength(windowLength);
        } catch (IllegalArgumentException wrong) {
            throw CommandException.wrongCall(String.valueOf(wrong.getMessage()));
        }
    }

    private void run(Path directory, DriverContext context, Interruption interruption) {
        try (Driver driver = ThreadedDriver.launch(directory, context)) {
            say("started", driver);
            while (!interruption.await(IDLE_NS)) {
                driver.doWork();
            }
        } catch (DriverException refused) {
            throw CommandException.failed(String.valueOf(refused.getMessage()));
        }
        if (isJson) {
            new JsonLine()
                    .put("type", "summary")
                    .put("directory", directory.toString())
                    .print(System.out);
        }
    }

    private Path directory(DriverContext context) {
        Path named = where.directory;
        TopologyOptions options = where.options;
        if (options == null || named != null) {
            context.profile(profile == null ? Profile.DEFAULT : profile);
            return named == null ? Path.of("") : named;
        }
        Topology topology = options.topology();
        var host = options.place(topology).host();
        context.profile(profile == null ? host.engine().profile() : profile);
        return DriverDirectories.of(topology.name(), host.name());
    }

    private void say(String state, Driver driver) {
        long pid = ProcessHandle.current().pid();
        if (isJson) {
            new JsonLine()
                    .put("type", "driver")
                    .put("state", state)
                    .put("pid", pid)
                    .put("directory", driver.directory())
                    .print(System.out);
        } else {
            System.out.println("driver: process " + pid + " in " + driver.directory());
        }
    }

    /** Takes the spelling of the topology file. */
    static final class ProfileConverter implements CommandLine.ITypeConverter<Profile> {
        @Override
        public Profile convert(String value) {
            return switch (value) {
                case "default" -> Profile.DEFAULT;
                case "low-latency" -> Profile.LOW_LATENCY;
                default ->
                    throw new CommandLine.TypeConversionException(
                            "'" + value + "' is no profile: default, low-latency");
            };
        }
    }

    /** Takes 262144, 256k and 1m. */
    static final class LengthConverter implements CommandLine.ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            try {
                return Math.toIntExact(SystemUtil.parseSize("length", value));
            } catch (NumberFormatException | ArithmeticException wrong) {
                throw new CommandLine.TypeConversionException("'" + value + "' is no length: 262144, 256k, 1m");
            }
        }
    }
}
