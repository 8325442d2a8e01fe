// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import io.heliograph.engine.cli.CommandException;
import io.heliograph.engine.schema.sbe.VenueMessageEncoder;
import io.heliograph.publishers.generate.ItchDay;
import io.heliograph.publishers.replay.FeedSource;
import io.heliograph.publishers.replay.FileSource;
import io.heliograph.publishers.replay.GeneratedSource;
import io.heliograph.publishers.replay.TradingDay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --source} names: {@code itch:FILE} or {@code generate:SEED[,messages=N][,symbols=N][,live=N]}.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param file of an ITCH file, else null.
 * @param day of a generator, else null.
 */
record SourceOption(@Nullable Path file, @Nullable ItchDay day) {
    private static final String ITCH = "itch:";
    private static final String GENERATE = "generate:";
    private static final long FNV_BASIS = 0xCBF2_9CE4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01B3L;
    private static final long DEFAULT_MESSAGES = 1_000_000;
    private static final int DEFAULT_SYMBOLS = 8_000;

    /** The day of generated messages, unless {@code --date} says another: a Thursday like any other. */
    private static final TradingDay GENERATED_DAY = new TradingDay(LocalDate.of(2020, 1, 30));

    static SourceOption parse(String text) {
        if (text.startsWith(ITCH) && text.length() > ITCH.length()) {
            return new SourceOption(Path.of(text.substring(ITCH.length())), null);
        }
        if (text.startsWith(GENERATE)) {
            return new SourceOption(null, day(text));
        }
        throw wrong(text, "is none");
    }

    FeedSource open() {
        if (file != null) {
            return new FileSource(file);
        }
        return new GeneratedSource(Objects.requireNonNull(day));
    }

    /**
     * Says which content this is: the same for the same messages in the same order only.
     *
     * @param at the day that its times count from.
     * @param partitions that it is split into.
     * @return never 0.
     */
    long identity(TradingDay at, int partitions) {
        String what = file == null ? String.valueOf(day) : fileIdentity(file);
        String whole =
                what + " on " + at.date() + " in " + partitions + " by schema " + VenueMessageEncoder.SCHEMA_VERSION;
        long hash = FNV_BASIS;
        for (byte octet : whole.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ octet) * FNV_PRIME;
        }
        return hash == 0 ? 1 : hash;
    }

    /** Another file, or one that was written to since, is another source. */
    private static String fileIdentity(Path file) {
        try {
            return file.toAbsolutePath().normalize() + " of " + Files.size(file) + " at "
                    + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException gone) {
            throw CommandException.failed(file + " cannot be read (" + gone.getMessage() + ")");
        }
    }

    /** The day that the option's times count from: as given, else as the file's name tells, else the generator's. */
    TradingDay tradingDay(@Nullable TradingDay given) {
        if (given != null) {
            return given;
        }
        if (file == null) {
            return GENERATED_DAY;
        }
        Path name = file.getFileName();
        Optional<TradingDay> told = TradingDay.ofFileName(name == null ? "" : name.toString());
        return told.orElseThrow(() -> CommandException.wrongCall(
                file + ": its name does not tell its day, and ITCH gives times of day only; give --date 2020-01-30"));
    }

    private static ItchDay day(String text) {
        long seed = 0;
        long messages = DEFAULT_MESSAGES;
        int symbols = DEFAULT_SYMBOLS;
        int live = 0;
        String[] parts = text.substring(GENERATE.length()).split(",", -1);
        try {
            seed = Long.parseLong(parts[0]);
            for (int i = 1; i < parts.length; i++) {
                int equals = parts[i].indexOf('=');
                String name = equals < 0 ? parts[i] : parts[i].substring(0, equals);
                String value = parts[i].substring(equals + 1);
                switch (name) {
                    case "messages" -> messages = Long.parseLong(value);
                    case "symbols" -> symbols = Integer.parseInt(value);
                    case "live" -> live = Integer.parseInt(value);
                    default -> throw wrong(text, "has no \"" + name + "\"");
                }
            }
        } catch (NumberFormatException notANumber) {
            throw wrong(text, "has something else where a number is needed");
        }
        return day(text, seed, messages, symbols, live);
    }

    private static ItchDay day(String text, long seed, long messages, int symbols, int live) {
        if (symbols < 1) {
            throw wrong(text, "cannot be made: symbols " + symbols + " is out of range: 1 and up");
        }
        try {
            ItchDay day = ItchDay.of(seed, messages, symbols);
            return live == 0 ? day : new ItchDay(seed, messages, day.symbols(), live);
        } catch (IllegalArgumentException outOfRange) {
            throw wrong(text, "cannot be made: " + outOfRange.getMessage());
        }
    }

    private static CommandException wrong(String text, String what) {
        return CommandException.wrongCall("--source \"" + text + "\" " + what
                + "; give itch:FILE or generate:SEED[,messages=N][,symbols=N][,live=N]");
    }
}
