// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.settings;

import java.util.Map;
import java.util.Optional;

/**
 * Sizes as people write them: {@code 500 GB}, {@code 2 TB}, in powers of ten as disks are sold.
 *
 * <p><b>Thread:</b> immutable.
 */
final class Sizes {
    private static final long KILO = 1_000L;
    private static final Map<String, Long> UNITS =
            Map.of("MB", KILO * KILO, "GB", KILO * KILO * KILO, "TB", KILO * KILO * KILO * KILO);

    private Sizes() {}

    /** Octets; empty when the text is no size. */
    static Optional<Long> parse(String text) {
        return UnitNumbers.parse(text, UNITS);
    }
}
