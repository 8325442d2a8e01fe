// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.replay;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The day that times of a venue count from: its midnight in New York, in ns since the Unix epoch, daylight saving or not.
 *
 * <p>File names that tell their day: {@code 01302020.NASDAQ_ITCH50.gz} (month, day, year), {@code aapl-20200130-...}
 * (year, month, day), {@code S070320-v50.txt.gz} (month, day, two digits of the year).
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param date the day in New York.
 */
public record TradingDay(LocalDate date) {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final long SECOND_NS = 1_000_000_000L;
    private static final Pattern EIGHT_DIGITS = Pattern.compile("(?<!\\d)(\\d{8})(?!\\d)");
    private static final Pattern S_MMDDYY = Pattern.compile("(?<![A-Za-z\\d])S(\\d{2})(\\d{2})(\\d{2})(?!\\d)");
    private static final int FIRST_YEAR = 1990;
    private static final int LAST_YEAR = 2099;
    private static final int CENTURY = 2000;

    /**
     * Reads a day as {@code --date} gives it.
     *
     * @param text such as 2020-01-30.
     * @return the day.
     * @throws IllegalArgumentException for other text: one line for the person who wrote it.
     */
    public static TradingDay parse(String text) {
        try {
            return new TradingDay(LocalDate.parse(text));
        } catch (DateTimeParseException refused) {
            throw new IllegalArgumentException("date \"" + text + "\" is none; give it as 2020-01-30", refused);
        }
    }

    /**
     * The day that a file's name tells.
     *
     * @param fileName without its folders.
     * @return the day, if the name tells one.
     */
    public static Optional<TradingDay> ofFileName(String fileName) {
        Matcher eight = EIGHT_DIGITS.matcher(fileName);
        while (eight.find()) {
            String digits = eight.group(1);
            Optional<TradingDay> day = of(digits.substring(0, 4), digits.substring(4, 6), digits.substring(6));
            if (day.isEmpty()) {
                day = of(digits.substring(4), digits.substring(0, 2), digits.substring(2, 4));
            }
            if (day.isPresent()) {
                return day;
            }
        }
        Matcher six = S_MMDDYY.matcher(fileName);
        return six.find()
                ? of(Integer.toString(CENTURY + Integer.parseInt(six.group(3))), six.group(1), six.group(2))
                : Optional.empty();
    }

    /**
     * The day's midnight.
     *
     * @return ns since the Unix epoch.
     */
    public long midnightEpochNs() {
        return date.atStartOfDay(NEW_YORK).toEpochSecond() * SECOND_NS;
    }

    private static Optional<TradingDay> of(String year, String month, String day) {
        int yearNumber = Integer.parseInt(year);
        if (yearNumber < FIRST_YEAR || yearNumber > LAST_YEAR) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.of(yearNumber, Integer.parseInt(month), Integer.parseInt(day));
            return Optional.of(new TradingDay(date));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
