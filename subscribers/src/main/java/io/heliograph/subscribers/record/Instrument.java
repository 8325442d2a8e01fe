// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.record;

import java.nio.charset.StandardCharsets;

/**
 * What a line says of an instrument.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class Instrument {
    private final String symbol;
    private final byte[] csv;
    private final int priceDecimals;

    private Instrument(String symbol, byte[] csv, int priceDecimals) {
        this.symbol = symbol;
        this.csv = csv;
        this.priceDecimals = priceDecimals;
    }

    static Instrument of(String symbol, int priceDecimals) {
        boolean needsQuotes = symbol.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ');
        String field = needsQuotes ? '"' + symbol.replace("\"", "\"\"") + '"' : symbol;
        return new Instrument(symbol, field.getBytes(StandardCharsets.UTF_8), Math.min(priceDecimals, 9));
    }

    /**
     * The venue's symbol.
     *
     * @return without padding.
     */
    public String symbol() {
        return symbol;
    }

    /**
     * Digits behind the point of its prices, at least.
     *
     * @return 0 to 9.
     */
    public int priceDecimals() {
        return priceDecimals;
    }

    /** The symbol as a field of a CSV line, quoted where it must be. */
    byte[] csv() {
        return csv;
    }
}
