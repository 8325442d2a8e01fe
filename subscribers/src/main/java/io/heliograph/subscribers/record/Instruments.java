// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.record;

import io.heliograph.engine.schema.sbe.InstrumentDefinitionDecoder;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * What the stream has told of its instruments: symbol, and digits behind the point of its prices.
 *
 * <p>An instrument without a definition (a subscriber that joined late) is called {@code #} and its number, with {@value
 * #DEFAULT_DECIMALS} digits.
 *
 * <p><b>Thread:</b> one owner: the one that handles the stream's messages.
 *
 * <p><b>Allocation:</b> per definition, and once per instrument without one.
 */
public final class Instruments {
    /** Digits behind the point where nobody has said. */
    public static final int DEFAULT_DECIMALS = 4;

    private final Int2ObjectHashMap<Instrument> byNumber = new Int2ObjectHashMap<>(16_384, 0.55f);

    /** None known yet. */
    public Instruments() {}

    /**
     * Takes a definition; a later one of the same instrument replaces the earlier.
     *
     * @param decoder wrapped around it; its symbol is read.
     * @param buffer holds the message.
     */
    public void onDefinition(InstrumentDefinitionDecoder decoder, DirectBuffer buffer) {
        int length = decoder.symbolLength();
        int at = decoder.limit() + InstrumentDefinitionDecoder.symbolHeaderLength();
        String symbol = buffer.getStringWithoutLengthUtf8(at, length).trim();
        byNumber.put((int) decoder.instrument(), Instrument.of(symbol, decoder.priceDecimals()));
    }

    /**
     * What is known of an instrument.
     *
     * @param number the venue's, unsigned.
     * @return never null.
     */
    public Instrument get(int number) {
        Instrument known = byNumber.get(number);
        return known != null ? known : undefined(number);
    }

    private Instrument undefined(int number) {
        Instrument instrument = Instrument.of("#" + Integer.toUnsignedString(number), DEFAULT_DECIMALS);
        byNumber.put(number, instrument);
        return instrument;
    }
}
