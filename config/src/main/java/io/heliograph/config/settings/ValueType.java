// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.settings;

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
 * @param parser the meaning of a text without surrounding blanks; empty when it is none.
 */
public record ValueType<T>(String noun, String form, Function<String, Optional<T>> parser) {

    /**
     * The meaning of a text.
     *
     * @param text of an attribute.
     * @return empty when the text has none.
     */
    public Optional<T> parse(String text) {
        return parser.apply(text.strip());
    }
}
