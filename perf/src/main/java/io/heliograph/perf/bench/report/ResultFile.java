// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.report;

import io.heliograph.engine.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code bench --json} wrote, read back: the results by scenario, subject and metric.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class ResultFile {
    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([-+.\\w]+))");

    private ResultFile() {}

    /**
     * A figure of an earlier run.
     *
     * @param key scenario, subject and metric.
     * @param metric for example {@code p50}.
     * @param figure the ratio to the baseline where there is one (it does not depend on the machine's mood), else the value.
     * @param isRatio which of both it is.
     * @param isValid whether it may be used.
     */
    public record Figure(String key, String metric, double figure, boolean isRatio, boolean isValid) {
        /**
         * Whether more is better: of rates it is, of times, memory and repairs it is not.
         *
         * @return true for throughput.
         */
        public boolean isMoreBetter() {
            return metric.equals("throughput") || metric.equals("live orders");
        }
    }

    /**
     * Reads a file.
     *
     * @param file of {@code bench --json}.
     * @return its results in their order.
     * @throws CommandException when it cannot be read or holds no result.
     */
    public static Map<String, Figure> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException failed) {
            throw CommandException.wrongCall("cannot read " + file + ": " + failed);
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (String line : lines) {
            Map<String, String> members = members(line);
            if ("result".equals(members.get("type"))) {
                Figure figure = figure(members, file);
                figures.put(figure.key(), figure);
            }
        }
        if (figures.isEmpty()) {
            throw CommandException.wrongCall(file + " holds no result of 'bench --json'");
        }
        return figures;
    }

    private static Figure figure(Map<String, String> members, Path file) {
        try {
            String metric = member(members, "metric");
            String key = member(members, "scenario") + " | " + member(members, "subject") + " | " + metric;
            boolean isRatio = members.containsKey("ratio");
            double figure = Double.parseDouble(member(members, isRatio ? "ratio" : "value"));
            return new Figure(key, metric, figure, isRatio, Boolean.parseBoolean(member(members, "valid")));
        } catch (IllegalArgumentException broken) {
            throw CommandException.wrongCall(file + " holds a broken result: " + broken.getMessage());
        }
    }

    private static String member(Map<String, String> members, String name) {
        String value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing in " + members);
        }
        return value.equals("null") ? "NaN" : value;
    }

    /** Results are flat objects of texts, numbers and truth values; nothing else is looked for. */
    private static Map<String, String> members(String line) {
        Map<String, String> members = new LinkedHashMap<>();
        Matcher matcher = MEMBER.matcher(line);
        while (matcher.find()) {
            String text = matcher.group(2);
            members.putIfAbsent(matcher.group(1), text == null ? matcher.group(3) : text.replace("\\\"", "\""));
        }
        return members;
    }
}
