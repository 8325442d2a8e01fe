// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.settings;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an attribute's text must look like, and what it then means.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param <T> the meaning.
 * @param noun what the text stands for: {@code time}.
 * @param form what to write instead of a wrong text; also the reference's column for unit and range.
 * @param later texts that the design knows and this version doesn't do yet.
 * @param parser the meaning of a text without surrounding blanks; empty when it is none.
 */
public record ValueType<T>(String noun, String form, List<String> later, Function<String, Optional<T>> parser) {
    /** Copies the list. */
    public ValueType {
        later = List.copyOf(later);
    }

    /**
     * A type all of whose texts this version does.
     *
     * @param <T> the meaning.
     * @param noun what the text stands for.
     * @param form what to write.
     * @param parser the meaning of a text; empty when it is none.
     * @return the type.
     */
    public static <T> ValueType<T> of(String noun, String form, Function<String, Optional<T>> parser) {
        return new ValueType<>(noun, form, List.of(), parser);
    }

    /**
     * The meaning of a text.
     *
     * @param text of an attribute.
     * @return empty when the text has none.
     */
    public Optional<T> parse(String text) {
        return parser.apply(text.strip());
    }

    /**
     * Whether the text will mean something once a later version does what it asks for.
     *
     * @param text of an attribute.
     * @return true for the texts in {@link #later()}.
     */
    public boolean isLater(String text) {
        return later.contains(text.strip());
    }
}
