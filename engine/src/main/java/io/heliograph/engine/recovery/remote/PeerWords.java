// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * The words in which a peer refuses, as they may be shown to people: a terminal obeys what cannot be printed, so nothing of that is
 * left, and they are cut.
 *
 * <p><b>Thread:</b> any.
 */
final class PeerWords {
    /** More than any of our own refusals says. */
    static final int MAX_LENGTH = 300;

    private PeerWords() {}

    /**
     * The words.
     *
     * @param body holds them in UTF-8, or anything.
     * @param offset of the first octet.
     * @param length octets.
     * @return at most {@value #MAX_LENGTH} octets of them; whatever cannot be printed is a question mark.
     */
    static String of(DirectBuffer body, int offset, int length) {
        byte[] octets = new byte[Math.min(length, MAX_LENGTH)];
        body.getBytes(offset, octets);
        String words = new String(octets, StandardCharsets.UTF_8).replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
        return length > MAX_LENGTH ? words + "..." : words;
    }
}
