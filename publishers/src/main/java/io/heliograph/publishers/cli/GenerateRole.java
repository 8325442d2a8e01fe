// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.cli.Command;
import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.cli.Interruption;
import io.heliograph.engine.cli.JsonLine;
import io.heliograph.engine.cli.Progress;
import io.heliograph.publishers.binaryfile.BinaryFileException;
import io.heliograph.publishers.binaryfile.BinaryFileWriter;
import io.heliograph.publishers.generate.ItchDay;
import io.heliograph.publishers.generate.ItchGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.agrona.concurrent.SystemNanoClock;
import picocli.CommandLine;

/**
 * {@code generate FILE}: writes a generated ITCH day as a BinaryFILE.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "generate",
        description = "Writes a TotalView-ITCH 5.0 day made from a seed as a BinaryFILE; gzip where FILE ends in .gz.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: heliograph generate --seed 1 --messages 1000000 --symbols 8000 day-20200130.itch50.gz"})
public final class GenerateRole implements Command {
    private static final int BATCH = 8192;

    @CommandLine.Parameters(paramLabel = "FILE", description = "The file to write.")
    private Path file = Path.of("");

    @CommandLine.Option(names = "--seed", defaultValue = "1", description = "Another seed is another day (default 1).")
    private long seed;

    @CommandLine.Option(
            names = "--messages",
            defaultValue = "1000000",
            description = "How many messages, exactly; 64 and up (default 1000000).")
    private long messages;

    @CommandLine.Option(
            names = "--symbols",
            defaultValue = "8000",
            description = "How many securities; a sixteenth of the messages at most (default 8000).")
    private int symbols;

    @CommandLine.Option(
            names = "--live",
            description = "How many orders the books hold when full (default: messages / 16, a million at most).")
    private int live;

    @CommandLine.Option(names = "--json", description = "One JSON object on standard output.")
    private boolean isJson;

    /** Made by the service loader. */
    public GenerateRole() {}

    @Override
    public Integer call() {
        ItchDay day = day();
        checkFile();
        try (Interruption interruption = Interruption.install()) {
            long startNs = SystemNanoClock.INSTANCE.nanoTime();
            ItchGenerator generator = new ItchGenerator(day);
            long length = write(generator, day, interruption);
            report(day, generator.produced(), length, (SystemNanoClock.INSTANCE.nanoTime() - startNs) / 1e9);
            return interruption.exitCode(CommandLine.ExitCode.OK);
        } catch (BinaryFileException failed) {
            throw CommandException.failed(String.valueOf(failed.getMessage()));
        }
    }

    private ItchDay day() {
        if (symbols < 1) {
            throw CommandException.wrongCall("symbols " + symbols + " is out of range: 1 and up");
        }
        try {
            ItchDay day = ItchDay.of(seed, messages, symbols);
            return live == 0 ? day : new ItchDay(seed, messages, day.symbols(), live);
        } catch (IllegalArgumentException outOfRange) {
            throw CommandException.wrongCall(String.valueOf(outOfRange.getMessage()));
        }
    }

    /** What is wrong with the place is said in words before anything is made. */
    private void checkFile() {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw CommandException.failed(file + ": is a directory; name a file in it");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw CommandException.failed(file + ": there is no directory " + folder + "; make it first");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw CommandException.failed(file + ": this user may not write it; name another place");
        }
    }

    private long write(ItchGenerator generator, ItchDay day, Interruption interruption) {
        try (BinaryFileWriter writer = BinaryFileWriter.create(file);
                Progress progress = Progress.standard("generate " + file, "messages")) {
            boolean isOver = false;
            while (!isOver && !interruption.isRequested()) {
                for (int i = 0; i < BATCH && !isOver; i++) {
                    int length = generator.next(writer.buffer(), writer.claim());
                    isOver = length == 0;
                    if (!isOver) {
                        writer.commit(length);
                    }
                }
                progress.update(generator.produced(), day.messages());
            }
            return writer.length();
        }
    }

    private void report(ItchDay day, long written, long length, double seconds) {
        if (isJson) {
            new JsonLine()
                    .put("type", "summary")
                    .put("file", file.toString())
                    .put("seed", day.seed())
                    .put("messages", written)
                    .put("symbols", day.symbols())
                    .put("octets", length)
                    .put("seconds", seconds)
                    .print(System.out);
        } else {
            System.out.println(String.format(
                    Locale.ROOT,
                    "%s: %,d messages of %,d symbols, %,d octets, %.1f s (%,.0f messages/s)",
                    file,
                    written,
                    day.symbols(),
                    length,
                    seconds,
                    written / seconds));
        }
    }
}
