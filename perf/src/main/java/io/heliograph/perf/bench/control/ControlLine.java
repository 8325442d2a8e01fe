// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.control;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line between a benchmark and its processes: a verb and named values, {@code run rate=10000 measureMs=5000}.
 *
 * <p><b>Layout:</b> words separated by one blank; values are percent-encoded, so that they hold no blank.
 *
 * <table>
 *   <caption>Verbs</caption>
 *   <tr><th>to the process</th><th>its answer</th><th>meaning</th></tr>
 *   <tr><td>{@code open}</td><td>{@code opened}</td><td>make ready: driver, publication or subscription</td></tr>
 *   <tr><td>{@code run}</td><td>{@code done}</td><td>one measured round; the answer holds what was measured</td></tr>
 *   <tr><td>{@code stop}</td><td></td><td>end the round that runs</td></tr>
 *   <tr><td>{@code close}</td><td>{@code closed}</td><td>let go of all that {@code open} made</td></tr>
 *   <tr><td>{@code exit}</td><td></td><td>end the process; so does the end of its standard input</td></tr>
 * </table>
 *
 * Any answer can be {@code failed why=...} instead: then the process ends.
 *
 * <p><b>Thread:</b> one owner.
 */
public final class ControlLine {
    private final String verb;
    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * A line without values.
     *
     * @param verb its first word.
     */
    public ControlLine(String verb) {
        this.verb = verb;
    }

    /**
     * Reads a line.
     *
     * @param text as {@link #toString} writes it.
     * @return the line.
     * @throws IllegalArgumentException when a word is no {@code name=value}.
     */
    public static ControlLine parse(String text) {
        String[] words = text.trim().split(" ", -1);
        ControlLine line = new ControlLine(words[0]);
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("'" + words[i] + "' in '" + text + "' is not name=value");
            }
            line.values.put(
                    words[i].substring(0, equals),
                    URLDecoder.decode(words[i].substring(equals + 1), StandardCharsets.UTF_8));
        }
        return line;
    }

    /**
     * Adds a value.
     *
     * @param name of the value: letters and digits.
     * @param value written as its text.
     * @return this.
     */
    public ControlLine with(String name, Object value) {
        values.put(name, value.toString());
        return this;
    }

    /**
     * Adds all values of another line.
     *
     * @param other line; its verb does not matter.
     * @return this.
     */
    public ControlLine withAll(ControlLine other) {
        values.putAll(other.values);
        return this;
    }

    /**
     * The first word.
     *
     * @return what is asked or answered.
     */
    public String verb() {
        return verb;
    }

    /**
     * Whether a value is there.
     *
     * @param name of the value.
     * @return true when it is.
     */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * A value as text.
     *
     * @param name of the value.
     * @return its text.
     * @throws IllegalArgumentException when the line has no such value.
     */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("'" + verb + "' lacks " + name + " among " + values.keySet());
        }
        return value;
    }

    /**
     * A value as a whole number.
     *
     * @param name of the value.
     * @return its number.
     */
    public long number(String name) {
        return Long.parseLong(text(name));
    }

    /**
     * A value as a number.
     *
     * @param name of the value.
     * @return its number.
     */
    public double decimal(String name) {
        return Double.parseDouble(text(name));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(verb);
        values.forEach((name, value) ->
                text.append(' ').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }
}
