// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import java.io.PrintStream;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object on one line: what every role prints under {@code --json}.
 *
 * <pre>{@code
 * new JsonLine()
 *         .put("type", "summary")
 *         .put("messages", 5L)
 *         .object("latencyNs", o -> o.put("p50", 7_300L).put("max", 1_000_000L))
 *         .print(System.out);
 * }</pre>
 *
 * <p><b>Thread:</b> one owner: the thread that builds it. {@link #print} writes the line in one piece.
 *
 * <p><b>Allocation:</b> per line.
 *
 * <p><b>Failure:</b> what JSON cannot say (NaN, an infinity) is written as null; lone surrogates are escaped, so that the
 * line is always valid UTF-8 and valid JSON.
 */
public final class JsonLine {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder text;
    private boolean isEmpty = true;

    /** Begins an object. */
    public JsonLine() {
        this(new StringBuilder(256));
    }

    private JsonLine(StringBuilder text) {
        this.text = text.append('{');
    }

    /**
     * Adds a text.
     *
     * @param name of the member.
     * @param value its text; null is written as null.
     * @return this.
     */
    public JsonLine put(String name, @Nullable String value) {
        name(name);
        quoteOrNull(value);
        return this;
    }

    /**
     * Adds a whole number.
     *
     * @param name of the member.
     * @param value the number.
     * @return this.
     */
    public JsonLine put(String name, long value) {
        name(name).append(value);
        return this;
    }

    /**
     * Adds a number.
     *
     * @param name of the member.
     * @param value the number; NaN and infinities are written as null.
     * @return this.
     */
    public JsonLine put(String name, double value) {
        name(name);
        if (Double.isFinite(value)) {
            text.append(value);
        } else {
            text.append("null");
        }
        return this;
    }

    /**
     * Adds true or false.
     *
     * @param name of the member.
     * @param value the truth.
     * @return this.
     */
    public JsonLine put(String name, boolean value) {
        name(name).append(value);
        return this;
    }

    /**
     * Adds an object.
     *
     * @param name of the member.
     * @param members puts its members.
     * @return this.
     */
    public JsonLine object(String name, Consumer<JsonLine> members) {
        name(name);
        nested(members);
        return this;
    }

    /**
     * Adds a list of objects.
     *
     * @param name of the member.
     * @param items one object each.
     * @param members puts the members of the object for an item.
     * @param <T> what the items are.
     * @return this.
     */
    public <T> JsonLine objects(String name, Iterable<T> items, BiConsumer<JsonLine, T> members) {
        name(name).append('[');
        String separator = "";
        for (T item : items) {
            text.append(separator);
            nested(object -> members.accept(object, item));
            separator = ",";
        }
        text.append(']');
        return this;
    }

    /**
     * Adds a list of texts.
     *
     * @param name of the member.
     * @param values the texts.
     * @return this.
     */
    public JsonLine strings(String name, Iterable<String> values) {
        name(name).append('[');
        String separator = "";
        for (String value : values) {
            text.append(separator);
            quoteOrNull(value);
            separator = ",";
        }
        text.append(']');
        return this;
    }

    /**
     * Adds a list of whole numbers.
     *
     * @param name of the member.
     * @param values the numbers.
     * @return this.
     */
    public JsonLine longs(String name, long... values) {
        name(name).append('[');
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ",").append(values[i]);
        }
        text.append(']');
        return this;
    }

    /**
     * Prints the object as one line and flushes. Nothing can be added afterwards that would be printed.
     *
     * @param out where to, mostly standard output.
     */
    public void print(PrintStream out) {
        out.print(this + "\n");
        out.flush();
    }

    /** The object as JSON, without an end of line. */
    @Override
    public String toString() {
        return text + "}";
    }

    private void nested(Consumer<JsonLine> members) {
        members.accept(new JsonLine(text));
        text.append('}');
    }

    private StringBuilder name(String name) {
        if (!isEmpty) {
            text.append(',');
        }
        isEmpty = false;
        quoteOrNull(name);
        return text.append(':');
    }

    private void quoteOrNull(@Nullable String value) {
        if (value == null) {
            text.append("null");
            return;
        }
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                text.append(c).append(value.charAt(++i));
            } else {
                escape(c);
            }
        }
        text.append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (c < 0x20 || c == 0x7F || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                    text.append("\\u");
                    for (int shift = 12; shift >= 0; shift -= 4) {
                        text.append(HEX.charAt((c >> shift) & 0xF));
                    }
                } else {
                    text.append(c);
                }
            }
        }
    }
}
