// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.settings;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of the topology file: the only place where its default, range and meaning are written.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param <T> what its text means.
 * @param element that carries it.
 * @param attribute its name.
 * @param type what its text must look like.
 * @param isRequired whether the element is wrong without it.
 * @param fallback the text that holds where it isn't written; null where that means "none" or where it is required.
 * @param sentence what it is for, for the reference.
 */
public record Setting<T>(
        String element,
        String attribute,
        ValueType<T> type,
        boolean isRequired,
        @Nullable String fallback,
        String sentence) {
    /** Checks that the default is one. */
    public Setting {
        if (fallback != null && (isRequired || type.parse(fallback).isEmpty())) {
            throw new IllegalArgumentException(element + "." + attribute + " can't default to " + fallback);
        }
    }

    /**
     * What holds where the attribute isn't written.
     *
     * @return the meaning of the default; empty where there is none.
     */
    public Optional<T> fallbackValue() {
        return fallback == null ? Optional.empty() : type.parse(fallback);
    }

    @Override
    public String toString() {
        return element + "." + attribute;
    }
}
