// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.settings;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a decimal number with a unit behind it, exactly: what doesn't come out whole is refused, nothing is rounded.
 *
 * <p><b>Thread:</b> immutable.
 */
final class UnitNumbers {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?) ?([A-Za-z/]{1,8})");

    private UnitNumbers() {}

    static Optional<Long> parse(String text, Map<String, Long> units) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Long unit = units.get(matcher.group(2));
        if (unit == null) {
            return Optional.empty();
        }
        BigDecimal exact = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unit))
                .stripTrailingZeros();
        if (exact.scale() > 0 || exact.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return Optional.empty();
        }
        return Optional.of(exact.longValueExact());
    }
}
