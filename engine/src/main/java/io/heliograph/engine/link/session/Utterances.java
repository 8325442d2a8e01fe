// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import io.heliograph.engine.wire.FarewellFlyweight;
import io.heliograph.engine.wire.HelloFlyweight;
import io.heliograph.engine.wire.LinkFrame;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The frames with words in them: HELLO, REJECT, BYE.
 *
 * <p><b>Thread:</b> static functions; the session's owner.
 */
final class Utterances {
    private Utterances() {}

    static void hello(LinkOutput output, String name, String site) {
        MutableDirectBuffer buffer = output.claim(HelloFlyweight.lengthOf(name.length(), site.length()));
        HelloFlyweight.encode(buffer, 0, LinkFrame.VERSION, LinkFrame.VERSION, name.length(), site.length());
        buffer.putStringWithoutLengthAscii(HelloFlyweight.NAMES_OFFSET, name);
        buffer.putStringWithoutLengthAscii(HelloFlyweight.NAMES_OFFSET + name.length(), site);
        output.commit();
        output.flush();
    }

    static void farewell(LinkOutput output, int type, int code, String words) {
        byte[] octets = words.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(octets.length, FarewellFlyweight.MAX_WORDS_LENGTH);
        MutableDirectBuffer buffer = output.claim(FarewellFlyweight.WORDS_OFFSET + length);
        FarewellFlyweight.encode(buffer, 0, type, code, length);
        buffer.putBytes(FarewellFlyweight.WORDS_OFFSET, octets, 0, length);
        output.commit();
        output.flush();
    }

    /** The words of a farewell; whatever cannot be printed is a question mark. */
    static String words(DirectBuffer buffer, int offset) {
        byte[] octets = new byte[FarewellFlyweight.wordsLength(buffer, offset)];
        buffer.getBytes(offset + FarewellFlyweight.WORDS_OFFSET, octets);
        return new String(octets, StandardCharsets.UTF_8).replaceAll("\\p{C}", "?");
    }
}
